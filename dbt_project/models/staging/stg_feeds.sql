with source as (
    select * from {{ source('raw', 'feeds') }}
),

period_types as (
    select * from {{ ref('period_types') }}
),

known as (
    select *
    from source
    where received_at <= {{ known_at() }}
),

dated as (
    select
        known.*,
        period_types.period_type,
        cast(make_date(cast(left(known.period_code, 4) as integer), period_types.first_month, 1) as date)
            as period_start,
        cast(
            make_date(cast(left(known.period_code, 4) as integer), period_types.first_month, 1)
            + to_months(period_types.months) - interval 1 day as date
        ) as period_end
    from known
    left join period_types
        on substr(known.period_code, 5) = coalesce(period_types.suffix, '')
)

select * from dated

with periods as (
    select * from {{ ref('int_periods') }}
),

provinces as (
    select * from {{ ref('stg_units') }}
    where level = 'province'
),

codes as (
    select
        periods.period_key,
        coalesce(
            max_by(provinces.unit_code, provinces.valid_from)
            filter (where {{ day_of('periods.cutoff') }} < provinces.valid_to),
            {{ parameter('province_code') }}
        ) as unit_code
    from periods
    left join provinces on {{ day_of('periods.cutoff') }} >= provinces.valid_from
    group by periods.period_key
)

select * from codes

{{ config(materialized='view') }}
-- The state calendar closes on the 14th: it is the party calendar moved half a month back.
with period_types as (
    select * from {{ ref('period_types') }}
),

years as (
    select cast(year as integer) as year
    from (
        select unnest(generate_series(year(term_start) - 1, year(as_of) + 1)) as year
        from {{ source('build', 'parameters') }}
    )
),

party as (
    select
        'party' as calendar,
        period_types.period_type,
        period_types.sort_order,
        concat(years.year, coalesce(period_types.suffix, '')) as period_code,
        concat(period_types.label, years.year) as label,
        cast(make_date(years.year, period_types.first_month, 1) as date) as period_start,
        cast(make_date(years.year, period_types.first_month, 1) + to_months(period_types.months) as date) as next_start
    from years
    cross join period_types
),

state as (
    select
        'state' as calendar,
        period_type,
        sort_order,
        period_code,
        label,
        cast(period_start - interval 1 month + interval 14 day as date) as period_start,
        cast(next_start - interval 1 month + interval 14 day as date) as next_start
    from party
),

every_period as (
    select * from party
    union all by name
    select * from state
)

select * from every_period

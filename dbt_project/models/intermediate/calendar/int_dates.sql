-- Swap days decreed by the state take precedence over public holidays, and these over the weekday.
with days as (
    select cast(unnest(generate_series(calendar_from, calendar_to, interval 1 day)) as date) as day
    from {{ source('build', 'parameters') }}
),

holidays as (
    select
        day,
        name
    from {{ source('lookups', 'public_holidays') }}
),

swap_days as (
    select
        day,
        is_worked
    from {{ source('lookups', 'swap_days') }}
),

classified as (
    select
        days.day,
        cast(isodow(days.day) as integer) as iso_weekday,
        coalesce(swap_days.is_worked, holidays.day is null and isodow(days.day) <= 5) as is_working_day,
        holidays.name as holiday_name,
        swap_days.day is not null as is_swap_day
    from days
    left join holidays on days.day = holidays.day
    left join swap_days on days.day = swap_days.day
),

counted as (
    select
        *,
        cast(sum(cast(is_working_day as integer)) over (order by day) as integer) as working_day_number
    from classified
)

select * from counted

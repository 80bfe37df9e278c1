with periods as (
    select * from {{ ref('int_periods') }}
),

coverage as (
    select * from {{ ref('int_coverage') }}
    where subject_type = 'province'
),

described as (
    select
        periods.calendar,
        periods.period_type,
        periods.sort_order,
        periods.period_start,
        periods.period_end,
        periods.period_code,
        periods.label,
        periods.cutoff,
        periods.is_running,
        periods.previous_start,
        periods.previous_end,
        coalesce(coverage.feeds_expected, 0) as feeds_expected,
        coalesce(coverage.feeds_received, 0) as feeds_received
    from periods
    left join coverage using (period_key)
)

select * from described

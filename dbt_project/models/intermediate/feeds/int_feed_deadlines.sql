-- The only place where a deadline is computed.
with periods as (
    select
        *,
        next_start - 1 as period_end
    from {{ ref('int_calendar') }}
    where calendar = 'party'
),

rules as (
    select * from {{ ref('int_rules') }}
    where rule = 'feed_due_days'
),

deadlines as (
    select
        feed_calendar.level,
        periods.period_type,
        periods.period_code,
        periods.period_start,
        periods.period_end,
        {{ end_of_day(rule_day('periods.period_end', 'rules', 'from_date', 'to_date')) }} as deadline,
        feed_calendar.basis
    from {{ ref('stg_feed_calendar') }} as feed_calendar
    inner join periods
        on
            feed_calendar.period_type = periods.period_type
            and periods.period_end >= feed_calendar.valid_from
            and periods.period_end < feed_calendar.valid_to
    inner join rules
        on
            feed_calendar.level = rules.level
            and periods.period_end >= rules.valid_from
            and periods.period_end < rules.valid_to
    {{ join_rule_day('periods.period_end', 'rules', 'from_date', 'to_date') }}
)

select * from deadlines

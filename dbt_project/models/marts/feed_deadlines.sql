-- Feeds that fall due: for each level, the party periods that are not over at as_of and end within a year, and those
-- over whose deadline has not come. How many units of the level owe one is counted on the period's last day.
with periods as (
    select
        *,
        next_start - 1 as period_end
    from {{ ref('int_calendar') }}
    where calendar = 'party'
),

rules as (
    select * from {{ ref('stg_rules') }}
    where rule = 'feed_due_days'
),

owed as (
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
),

coming as (
    select
        owed.level,
        owed.period_type,
        owed.period_code,
        owed.period_start,
        owed.period_end,
        owed.deadline,
        count(units.unit_code) as senders,
        owed.basis
    from owed
    inner join {{ ref('stg_units') }} as units
        on owed.level = units.level and owed.period_end >= units.valid_from and owed.period_end < units.valid_to
    where owed.deadline >= {{ as_of() }} and owed.period_end <= {{ day_of(as_of()) }} + interval 1 year
    group by all
)

select * from coming
order by deadline, level, period_code

-- Feeds owed: one row per sender and party period that the feed calendar asks for, with its deadline and what came.
-- A period that goes on after as_of is not over, whenever the feeds of it were looked for: nobody is late with it.
with periods as (
    select * from {{ ref('int_periods') }}
    where calendar = 'party' and period_type <> 'term'
),

senders as (
    select
        units.unit_code,
        units.level,
        feed_calendar.period_type,
        greatest(units.valid_from, feed_calendar.valid_from) as from_day,
        least(units.valid_to, feed_calendar.valid_to) as to_day
    from {{ ref('stg_units') }} as units
    inner join {{ ref('stg_feed_calendar') }} as feed_calendar
        on
            units.level = feed_calendar.level
            and units.valid_from < feed_calendar.valid_to
            and feed_calendar.valid_from < units.valid_to
),

rules as (
    select * from {{ ref('int_rule_spells') }}
    where rule = 'feed_due_days'
),

owed as (
    select
        senders.unit_code as sender_unit_code,
        senders.level as sender_level,
        periods.period_key,
        periods.calendar,
        periods.period_type,
        periods.period_code,
        periods.period_start,
        periods.period_end,
        {{ end_of_day(rule_day('periods.period_end', 'rules', 'from_date', 'to_date')) }} as deadline
    from senders
    inner join periods
        on
            senders.period_type = periods.period_type
            and periods.period_end >= senders.from_day
            and periods.period_end < senders.to_day
    inner join rules
        on
            senders.unit_code = rules.unit_code
            and periods.period_end >= rules.from_day
            and periods.period_end < rules.to_day
    {{ join_rule_day('periods.period_end', 'rules', 'from_date', 'to_date') }}
),

first_receipts as (
    select
        sender_unit_code,
        period_code,
        min(received_at) as received_at
    from {{ ref('stg_feeds') }}
    where status = 'accepted'
    group by sender_unit_code, period_code
),

expected as (
    select
        owed.*,
        first_receipts.received_at,
        coalesce(first_receipts.received_at <= owed.deadline, false) as is_on_time,
        owed.deadline < {{ known_at() }} and {{ end_of_day('owed.period_end') }} <= {{ as_of() }} as is_past_deadline
    from owed
    left join first_receipts using (sender_unit_code, period_code)
)

select * from expected

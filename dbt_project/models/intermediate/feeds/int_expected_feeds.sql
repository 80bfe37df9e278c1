-- A period that ends after as_of is not over, however late known_at is: no feed of it is past its deadline.
with owed as (
    select
        units.unit_code as sender_unit_code,
        units.level as sender_level,
        periods.calendar,
        periods.period_type,
        periods.period_code,
        periods.period_start,
        periods.period_end,
        deadlines.deadline
    from {{ ref('stg_units') }} as units
    inner join {{ ref('int_feed_deadlines') }} as deadlines
        on
            units.level = deadlines.level
            and deadlines.period_end >= units.valid_from
            and deadlines.period_end < units.valid_to
    inner join {{ ref('int_periods') }} as periods
        on periods.calendar = 'party' and deadlines.period_code = periods.period_code
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

-- Feeds expected of each sender, and what has come of them.
with expected as (
    select * from {{ ref('int_expected_feeds') }}
),

current_feeds as (
    select * from {{ ref('int_current_feeds') }}
),

described as (
    select
        expected.sender_unit_code,
        expected.calendar,
        expected.period_type,
        expected.period_start,
        expected.period_end,
        expected.period_code,
        expected.deadline,
        case
            when expected.is_on_time then 'on_time'
            when expected.received_at is not null then 'late'
            when expected.is_past_deadline then 'missing'
            else 'not_due'
        end as status,
        expected.received_at,
        case
            when expected.received_at > expected.deadline
                then cast({{ day_of('expected.received_at') }} - {{ day_of('expected.deadline') }} as integer)
        end as days_late,
        current_feeds.version,
        current_feeds.feed_id,
        current_feeds.nil_return,
        current_feeds.rows_landed,
        current_feeds.rows_quarantined,
        current_feeds.findings
    from expected
    left join current_feeds using (sender_unit_code, period_code)
)

select * from described

-- A feed of which every submission was rejected is still missing.
with expected as (
    select * from {{ ref('int_expected_feeds') }}
),

current_feeds as (
    select * from {{ ref('int_feeds') }}
    where is_current
),

submissions as (
    select
        sender_unit_code,
        period_code,
        count(*) filter (where status = 'rejected') as feeds_rejected,
        arg_max(status, (received_at, feed_id)) as last_feed_status,
        max(received_at) as last_received_at
    from {{ ref('int_feeds') }}
    where sender_unit_code is not null and period_code is not null
    group by sender_unit_code, period_code
),

described as (
    select
        expected.sender_unit_code,
        expected.sender_level,
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
        current_feeds.findings,
        coalesce(current_feeds.has_errors, false) as has_errors,
        coalesce(current_feeds.findings_unconfirmed, 0) as findings_unconfirmed,
        current_feeds.prepared_by,
        current_feeds.approved_by,
        coalesce(submissions.feeds_rejected, 0) as feeds_rejected,
        submissions.last_feed_status,
        submissions.last_received_at
    from expected
    left join current_feeds using (sender_unit_code, period_code)
    left join submissions using (sender_unit_code, period_code)
)

select * from described

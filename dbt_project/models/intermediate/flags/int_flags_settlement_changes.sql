-- A feed changes the settlement in force at its receipt, as with due dates; an older period sent late does not.
-- `asked_feed_id` and `asked_rule` are the feed and the rule that ask the sender: only about a change of its own last
-- report with the same day of receipt.
with restated as (
    select petition_id
    from {{ ref('int_petition_listings') }}
    group by petition_id
    having
        min(feed_received_at) filter (where outcome in ('resolved', 'explained'))
        <= max(feed_received_at) filter (where outcome in ('in_progress', 'not_started'))
        or min({{ day_of('closed_at') }}) filter (where outcome in ('resolved', 'explained'))
        <> max({{ day_of('closed_at') }}) filter (where outcome in ('resolved', 'explained'))
),

as_they_came as (
    select
        listed.petition_id,
        listed.feed_id,
        listed.sender_unit_code,
        listed.period_code,
        listed.period_end,
        {{ day_of('listed.received_at') }} as received_day,
        listed.outcome,
        {{ day_of('listed.closed_at') }} as closed_on,
        listed.feed_received_at,
        row_number() over (
            partition by listed.petition_id
            order by listed.feed_received_at, listed.period_end, listed.version, listed.feed_id
        ) as arrival
    from {{ ref('int_petition_listings') }} as listed
    inner join restated on listed.petition_id = restated.petition_id
),

in_force as (
    select *
    from as_they_came
    qualify period_end = max(period_end) over (partition by petition_id order by arrival)
),

in_order as (
    select
        *,
        lag(outcome) over (partition by petition_id order by arrival) as outcome_before,
        lag(closed_on) over (partition by petition_id order by arrival) as closed_before,
        lag(sender_unit_code) over (partition by petition_id order by arrival) as sender_before,
        lag(received_day) over (partition by petition_id order by arrival) as received_before
    from in_force
),

changed as (
    select
        *,
        outcome in ('in_progress', 'not_started') as is_opened,
        sender_unit_code = sender_before and received_day = received_before as is_asked
    from in_order
    where
        outcome_before in ('resolved', 'explained')
        and (
            outcome in ('in_progress', 'not_started')
            or (outcome in ('resolved', 'explained') and closed_on <> closed_before)
        )
    qualify row_number() over (partition by petition_id order by arrival desc) = 1
),

flagged as (
    select
        petitions.*,
        changed.period_code,
        changed.feed_received_at,
        changed.closed_before,
        case when changed.is_asked then changed.feed_id end as asked_feed_id,
        if(changed.is_opened, 'settled_opened_again', 'settled_day_moved') as asked_rule,
        case
            when changed.is_opened then 'chưa giải quyết xong'
            else concat('ngày ', {{ in_words('changed.closed_on') }})
        end as said
    from changed
    inner join {{ ref('int_petitions') }} as petitions on changed.petition_id = petitions.petition_id
),

described as (
    select
        asked_feed_id,
        asked_rule,
        {{ petition_flag(
            'settled_then_changed', day_of('feed_received_at'),
            "concat('Đã ghi giải quyết xong ngày ', " ~ in_words('closed_before') ~ ", ', báo cáo kỳ ', period_code, "
            ~ "' nhận ngày ', " ~ in_words('feed_received_at') ~ ", ' ghi ', said, '.')"
        ) }}
    from flagged
)

select * from described

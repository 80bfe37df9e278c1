-- A feed moves the due date in force at its receipt: that of the newest period, then version, received before. A
-- version sent late for an older period moves nothing. Only a stated due date can be moved, also by leaving it blank:
-- then the rule applies. Stating a due date where only the rule applied is no move.
with restated as (
    select petition_id
    from {{ ref('int_petition_listings') }}
    group by petition_id
    having
        min(stated_due_at) is distinct from max(stated_due_at)
        or (count(stated_due_at) > 0 and count(stated_due_at) < count(*))
),

listings as (
    select
        listed.*,
        {{ day_of('listed.received_at') }} as received_day
    from {{ ref('int_petition_listings') }} as listed
    inner join restated on listed.petition_id = restated.petition_id
),

due_by_rule as (
    {{ with_due('listings', 'due_at') }}
),

as_they_came as (
    select
        *,
        row_number() over (
            partition by petition_id order by feed_received_at, period_end, version, feed_id
        ) as arrival
    from due_by_rule
),

in_force as (
    select *
    from as_they_came
    qualify period_end = max(period_end) over (partition by petition_id order by arrival)
),

in_order as (
    select
        *,
        lag(stated_due_at ignore nulls) over (partition by petition_id order by arrival) as previous_due_at
    from in_force
),

moved as (
    select
        petition_id,
        period_code,
        feed_received_at,
        due_at as moved_to,
        if(stated_due_at is null, 'để trống hạn, hạn theo quy định là ', 'ghi hạn ') as said,
        previous_due_at
    from in_order
    where due_at > previous_due_at and previous_due_at < feed_received_at
    qualify row_number() over (partition by petition_id order by arrival) = 1
),

flagged as (
    select
        petitions.*,
        moved.period_code,
        moved.feed_received_at,
        moved.previous_due_at,
        moved.moved_to,
        moved.said
    from moved
    inner join {{ ref('int_petitions') }} as petitions on moved.petition_id = petitions.petition_id
),

described as (
    select {{ petition_flag(
        'due_moved_after_due', day_of('feed_received_at'),
        "concat('Hạn ', " ~ in_words('previous_due_at') ~ ", ' đã qua thì báo cáo kỳ ', period_code, ' nhận ngày ', "
        ~ in_words('feed_received_at') ~ ", ' ', said, " ~ in_words('moved_to') ~ ", '.')"
    ) }}
    from flagged
)

select * from described

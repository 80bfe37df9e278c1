-- A petition that another sender takes over in a later period keeps its day of receipt.
with several_senders as (
    select petition_id
    from {{ ref('int_petition_listings') }}
    where is_current
    group by petition_id
    having min(sender_unit_code) <> max(sender_unit_code)
),

listings as (
    select
        petition_id,
        sender_unit_code,
        period_code,
        {{ day_of('received_at') }} as received_day,
        feed_received_at
    from {{ ref('int_petition_listings') }}
    where is_current and petition_id in (select several_senders.petition_id from several_senders)
),

shared as (
    select
        petition_id,
        string_agg(distinct sender_unit_code, ', ' order by sender_unit_code) as senders,
        max(feed_received_at) as newest_received_at,
        count(distinct received_day) as receipt_days,
        count(distinct concat(sender_unit_code, '|', period_code)) > count(distinct period_code) as is_same_period
    from listings
    group by petition_id
),

flagged as (
    select
        petitions.*,
        shared.senders,
        shared.newest_received_at
    from shared
    inner join {{ ref('int_petitions') }} as petitions on shared.petition_id = petitions.petition_id
    where shared.is_same_period or shared.receipt_days > 1
),

described as (
    select {{ petition_flag(
        'code_from_several_senders', day_of('newest_received_at'),
        "concat('Mã này có trong báo cáo của các đơn vị gửi ', senders, '.')"
    ) }}
    from flagged
)

select * from described

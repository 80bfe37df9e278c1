with feeds as (
    select * from {{ ref('stg_feeds') }}
    where status = 'accepted'
),

numbered as (
    select
        *,
        row_number() over (partition by sender_unit_code, period_code order by version desc) as newness,
        max(period_end) over (partition by sender_unit_code) as senders_newest_end
    from feeds
),

ranked as (
    select
        * exclude (newness),
        cast(row_number() over (order by period_end, received_at, feed_id) as integer) as recency
    from numbered
    where newness = 1
)

select * from ranked

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
)

select * exclude (newness)
from numbered
where newness = 1

with feeds as (
    select * from {{ ref('int_current_feeds') }}
),

listed as (
    select
        decisions.*,
        feeds.sender_unit_code,
        feeds.file_name,
        row_number() over (
            partition by
                feeds.sender_unit_code,
                decisions.decision_no,
                year(decisions.decided_on)
            order by feeds.recency desc
        ) as newness
    from {{ ref('stg_decisions') }} as decisions
    inner join feeds on decisions.feed_id = feeds.feed_id
    where decisions.decided_on <= {{ day_of(as_of()) }}
)

select * exclude (newness)
from listed
where newness = 1

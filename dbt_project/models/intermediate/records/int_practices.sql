with feeds as (
    select * from {{ ref('int_current_feeds') }}
),

listed as (
    select
        practices.*,
        feeds.file_name,
        row_number() over (
            partition by practices.practice_code
            order by feeds.recency desc
        ) as newness
    from {{ ref('stg_practices') }} as practices
    inner join feeds on practices.feed_id = feeds.feed_id
    where practices.published_on <= {{ day_of(as_of()) }}
)

select * exclude (newness)
from listed
where newness = 1

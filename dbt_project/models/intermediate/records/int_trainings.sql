with feeds as (
    select * from {{ ref('int_current_feeds') }}
),

listed as (
    select
        trainings.*,
        feeds.file_name,
        row_number() over (
            partition by trainings.training_code
            order by feeds.recency desc
        ) as newness
    from {{ ref('stg_trainings') }} as trainings
    inner join feeds on trainings.feed_id = feeds.feed_id
    where trainings.held_on <= {{ day_of(as_of()) }}
)

select * exclude (newness)
from listed
where newness = 1

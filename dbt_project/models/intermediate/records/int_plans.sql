with feeds as (
    select * from {{ ref('int_current_feeds') }}
),

listed as (
    select
        plans.*,
        feeds.file_name,
        row_number() over (
            partition by
                plans.unit_code,
                plans.year
            order by feeds.recency desc
        ) as newness
    from {{ ref('stg_plans') }} as plans
    inner join feeds on plans.feed_id = feeds.feed_id
    where cast(make_date(plans.year, 1, 1) as date) <= {{ day_of(as_of()) }}
)

select * exclude (newness)
from listed
where newness = 1

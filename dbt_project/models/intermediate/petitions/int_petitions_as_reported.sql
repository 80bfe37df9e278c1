{{ config(materialized='view') }}
-- The newest listing is chosen first and cut off at as_of second: a corrected day of receipt holds for every as_of.
-- An outcome dated after as_of reads as in progress. A day of closing that is the day of receipt is the instant of
-- receipt, as no petition closes before it is received.
with feeds as (
    select * from {{ ref('int_current_feeds') }}
),

listed as (
    select
        petitions.* exclude (closed_at),
        coalesce(ids.petition_id, petitions.petition_code) as petition_id,
        case
            when petitions.closed_at = date_trunc('day', petitions.received_at) then petitions.received_at
            else petitions.closed_at
        end as closed_at,
        feeds.file_name,
        feeds.period_end < feeds.senders_newest_end as is_in_older_feed,
        row_number() over (
            partition by coalesce(ids.petition_id, petitions.petition_code)
            order by feeds.recency desc
        ) as newness
    from {{ ref('stg_petitions') }} as petitions
    inner join feeds on petitions.feed_id = feeds.feed_id
    left join {{ ref('int_petition_ids') }} as ids
        on petitions.feed_id = ids.feed_id and petitions.petition_code = ids.petition_code
),

as_it_stood as (
    select
        * replace (
            case
                when outcome in ('in_progress', 'not_started') then outcome
                when closed_at <= {{ as_of() }} then outcome
                else 'in_progress'
            end as outcome,
            case when closed_at <= {{ as_of() }} then closed_at end as closed_at
        ),
        is_in_older_feed and outcome in ('in_progress', 'not_started') as is_left_out
    from listed
    where newness = 1 and received_at <= {{ as_of() }}
)

select * exclude (newness, is_in_older_feed) from as_it_stood

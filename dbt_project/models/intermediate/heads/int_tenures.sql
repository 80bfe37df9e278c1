{{ config(materialized='view') }}
-- Tenures that begin after as_of, and ends that lie after it, are not known yet. Tenures of one person in one post that
-- touch or overlap have one beginning: a renewal hands nothing over.
with feeds as (
    select * from {{ ref('int_current_feeds') }}
),

tenures as (
    select * from {{ ref('stg_tenures') }}
    where from_on <= {{ day_of(as_of()) }}
),

newest_listings as (
    select
        tenures.leader_code,
        tenures.full_name,
        tenures.unit_code,
        tenures.body,
        tenures.post,
        tenures.from_on,
        case
            when tenures.to_on <= {{ day_of(as_of()) }} then tenures.to_on
            else {{ last_day() }}
        end as to_on
    from tenures
    inner join feeds on tenures.feed_id = feeds.feed_id
    qualify row_number() over (
        partition by tenures.leader_code, tenures.unit_code, tenures.body, tenures.from_on
        order by feeds.recency desc
    ) = 1
),

compared as (
    select
        *,
        from_on > coalesce(max(to_on) over earlier, {{ first_day() }}) as is_new
    from newest_listings
    where from_on < to_on
    window earlier as (
        partition by unit_code, body, leader_code order by from_on rows between unbounded preceding and 1 preceding
    )
),

numbered as (
    select
        *,
        sum(cast(is_new as integer)) over (partition by unit_code, body, leader_code order by from_on) as tenure_no
    from compared
),

dated as (
    select
        * exclude (is_new, tenure_no),
        min(from_on) over (partition by unit_code, body, leader_code, tenure_no) as tenure_from
    from numbered
)

select * from dated

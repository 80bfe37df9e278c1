with feeds as (
    select * from {{ ref('stg_feeds') }}
),

current_feeds as (
    select feed_id from {{ ref('int_current_feeds') }}
),

found as (
    select
        feed_id,
        bool_or(tier <> 'warn') as has_errors,
        count(*) filter (where needs_reason and reason is null) as findings_unconfirmed
    from {{ ref('stg_findings') }}
    group by feed_id
),

described as (
    select
        feeds.*,
        current_feeds.feed_id is not null as is_current,
        coalesce(found.has_errors, false) or coalesce(feeds.rows_quarantined, 0) > 0 as has_errors,
        coalesce(found.findings_unconfirmed, 0) as findings_unconfirmed
    from feeds
    left join current_feeds using (feed_id)
    left join found using (feed_id)
)

select * from described

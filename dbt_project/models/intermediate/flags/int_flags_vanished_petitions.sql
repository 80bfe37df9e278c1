-- A petition in quarantine has not vanished, nor has one that the version in force still lists: its sender is asked
-- about the row itself.
with feeds as (
    select * from {{ ref('int_current_feeds') }}
),

newest_feeds as (
    select *
    from feeds
    qualify row_number() over (partition by sender_unit_code order by recency desc) = 1
),

set_apart as (
    select distinct
        feeds.feed_id,
        quarantined.row_key as petition_code
    from {{ ref('stg_quarantine') }} as quarantined
    inner join feeds on quarantined.feed_id = feeds.feed_id
    where quarantined.sheet_kind = 'petitions'
),

left_out as (
    select
        petitions.*,
        feeds.period_code as listed_period,
        newest_feeds.period_code as newest_period,
        newest_feeds.received_at as newest_received_at
    from {{ ref('int_petitions') }} as petitions
    inner join feeds on petitions.feed_id = feeds.feed_id
    inner join newest_feeds on feeds.sender_unit_code = newest_feeds.sender_unit_code
    left join set_apart
        on newest_feeds.feed_id = set_apart.feed_id and petitions.petition_code = set_apart.petition_code
    where petitions.is_left_out and set_apart.petition_code is null
),

last_listed as (
    select *
    from {{ ref('int_petition_listings') }}
    qualify row_number() over (
        partition by petition_id order by period_end desc, version desc, feed_received_at desc, feed_id desc
    ) = 1
),

replaced as (
    select * from last_listed
    where not is_current and outcome in ('in_progress', 'not_started') and received_at <= {{ as_of() }}
),

withdrawn as (
    select
        replaced.*,
        feeds.version as version_in_force,
        feeds.received_at as replaced_at
    from replaced
    inner join feeds
        on replaced.sender_unit_code = feeds.sender_unit_code and replaced.period_code = feeds.period_code
    left join {{ ref('int_petitions') }} as listed on replaced.petition_id = listed.petition_id
    left join set_apart on replaced.petition_code = set_apart.petition_code
    left join {{ ref('stg_petitions') }} as rewritten
        on feeds.feed_id = rewritten.feed_id and replaced.petition_code = rewritten.petition_code
    where listed.petition_id is null and set_apart.petition_code is null and rewritten.feed_id is null
),

every_flag as (
    select {{ petition_flag(
        'vanished', day_of('newest_received_at'),
        "concat('Còn tồn trong báo cáo kỳ ', listed_period, ', không có trong báo cáo kỳ ', newest_period, '.')"
    ) }}
    from left_out
    union all by name
    select {{ petition_flag(
        'withdrawn_while_open', day_of('replaced_at'),
        "concat('Còn tồn trong bản ', version, ' của báo cáo kỳ ', period_code, ', không có trong bản ', "
        ~ "version_in_force, ' đang dùng.')"
    ) }}
    from withdrawn
)

select * from every_flag

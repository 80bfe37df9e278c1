-- Withdrawn dialogues and petitions are no longer counted. Open petitions have a flag of their own.
with feeds as (
    select * from {{ ref('int_feeds') }}
    where status = 'accepted'
),

dialogues as (
    select
        'dialogue' as subject_type,
        coalesce(ids.dialogue_id, dialogues.dialogue_code) as subject_id,
        'dialogues' as sheet_kind,
        dialogues.dialogue_code as code,
        dialogues.unit_code,
        dialogues.feed_id,
        dialogues.sheet,
        dialogues.row_number,
        false as is_open
    from {{ ref('stg_dialogues') }} as dialogues
    left join {{ ref('int_dialogue_ids') }} as ids
        on dialogues.feed_id = ids.feed_id and dialogues.dialogue_code = ids.dialogue_code
    where dialogues.held_on <= {{ day_of(as_of()) }}
),

petitions as (
    select
        'petition' as subject_type,
        petition_id as subject_id,
        'petitions' as sheet_kind,
        petition_code as code,
        responsible_unit_code as unit_code,
        feed_id,
        sheet,
        row_number,
        outcome in ('in_progress', 'not_started') as is_open
    from {{ ref('int_petition_listings') }}
    where received_at <= {{ as_of() }}
),

listed as (
    select * from dialogues
    union all by name
    select * from petitions
),

in_force as (
    select
        listed.sheet_kind,
        listed.code
    from listed
    inner join feeds on listed.feed_id = feeds.feed_id
    where feeds.is_current
    union by name
    select
        quarantined.sheet_kind,
        quarantined.row_key as code
    from {{ ref('stg_quarantine') }} as quarantined
    inner join feeds on quarantined.feed_id = feeds.feed_id
    where feeds.is_current
),

replaced as (
    select
        listed.*,
        feeds.sender_unit_code,
        feeds.period_code,
        feeds.period_end,
        feeds.version
    from listed
    inner join feeds on listed.feed_id = feeds.feed_id
    where not feeds.is_current
),

dropped as (
    select replaced.*
    from replaced
    left join in_force on replaced.sheet_kind = in_force.sheet_kind and replaced.code = in_force.code
    where in_force.code is null
    qualify row_number() over (
        partition by replaced.subject_type, replaced.subject_id
        order by replaced.period_end desc, replaced.version desc, replaced.feed_id desc
    ) = 1
),

described as (
    select
        'withdrawn_when_done' as flag_code,
        dropped.subject_type,
        dropped.subject_id,
        dropped.unit_code,
        {{ day_of('feeds.received_at') }} as flagged_on,
        cast(null as date) as period_start,
        cast(null as date) as period_end,
        concat(
            'Có trong bản ', dropped.version, ' của báo cáo kỳ ', dropped.period_code, ', không có trong bản ',
            feeds.version, ' đang dùng.'
        ) as detail,
        dropped.feed_id,
        dropped.sheet,
        dropped.row_number
    from dropped
    inner join feeds
        on
            dropped.sender_unit_code = feeds.sender_unit_code
            and dropped.period_code = feeds.period_code
            and feeds.is_current
    where not dropped.is_open
)

select * from described

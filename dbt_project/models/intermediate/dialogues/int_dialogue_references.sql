-- Of several dialogues with one code, a petition means the one that its own feed lists; else the newest that the
-- sender listed at or before the period of the feed; else the newest of any sender.
with feeds as (
    select * from {{ ref('int_current_feeds') }}
),

reused as (
    select distinct dialogue_code from {{ ref('int_dialogue_ids') }}
),

referring as (
    select distinct
        petitions.feed_id,
        petitions.dialogue_code,
        feeds.sender_unit_code,
        feeds.period_end
    from {{ ref('stg_petitions') }} as petitions
    inner join reused on petitions.dialogue_code = reused.dialogue_code
    inner join feeds on petitions.feed_id = feeds.feed_id
),

listed as (
    select
        dialogues.dialogue_code,
        coalesce(ids.dialogue_id, dialogues.dialogue_code) as dialogue_id,
        feeds.feed_id,
        feeds.sender_unit_code,
        feeds.period_end,
        feeds.recency
    from {{ ref('stg_dialogues') }} as dialogues
    inner join reused on dialogues.dialogue_code = reused.dialogue_code
    inner join feeds on dialogues.feed_id = feeds.feed_id
    left join {{ ref('int_dialogue_ids') }} as ids
        on dialogues.feed_id = ids.feed_id and dialogues.dialogue_code = ids.dialogue_code
),

nearest as (
    select
        referring.feed_id,
        referring.dialogue_code,
        listed.dialogue_id
    from referring
    inner join listed on referring.dialogue_code = listed.dialogue_code
    qualify
        row_number() over (
            partition by referring.feed_id, referring.dialogue_code
            order by
                listed.feed_id = referring.feed_id desc,
                listed.period_end <= referring.period_end desc,
                listed.sender_unit_code = referring.sender_unit_code desc,
                listed.recency desc
        ) = 1
)

select * from nearest

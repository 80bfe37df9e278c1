{{ config(materialized='view') }}
with feeds as (
    select
        feed_id,
        sender_unit_code,
        period_code,
        period_end,
        version,
        received_at as feed_received_at,
        is_current
    from {{ ref('int_feeds') }}
    where status = 'accepted'
),

listed as (
    select
        coalesce(ids.petition_id, petitions.petition_code) as petition_id,
        petitions.petition_code,
        petitions.responsible_unit_code,
        petitions.received_at,
        petitions.stated_due_at,
        petitions.outcome,
        petitions.closed_at,
        petitions.sheet,
        petitions.row_number,
        feeds.*
    from {{ ref('stg_petitions') }} as petitions
    inner join feeds on petitions.feed_id = feeds.feed_id
    left join {{ ref('int_petition_ids') }} as ids
        on petitions.feed_id = ids.feed_id and petitions.petition_code = ids.petition_code
)

select * from listed

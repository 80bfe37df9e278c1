{{ config(materialized='view') }}
-- Sensitive cells are left out.
with feeds as (
    select feed_id from {{ ref('stg_feeds') }}
),

landed as (
    {% for sheet, fields in received_sheets().items() -%}
        select
            feed_id,
            '{{ sheet }}' as sheet_kind,
            sheet,
            row_number,
            {{ landed_key(fields) }} as row_key,
            'landed' as row_status,
            cast(null as varchar) as rules,
            {{ without_sensitive('to_json(received)', "'" ~ sheet ~ "'") }} as received
        from {{ source('raw', sheet) }}
        {{ 'union all by name' if not loop.last }}
    {% endfor -%}
),

quarantined as (
    select
        feed_id,
        sheet_kind,
        sheet,
        row_number,
        nullif(row_key, '') as row_key,
        'quarantined' as row_status,
        rules,
        {{ without_sensitive('received', 'quarantine.sheet_kind') }} as received
    from {{ ref('stg_quarantine') }} as quarantine
),

every_row as (
    select * from landed
    union all by name
    select * from quarantined
),

ids as (
    select feed_id, 'petitions' as sheet_kind, petition_code as row_key, petition_id as subject_id
    from {{ ref('int_petition_ids') }}
    union all by name
    select feed_id, 'dialogues' as sheet_kind, dialogue_code as row_key, dialogue_id as subject_id
    from {{ ref('int_dialogue_ids') }}
),

identified as (
    select
        every_row.feed_id,
        every_row.sheet_kind,
        every_row.sheet,
        every_row.row_number,
        every_row.row_key,
        coalesce(ids.subject_id, every_row.row_key) as subject_id,
        every_row.row_status,
        every_row.rules,
        every_row.received
    from every_row
    inner join feeds on every_row.feed_id = feeds.feed_id
    left join ids
        on
            every_row.row_status = 'landed'
            and every_row.feed_id = ids.feed_id
            and every_row.sheet_kind = ids.sheet_kind
            and every_row.row_key = ids.row_key
)

select * from identified
order by feed_id, sheet_kind, sheet, row_number

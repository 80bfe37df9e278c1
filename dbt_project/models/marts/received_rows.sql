-- Every row received, of every version, with its cells as the sender wrote them. What citizens wrote is left out.
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
            {{ without_texts('to_json(received)') }} as received
        from {{ source('raw', sheet) }}
        {{ 'union all' if not loop.last }}
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
        {{ without_texts('received') }} as received
    from {{ ref('stg_quarantine') }}
),

every_row as (
    select * from landed
    union all
    select * from quarantined
)

select every_row.*
from every_row
inner join feeds on every_row.feed_id = feeds.feed_id
order by every_row.feed_id, every_row.sheet_kind, every_row.sheet, every_row.row_number

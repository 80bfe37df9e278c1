-- In what a landed feed differs from the version before, field by field. Petitions' texts are not told.
with changes as (
    select changes.*
    from {{ source('raw', 'changes') }} as changes
    inner join {{ ref('stg_feeds') }} as feeds on changes.feed_id = feeds.feed_id
),

told as (
    select
        feed_id,
        previous_feed_id,
        sheet_kind,
        row_key,
        change,
        coalesce(field, '') as field,
        case when not {{ is_petition_text() }} then before end as before,
        case when not {{ is_petition_text() }} then after end as after,
        row_number,
        cell
    from changes
)

select * from told
order by feed_id, sheet_kind, row_key, field

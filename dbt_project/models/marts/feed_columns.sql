-- The known columns of every feed, as its sender headed them.
with columns_found as (
    select feed_columns.*
    from {{ source('raw', 'feed_columns') }} as feed_columns
    inner join {{ ref('stg_feeds') }} as feeds on feed_columns.feed_id = feeds.feed_id
),

described as (
    select
        feed_id,
        sheet_kind,
        field,
        coalesce(header, '') as header,
        coalesce(letter, '') as letter,
        string_agg(distinct encoding, ',' order by encoding) as encoding
    from columns_found
    group by feed_id, sheet_kind, field, header, letter
)

select * from described
order by feed_id, sheet_kind, letter, field

-- What was read as something else. Petitions' texts are counted, not told.
with repairs as (
    select repairs.*
    from {{ source('raw', 'repairs') }} as repairs
    inner join {{ ref('stg_feeds') }} as feeds on repairs.feed_id = feeds.feed_id
),

told as (
    select
        feed_id,
        sheet_kind,
        sheet,
        field,
        case when not {{ is_petition_text() }} then received end as received,
        case when not {{ is_petition_text() }} then read end as read,
        repair,
        cast(sum(cells) as bigint) as cells,
        min(first_row) as first_row
    from repairs
    group by all
),

numbered as (
    select
        feed_id,
        cast(row_number() over (
            partition by feed_id order by sheet_kind, sheet, first_row, field, received, read, repair
        ) as integer) as repair_no,
        * exclude (feed_id)
    from told
)

select * from numbered
order by feed_id, repair_no

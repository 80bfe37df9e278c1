{{ config(materialized='view') }}
-- Sensitive cells are counted without their texts.
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
        case when not {{ is_sensitive() }} then received end as received,
        case when not {{ is_sensitive() }} then read end as read,
        repair,
        cast(sum(cells) as bigint) as cells,
        min(first_row) as first_row
    from repairs
    group by all
),

shown as (
    select
        told.*,
        {{ shown('told.read', 'labels.label') }} as read_shown
    from told
    left join {{ ref('int_labels') }} as labels
        on told.sheet_kind = labels.sheet_kind and told.field = labels.field and told.read = labels.code
),

numbered as (
    select
        feed_id,
        cast(row_number() over (
            partition by feed_id order by sheet_kind, sheet, first_row, field, received, read, repair
        ) as integer) as repair_no,
        sheet_kind,
        sheet,
        field,
        received,
        read,
        read_shown,
        repair,
        cells,
        first_row
    from shown
)

select * from numbered
order by feed_id, repair_no

{{ config(materialized='view') }}
-- The values of sensitive cells are left out.
with changes as (
    select changes.*
    from {{ source('raw', 'changes') }} as changes
    inner join {{ ref('stg_feeds') }} as feeds on changes.feed_id = feeds.feed_id
),

told as (
    select
        * replace (
            coalesce(field, '') as field,
            case when not {{ is_sensitive() }} then before end as before,
            case when not {{ is_sensitive() }} then after end as after
        )
    from changes
),

columns_of_contracts as (
    select * from {{ ref('contract_columns') }}
),

labels as (
    select * from {{ ref('int_labels') }}
),

shown as (
    select
        told.feed_id,
        told.previous_feed_id,
        told.sheet_kind,
        told.row_key,
        told.change,
        told.field,
        coalesce(columns_of_contracts.header, '') as header,
        told.before,
        told.after,
        {{ shown('told.before', 'of_before.label') }} as before_shown,
        {{ shown('told.after', 'of_after.label') }} as after_shown,
        told.row_number,
        told.cell
    from told
    left join columns_of_contracts using (sheet_kind, field)
    left join labels as of_before
        on told.sheet_kind = of_before.sheet_kind and told.field = of_before.field and told.before = of_before.code
    left join labels as of_after
        on told.sheet_kind = of_after.sheet_kind and told.field = of_after.field and told.after = of_after.code
)

select * from shown
order by feed_id, sheet_kind, row_key, field

{{ config(materialized='view') }}
with columns_found as (
    select feed_columns.*
    from {{ source('raw', 'feed_columns') }} as feed_columns
    inner join {{ ref('stg_feeds') }} as feeds on feed_columns.feed_id = feeds.feed_id
),

distinct_columns as (
    select
        feed_id,
        sheet_kind,
        coalesce(sheet, '') as sheet,
        first_row,
        last_row,
        field,
        coalesce(header, '') as header,
        coalesce(letter, '') as letter,
        string_agg(distinct encoding, ',' order by encoding) as encoding,
        any_value(filled_rows) as filled_rows
    from columns_found
    group by feed_id, sheet_kind, sheet, first_row, last_row, field, header, letter
),

headed as (
    select
        found.* replace (
            case
                when found.header in ('', found.field) then coalesce(contracts.header, found.header)
                else found.header
            end as header
        ),
        coalesce(contracts.is_sensitive, false) as is_sensitive
    from distinct_columns as found
    left join {{ ref('contract_columns') }} as contracts using (sheet_kind, field)
)

select * from headed
order by feed_id, sheet_kind, sheet, first_row, letter, field

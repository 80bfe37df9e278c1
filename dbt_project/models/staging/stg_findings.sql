-- Findings of the feeds known. Where one speaks of a petition's text, or of a whole record, the text is left out.
with source as (
    select * from {{ source('raw', 'findings') }}
),

known as (
    select source.*
    from source
    inner join {{ ref('stg_feeds') }} as feeds on source.feed_id = feeds.feed_id
),

described as (
    select
        feed_id,
        finding_no,
        tier,
        rule,
        file,
        sheet,
        cell,
        row_number,
        header,
        field,
        case when {{ is_petition_text() }} or field = '' then '' else value end as value,
        case
            when {{ is_petition_text() }}
                then regexp_replace(replace(message, concat('«', header, '»'), header), '(?s)«.*»', '«…»')
            else message
        end as message,
        remedy,
        count,
        nullif(sheet_kind, '') as sheet_kind,
        nullif(row_key, '') as row_key,
        coalesce(needs_reason, false) as needs_reason,
        standing,
        nullif(reason, '') as reason,
        confirmation_key
    from known
)

select * from described

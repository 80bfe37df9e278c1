-- The text of a finding about a sensitive cell, or about a whole record, is left out: it would quote what is
-- received.
with source as (
    select * from {{ source('raw', 'findings') }}
),

-- the newest reason by known_at, of each that was ever given: one given later was not known then
reasons as (
    select
        sender_unit_code,
        confirmation_key,
        arg_max(reason, said_no) filter (where confirmed_at <= {{ known_at() }}) as reason,
        arg_max(confirmed_by, said_no) filter (where confirmed_at <= {{ known_at() }}) as reason_by,
        arg_max(confirmed_at, said_no) filter (where confirmed_at <= {{ known_at() }}) as reason_at
    from {{ source('raw', 'confirmations') }}
    group by sender_unit_code, confirmation_key
),

known as (
    select
        source.* replace (
            case when reasons.confirmation_key is null then source.reason else reasons.reason end as reason
        ),
        reasons.reason_by,
        reasons.reason_at
    from source
    inner join {{ ref('stg_feeds') }} as feeds on source.feed_id = feeds.feed_id
    left join reasons
        on
            source.needs_reason
            and feeds.sender_unit_code = reasons.sender_unit_code
            and source.confirmation_key = reasons.confirmation_key
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
        case when {{ is_sensitive() }} or field = '' then '' else value end as value,
        case
            when {{ is_sensitive() }}
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
        reason_by,
        reason_at,
        confirmation_key
    from known
)

select * from described

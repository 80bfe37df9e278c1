with feeds as (
    select * from {{ ref('int_feeds') }}
),

described as (
    select
        feed_id,
        sha256,
        file_name,
        sender_unit_code,
        period_code,
        period_start,
        period_end,
        version,
        received_at,
        status,
        is_current,
        coalesce(nil_return, false) as nil_return,
        prepared_on,
        prepared_by,
        approved_by,
        declared_dialogues,
        declared_petitions,
        profile,
        coalesce(rows_landed, 0) as rows_landed,
        coalesce(rows_quarantined, 0) as rows_quarantined,
        coalesce(findings, 0) as findings,
        has_errors,
        findings_unconfirmed,
        contracts
    from feeds
)

select * from described
order by sender_unit_code, period_end, received_at, feed_id

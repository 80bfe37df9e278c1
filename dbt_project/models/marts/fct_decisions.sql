with decisions as (
    select * from {{ ref('int_decisions') }}
),

described as (
    select
        decision_no,
        sender_unit_code,
        decided_on,
        kind,
        unit_code,
        leader_code,
        form,
        reason,
        feed_id,
        file_name,
        sheet,
        row_number
    from decisions
)

select * from described
order by unit_code, decided_on, decision_no

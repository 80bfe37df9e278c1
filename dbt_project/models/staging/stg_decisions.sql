with source as (
    select * from {{ source('raw', 'decisions') }}
),

renamed as (
    select
        feed_id,
        decision_no,
        decided_on,
        kind,
        unit_code,
        leader_code,
        form,
        reason,
        sheet,
        row_number
    from source
)

select * from renamed

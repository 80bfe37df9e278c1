with source as (
    select * from {{ source('raw', 'petitions') }}
),

renamed as (
    select
        feed_id,
        sheet,
        row_number,
        petition_code,
        dialogue_code,
        unit_code,
        responsible_unit_code,
        responsible_body,
        field as field_code,
        received_on as received_at,
        due_on as stated_due_at,
        extension_no,
        extended_due_on as extended_due_at,
        extended_on,
        outcome,
        settled_on as closed_at,
        result_no,
        satisfaction,
        summary
    from source
)

select * from renamed

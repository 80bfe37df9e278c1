with source as (
    select * from {{ source('raw', 'trainings') }}
),

renamed as (
    select
        feed_id,
        training_code,
        unit_code,
        held_on,
        topic,
        participants,
        sheet,
        row_number
    from source
)

select * from renamed

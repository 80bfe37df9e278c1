with source as (
    select * from {{ source('raw', 'plans') }}
),

renamed as (
    select
        feed_id,
        unit_code,
        cast(year as integer) as year,
        planned_dialogues,
        programme_no,
        sheet,
        row_number
    from source
)

select * from renamed

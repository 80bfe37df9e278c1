with source as (
    select * from {{ source('raw', 'practices') }}
),

renamed as (
    select
        feed_id,
        practice_code,
        unit_code,
        title,
        summary,
        published_on,
        sheet,
        row_number
    from source
)

select * from renamed

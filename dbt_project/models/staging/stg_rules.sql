with source as (
    select * from {{ source('lookups', 'rules') }}
),

renamed as (
    select
        rule,
        level,
        valid_from,
        coalesce(valid_to, {{ last_day() }}) as valid_to,
        value,
        day_type
    from source
)

select * from renamed

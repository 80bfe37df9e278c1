with source as (
    select * from {{ source('lookups', 'units') }}
),

renamed as (
    select
        unit_code,
        unit_type,
        unit_name,
        concat(unit_type, ' ', unit_name) as display_name,
        level,
        nullif(parent_code, '') as parent_code,
        valid_from,
        coalesce(valid_to, {{ last_day() }}) as valid_to
    from source
)

select * from renamed

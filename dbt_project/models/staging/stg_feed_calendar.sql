with source as (
    select * from {{ source('lookups', 'feed_calendar') }}
),

renamed as (
    select
        level,
        period_type,
        valid_from,
        coalesce(valid_to, {{ last_day() }}) as valid_to,
        basis
    from source
)

select * from renamed

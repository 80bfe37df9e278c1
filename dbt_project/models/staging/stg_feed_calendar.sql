-- Which levels owe which periodic feeds, one row per level, period type and spell of validity [valid_from, valid_to).
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

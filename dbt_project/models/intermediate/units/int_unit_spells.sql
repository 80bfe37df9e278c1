-- The first spell of a unit has no beginning and the last one no end: what a dissolved unit has left stays in its
-- last place, so that no total loses it.
with units as (
    select * from {{ ref('stg_units') }}
),

chained as (
    select
        unit_code,
        level,
        parent_code,
        case when row_number() over in_time = 1 then {{ first_day() }} else valid_from end as from_day,
        coalesce(lead(valid_from) over in_time, {{ last_day() }}) as to_day
    from units
    window in_time as (partition by unit_code order by valid_from)
)

select * from chained

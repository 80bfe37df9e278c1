-- One row per unit code and spell of one place in the hierarchy [from_day, to_day), without gaps and without ends:
-- what a unit left behind when it was dissolved stays where it stood last, so that nothing falls out of a total.
with units as (
    select * from {{ ref('stg_units') }}
),

chained as (
    select
        unit_code,
        level,
        parent_code,
        display_name,
        case when row_number() over in_time = 1 then {{ first_day() }} else valid_from end as from_day,
        coalesce(lead(valid_from) over in_time, {{ last_day() }}) as to_day
    from units
    window in_time as (partition by unit_code order by valid_from)
)

select * from chained

-- Measures are summed by cell once. As the hierarchy is constant within a cell and every period is a whole number of
-- cells, each period of either calendar adds up its cells.
with boundaries as (
    select period_start as cell_start from {{ ref('int_periods') }}
    union by name
    select period_end + 1 as cell_start from {{ ref('int_periods') }}
    union by name
    select from_day as cell_start from {{ ref('int_unit_spells') }}
    union by name
    select {{ first_day() }} as cell_start
),

cells as (
    select
        cell_start,
        least(
            coalesce(lead(cell_start) over (order by cell_start), {{ last_day() }}) - 1, {{ day_of(as_of()) }}
        ) as cell_end
    from boundaries
    where cell_start <= {{ day_of(as_of()) }}
)

select * from cells

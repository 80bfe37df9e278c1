-- The finest stretches of days that no period, change of units or as_of cuts in two: one row per cell
-- [cell_start, cell_end]. Every period of either calendar is a whole number of cells, so measures summed by cell
-- answer for every period by addition, and the hierarchy is constant within a cell.
with boundaries as (
    select period_start as cell_start from {{ ref('int_periods') }}
    union
    select period_end + 1 from {{ ref('int_periods') }}
    union
    select from_day from {{ ref('int_unit_spells') }}
    union
    select {{ first_day() }}
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

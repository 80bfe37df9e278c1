with periods as (
    select * from {{ ref('int_periods') }}
),

cells as (
    select * from {{ ref('int_cells') }}
),

edges as (
    select
        periods.period_key,
        closing.cell_start as closing_cell,
        opening.cell_start as opening_cell
    from periods
    inner join cells as closing
        on {{ day_of('periods.cutoff') }} between closing.cell_start and closing.cell_end
    inner join cells as opening
        on periods.period_start - 1 between opening.cell_start and opening.cell_end
)

select * from edges

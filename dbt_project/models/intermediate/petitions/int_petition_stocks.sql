with flows as (
    select
        cell_start,
        unit_code,
        body,
        field_code,
        sum(received - settled - left_scope) as open_change,
        sum(overdue_entered - overdue_left) as overdue_change
    from {{ ref('int_petition_flows') }}
    group by cell_start, unit_code, body, field_code
),

series as (
    select
        unit_code,
        body,
        field_code,
        min(cell_start) as first_cell
    from flows
    group by unit_code, body, field_code
),

dense as (
    select
        series.unit_code,
        series.body,
        series.field_code,
        cells.cell_start
    from series
    inner join {{ ref('int_cells') }} as cells on series.first_cell <= cells.cell_start
),

stocks as (
    select
        dense.*,
        sum(coalesce(flows.open_change, 0)) over so_far - coalesce(flows.open_change, 0) as open_at_start,
        sum(coalesce(flows.open_change, 0)) over so_far as open_at_end,
        sum(coalesce(flows.overdue_change, 0)) over so_far as overdue_at_end
    from dense
    left join flows using (cell_start, unit_code, body, field_code)
    window so_far as (
        partition by dense.unit_code, dense.body, dense.field_code order by dense.cell_start
    )
)

select * from stocks

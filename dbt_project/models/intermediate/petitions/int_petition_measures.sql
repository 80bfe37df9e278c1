-- `opening` is what was open when the period began, plus `joined`, the stock of units that came under the subject
-- during the period: otherwise more could be settled than there was. `closing` is the stock of the last cell.
with cells as (
    select * from {{ ref('int_subject_cells') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

edges as (
    select * from {{ ref('int_period_edges') }}
),

flows as (
    select
        periods.period_key,
        cells.subject_type,
        cells.subject_id,
        cells.field_code,
        {% for measure in petition_flows() -%}
            sum(cells.{{ measure }}) as {{ measure }},
        {% endfor %}
        sum(case when cells.cell_start = periods.period_start then cells.open_at_start else cells.open_joined end)
            as opening,
        sum(case when cells.cell_start = periods.period_start then 0 else cells.open_joined end) as joined
    from cells
    inner join periods on cells.cell_start between periods.period_start and periods.period_end
    group by periods.period_key, cells.subject_type, cells.subject_id, cells.field_code
),

closings as (
    select
        edges.period_key,
        cells.subject_type,
        cells.subject_id,
        cells.field_code,
        cells.open_at_end as closing,
        cells.overdue_at_end as closing_overdue
    from edges
    inner join cells on edges.closing_cell = cells.cell_start
),

stacked as (
    select * from flows
    union all by name
    select * from closings
),

measures as (
    select
        period_key,
        subject_type,
        subject_id,
        field_code,
    {% for measure in petition_flows() + ['opening', 'joined', 'closing', 'closing_overdue'] -%}
        cast(coalesce(sum({{ measure }}), 0) as bigint) as {{ measure }}{{ "," if not loop.last }}
    {% endfor %}
    from stacked
    group by period_key, subject_type, subject_id, field_code
)

select * from measures

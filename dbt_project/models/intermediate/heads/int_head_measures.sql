-- A flow goes to the head in office on the day of the event. `opening` is what was open when the window began,
-- `closing` what the head in office at the cutoff answers for. Two windows of one head in one period add up.
with windows as (
    select * from {{ ref('int_head_windows') }}
),

edges as (
    select * from {{ ref('int_period_edges') }}
),

stocks as (
    select * from {{ ref('int_petition_stocks') }}
),

flows as (
    select
        periods.period_key,
        flows.head_id,
        {% for measure in petition_flows() -%}
            sum(flows.{{ measure }}) as {{ measure }},
        {% endfor %}
        flows.field_code
    from {{ ref('int_petition_flows') }} as flows
    inner join {{ ref('int_periods') }} as periods
        on flows.cell_start between periods.period_start and periods.period_end
    group by periods.period_key, flows.head_id, flows.field_code
),

carried_in as (
    select
        windows.period_key,
        windows.head_id,
        stocks.field_code,
        stocks.open_at_end as opening
    from windows
    inner join edges using (period_key)
    inner join stocks
        on
            windows.unit_code = stocks.unit_code
            and windows.body = stocks.body
            and edges.opening_cell = stocks.cell_start
    where not windows.begins_inside
),

handed_over as (
    select
        windows.period_key,
        windows.head_id,
        handovers.field_code,
        handovers.open_at_start as opening
    from windows
    inner join {{ ref('int_handover_stocks') }} as handovers
        on
            windows.unit_code = handovers.unit_code
            and windows.body = handovers.body
            and windows.from_day = handovers.from_day
    where windows.begins_inside
),

closings as (
    select
        windows.period_key,
        windows.head_id,
        stocks.field_code,
        stocks.open_at_end as closing,
        stocks.overdue_at_end as closing_overdue
    from windows
    inner join edges using (period_key)
    inner join stocks
        on
            windows.unit_code = stocks.unit_code
            and windows.body = stocks.body
            and edges.closing_cell = stocks.cell_start
    where windows.holds_at_cutoff
),

inherited as (
    select
        period_key,
        head_id,
        field_code,
        inherited_overdue
    from {{ ref('int_inherited_overdue') }}
),

stacked as (
    select * from flows
    union all by name
    select * from carried_in
    union all by name
    select * from handed_over
    union all by name
    select * from closings
    union all by name
    select * from inherited
),

measures as (
    select
        period_key,
        head_id,
        coalesce(field_code, 'ALL') as field_code,
    {% for measure in petition_flows() + ['opening', 'closing', 'closing_overdue', 'inherited_overdue'] -%}
        cast(coalesce(sum({{ measure }}), 0) as bigint) as {{ measure }}{{ "," if not loop.last }}
    {% endfor %}
    from stacked
    group by grouping sets ((period_key, head_id, field_code), (period_key, head_id))
)

select * from measures

-- Identity 4: the numerator of a petition KPI has the same sum over units, over heads (with vacant posts), over units
-- and fields, and over levels, and it is that of the province.
with kpis as (
    select * from {{ ref('kpi_values') }}
    where
        kpi_code in (
            'resolution_rate', 'resolved_share', 'on_time_rate', 'overdue_rate', 'overdue_open', 'satisfaction_rate'
        )
),

sums as (
    select
        calendar,
        period_type,
        period_start,
        kpi_code,
        coalesce(sum(numerator) filter (where subject_type = 'province' and field_code = 'ALL'), 0) as province,
        coalesce(sum(numerator) filter (where subject_type = 'province' and field_code <> 'ALL'), 0) as fields,
        coalesce(sum(numerator) filter (where subject_type = 'unit' and field_code = 'ALL'), 0) as units,
        coalesce(sum(numerator) filter (where subject_type = 'unit' and field_code <> 'ALL'), 0) as units_fields,
        coalesce(sum(numerator) filter (where subject_type = 'level' and field_code = 'ALL'), 0) as levels,
        coalesce(sum(numerator) filter (where subject_type = 'head' and field_code = 'ALL'), 0) as heads,
        coalesce(sum(numerator) filter (where subject_type = 'head' and field_code <> 'ALL'), 0) as heads_fields
    from kpis
    group by calendar, period_type, period_start, kpi_code
)

select *
from sums
where
    province <> fields
    or province <> units
    or province <> units_fields
    or province <> levels
    or province <> heads
    or province <> heads_fields

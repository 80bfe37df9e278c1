-- Identity 2 for every subject: the stock that units take along when they leave a subject is never negative, and it
-- is 0 for a unit alone and the province. The denominators of the rates are sums of the same stocks and flows.
with flows as (
    select * from {{ ref('subject_stock_flow') }}
),

rates as (
    select * from {{ ref('kpi_values') }}
    where kpi_code in ('resolution_rate', 'overdue_rate') and subject_type <> 'head'
),

checked as (
    select
        flows.*,
        rates.kpi_code,
        rates.denominator
    from flows
    left join rates using (calendar, period_type, period_start, subject_type, subject_id, field_code)
)

select *
from checked
where
    moved_away < 0
    or (kpi_code is null and field_code = 'ALL')
    or (subject_type in ('unit', 'province') and moved_away <> 0)
    or denominator <> case kpi_code when 'overdue_rate' then closing else opening + joined + received - left_scope end

-- The numerator of a petition rate never exceeds its denominator, whoever joins, leaves or takes over.
select *
from {{ ref('kpi_values') }}
where
    kpi_code in ('resolution_rate', 'resolved_share', 'on_time_rate', 'overdue_rate', 'satisfaction_rate')
    and numerator > denominator

-- The numerator of a petition rate never exceeds its denominator, also where units or heads change.
select *
from {{ ref('kpi_values') }}
where
    kpi_code in ('resolution_rate', 'resolved_share', 'on_time_rate', 'overdue_rate', 'satisfaction_rate')
    and numerator > denominator

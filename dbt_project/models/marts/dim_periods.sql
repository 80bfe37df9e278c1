-- Reporting periods of both calendars.
select
    calendar,
    period_type,
    sort_order,
    period_start,
    period_end,
    period_code,
    label,
    cutoff,
    is_running,
    previous_start,
    previous_end
from {{ ref('int_periods') }}

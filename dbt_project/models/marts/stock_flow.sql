-- A unit alone gains and loses no units, so that nothing joins it or moves away.
with flows as (
    select * from {{ ref('subject_stock_flow') }}
    where subject_type = 'unit' and field_code = 'ALL'
)

select
    subject_id as unit_code,
    calendar,
    period_type,
    period_start,
    period_end,
    opening,
    received,
    settled,
    left_scope,
    closing
from flows

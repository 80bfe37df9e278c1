-- Identity 2: for every unit and period, opening + received = settled + left scope + closing.
select *
from {{ ref('stock_flow') }}
where opening + received <> settled + left_scope + closing

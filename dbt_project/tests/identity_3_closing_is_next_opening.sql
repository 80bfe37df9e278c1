-- Identity 3: the closing stock of a period is the opening stock of the next one.
with stock_flow as (
    select * from {{ ref('stock_flow') }}
),

in_turn as (
    select
        *,
        lead(opening) over units_periods as next_opening,
        lead(period_start) over units_periods as next_start
    from stock_flow
    window units_periods as (partition by unit_code, calendar, period_type order by period_start)
)

select *
from in_turn
where next_start = period_end + 1 and closing <> next_opening

select
    day,
    iso_weekday,
    is_working_day,
    working_day_number,
    holiday_name,
    is_swap_day
from {{ ref('int_dates') }}

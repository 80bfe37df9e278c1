select
    flag_code,
    name,
    description,
    remedy,
    severity,
    door_rules,
    sort_order
from {{ ref('flags') }}

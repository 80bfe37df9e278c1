-- The integrity flags: name, definition and remedy, as screens and reports show them.
select
    flag_code,
    name,
    description,
    remedy,
    severity,
    door_rules,
    sort_order
from {{ ref('flags') }}

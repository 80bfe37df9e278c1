select
    unit_code,
    unit_type,
    unit_name,
    display_name,
    level,
    parent_code,
    valid_from,
    nullif(valid_to, {{ last_day() }}) as valid_to
from {{ ref('stg_units') }}

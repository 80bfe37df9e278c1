select
    field_code,
    field_name,
    sort_order
from {{ source('lookups', 'fields') }}

-- Who held each post when, vacant stretches included.
select
    head_id,
    leader_code,
    full_name,
    unit_code,
    body,
    cast(post as varchar) as post,
    nullif(from_day, {{ first_day() }}) as from_on,
    nullif(to_day, {{ last_day() }}) as to_on
from {{ ref('int_holder_spells') }}

-- If no due date is stated, a dated rule must set one: a gap in the rules fails the build.
select
    petition_id,
    responsible_unit_code,
    received_at
from {{ ref('int_petitions') }}
where due_at is null

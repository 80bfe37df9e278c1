-- Where no due date was stated, a dated rule must set one: a gap in the rules is told, not passed over.
select
    petition_id,
    responsible_unit_code,
    received_at
from {{ ref('int_petitions') }}
where due_at is null

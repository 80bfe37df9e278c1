-- Identity 1: every petition in scope is in exactly one of four classes, as the class is defined.
with petitions as (
    select * from {{ ref('fct_petitions') }}
),

conditions as (
    select
        petition_id,
        class,
        cast(left_at is null and settled_at <= due_at as integer) as settled_on_time,
        cast(left_at is null and settled_at > due_at as integer) as settled_late,
        cast(left_at is null and settled_at is null and {{ as_of() }} <= due_at as integer) as open_in_term,
        cast(left_at is null and settled_at is null and due_at < {{ as_of() }} as integer) as open_overdue,
        cast(left_at is not null as integer) as left_scope
    from petitions
)

select *
from conditions
where
    coalesce(settled_on_time, 0) + coalesce(settled_late, 0) + open_in_term + open_overdue + left_scope <> 1
    or case class
        when 'settled_on_time' then settled_on_time
        when 'settled_late' then settled_late
        when 'open_in_term' then open_in_term
        when 'open_overdue' then open_overdue
        when 'left_scope' then left_scope
    end is distinct from 1

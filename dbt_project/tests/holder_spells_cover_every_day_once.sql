-- Each post has exactly one holder, or is vacant, on every day.
with spells as (
    select
        *,
        lead(from_day) over post_in_time as next_from,
        lag(to_day) over post_in_time as previous_to
    from {{ ref('int_holder_spells') }}
    window post_in_time as (partition by unit_code, body order by from_day)
)

select *
from spells
where
    (previous_to is null and from_day <> {{ first_day() }})
    or (next_from is null and to_day <> {{ last_day() }})
    or next_from <> to_day

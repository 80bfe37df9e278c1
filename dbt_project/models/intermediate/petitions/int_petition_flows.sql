-- The additive measures of petitions: one row per cell, post (unit, body), its holder and field.
with events as (
    select * from {{ ref('int_petition_events') }}
),

flows as (
    select
        cell_start,
        unit_code,
        body,
        head_id,
        field_code,
        count(*) filter (where event = 'received') as received,
        count(*) filter (where event = 'settled') as settled,
        count(*) filter (where event = 'settled' and outcome = 'resolved') as resolved,
        count(*) filter (where event = 'left_scope') as left_scope,
        count(*) filter (where event = 'matured') as matured,
        count(*) filter (where event = 'matured' and is_settled_on_time) as matured_on_time,
        count(*) filter (where event = 'overdue_entered') as overdue_entered,
        count(*) filter (where event = 'overdue_left') as overdue_left,
        count(*) filter (where event = 'settled' and satisfaction = 'satisfied') as satisfied,
        count(*) filter (where event = 'settled' and satisfaction is not null) as rated
    from events
    group by cell_start, unit_code, body, head_id, field_code
)

select * from flows

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
        {% for flow, rule in petition_flow_rules().items() -%}
            count(*) filter (
                where event = '{{ rule.event }}'{{ ' and ' ~ rule.only if rule.only }}
            ) as {{ flow }},
        {% endfor -%}
        count(*) filter (where event = 'overdue_entered') as overdue_entered,
        count(*) filter (where event = 'overdue_left') as overdue_left
    from events
    group by cell_start, unit_code, body, head_id, field_code
)

select * from flows

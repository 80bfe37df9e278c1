with petitions as (
    select
        *,
        {{ day_of('received_at') }} as received_on,
        {{ day_of('settled_at') }} as settled_on,
        {{ day_of('left_at') }} as left_on,
        {{ day_of('matured_at') }} as matured_on,
        {{ day_of('overdue_from') }} as overdue_on,
        {{ day_of('exit_at') }} as exit_on
    from {{ ref('int_petitions') }}
),

events as (
    {% for event, day, condition in [
        ('received', 'received_on', 'true'),
        ('settled', 'settled_on', 'settled_at is not null'),
        ('left_scope', 'left_on', 'left_at is not null'),
        ('matured', 'matured_on', 'matured_at is not null'),
        ('overdue_entered', 'overdue_on', 'overdue_from is not null'),
        ('overdue_left', 'exit_on', 'overdue_from is not null and exit_at is not null'),
    ] -%}
        select
            petition_id,
            '{{ event }}' as event,
            {{ day }} as day,
            responsible_unit_code as unit_code,
            responsible_body as body,
            field_code,
            is_settled_on_time,
            is_resolved,
            is_satisfied,
            is_rated
        from petitions
        where {{ condition }}
        {% if not loop.last %}union all by name
        {% endif %}
    {%- endfor %}
),

holders as (
    select * from {{ ref('int_holder_spells') }}
),

-- every day of an event is in one cell
cell_days as (
    select
        cells.cell_start,
        cast(unnest(generate_series(
            greatest(cells.cell_start, (
                select
                    least(
                        min(petitions.received_on), min(petitions.settled_on), min(petitions.left_on),
                        min(petitions.matured_on), min(petitions.overdue_on)
                    )
                from petitions
            )),
            cells.cell_end,
            interval 1 day
        )) as date) as day
    from {{ ref('int_cells') }} as cells
),

booked as (
    select
        events.*,
        holders.head_id,
        cell_days.cell_start
    from events
    inner join holders
        on
            events.unit_code = holders.unit_code
            and events.body = holders.body
            and events.day >= holders.from_day
            and events.day < holders.to_day
    inner join cell_days on events.day = cell_days.day
)

select * from booked

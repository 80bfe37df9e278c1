with spells as (
    select
        spells.unit_code,
        spells.body,
        spells.from_day
    from {{ ref('int_holder_spells') }} as spells
    where
        spells.from_day > (select min(periods.period_start) from {{ ref('int_periods') }} as periods)
        and spells.from_day <= {{ day_of(as_of()) }}
),

events as (
    select
        unit_code,
        body,
        field_code,
        day,
        sum(case event when 'received' then 1 else -1 end) as open_change
    from {{ ref('int_petition_events') }}
    where event in ('received', 'settled', 'left_scope')
    group by unit_code, body, field_code, day
),

stocks as (
    select
        spells.unit_code,
        spells.body,
        spells.from_day,
        events.field_code,
        sum(events.open_change) as open_at_start
    from spells
    inner join events
        on
            spells.unit_code = events.unit_code
            and spells.body = events.body
            and events.day < spells.from_day
    group by spells.unit_code, spells.body, spells.from_day, events.field_code
)

select * from stocks

-- What one person would write for three figures at unit, field and period: how many petitions were settled of those at
-- hand, how many on time of those that matured, how many overdue of those open. No dated units, no heads, no levels,
-- no intervals, no ranks. Events are counted by day first; stocks are running sums of the same days.
create or replace temp table hand_written as
with newest as (
    select petitions.*
    from raw.petitions as petitions
    inner join raw.feeds as feeds using (feed_id)
    where feeds.status = 'accepted'
    qualify row_number() over (partition by petition_code order by feeds.received_at desc, feeds.version desc) = 1
),

dated as (
    select
        coalesce(responsible_unit_code, unit_code) as unit_code,
        field as field_code,
        cast(received_on as date) as received_day,
        cast(coalesce(due_on, received_on + interval 20 day) as date) as due_day,
        cast(if(outcome in ('resolved', 'explained'), settled_on, null) as date) as settled_day,
        cast(if(outcome not in ('resolved', 'explained'), settled_on, null) as date) as left_day
    from newest
    where received_on <= timestamp '2024-09-30 23:59:59.999999'
),

matured as (
    select
        *,
        coalesce(settled_day, left_day) as exit_day,
        case
            when settled_day is not null then least(settled_day, due_day)
            when left_day is null or due_day < left_day then due_day
        end as matured_day
    from dated
),

events as (
    select unit_code, field_code, received_day as day, 1 as received, 0 as settled, 0 as gone, 0 as matured,
        0 as on_time, 0 as overdue
    from matured
    union all
    select unit_code, field_code, settled_day, 0, 1, 0, 0, 0, 0 from matured where settled_day is not null
    union all
    select unit_code, field_code, left_day, 0, 0, 1, 0, 0, 0 from matured where left_day is not null
    union all
    select unit_code, field_code, matured_day, 0, 0, 0, 1, if(settled_day <= due_day, 1, 0), 0
    from matured where matured_day is not null
    union all
    select unit_code, field_code, due_day + 1, 0, 0, 0, 0, 0, 1 from matured where coalesce(exit_day > due_day, true)
    union all
    select unit_code, field_code, exit_day, 0, 0, 0, 0, 0, -1 from matured where exit_day > due_day
),

days as (
    select
        unit_code, field_code, day,
        sum(received) as received, sum(settled) as settled, sum(gone) as gone,
        sum(matured) as matured, sum(on_time) as on_time, sum(overdue) as overdue
    from events
    group by all
),

figures as (
    select
        periods.period_key, days.unit_code, coalesce(days.field_code, 'ALL') as field_code,
        sum(settled) filter (where day >= period_start) as settled,
        sum(received - if(day < period_start, settled + gone, gone)) as at_hand,
        sum(on_time) filter (where day >= period_start) as on_time,
        sum(matured) filter (where day >= period_start) as matured,
        sum(overdue) as overdue,
        sum(received - settled - gone) as still_open
    from days
    inner join intermediate.int_periods as periods on days.day <= cast(periods.cutoff as date)
    group by grouping sets (
        (periods.period_key, days.unit_code, days.field_code), (periods.period_key, days.unit_code)
    )
)

select
    *,
    settled / nullif(at_hand, 0) as resolution_rate,
    on_time / nullif(matured, 0) as on_time_rate,
    overdue / nullif(still_open, 0) as overdue_rate
from figures

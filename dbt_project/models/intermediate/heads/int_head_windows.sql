with periods as (
    select * from {{ ref('int_periods') }}
),

spells as (
    select * from {{ ref('int_holder_spells') }}
),

windows as (
    select
        periods.period_key,
        spells.head_id,
        spells.unit_code,
        spells.body,
        spells.from_day,
        spells.from_day > periods.period_start as begins_inside,
        {{ day_of('periods.cutoff') }} < spells.to_day as holds_at_cutoff
    from periods
    inner join spells
        on {{ day_of('periods.cutoff') }} >= spells.from_day and periods.period_start < spells.to_day
)

select * from windows

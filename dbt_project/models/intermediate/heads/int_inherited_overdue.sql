with spells as (
    select * from {{ ref('int_holder_spells') }}
),

petitions as (
    select * from {{ ref('int_petitions') }}
    where overdue_from is not null
),

periods as (
    select * from {{ ref('int_periods') }}
),

inherited as (
    select
        spells.head_id,
        spells.from_day,
        spells.to_day,
        petitions.field_code,
        petitions.exit_at
    from petitions
    inner join spells
        on
            petitions.responsible_unit_code = spells.unit_code
            and petitions.responsible_body = spells.body
            and petitions.overdue_from <= cast(spells.tenure_from as timestamp)
            and (petitions.exit_at is null or petitions.exit_at >= cast(spells.tenure_from as timestamp))
    where spells.tenure_from > {{ first_day() }}
),

still_open as (
    select
        periods.period_key,
        inherited.head_id,
        inherited.field_code,
        count(*) as inherited_overdue
    from inherited
    inner join periods
        on
            {{ day_of('periods.cutoff') }} >= inherited.from_day
            and {{ day_of('periods.cutoff') }} < inherited.to_day
            and (inherited.exit_at is null or inherited.exit_at > periods.cutoff)
    group by periods.period_key, inherited.head_id, inherited.field_code
)

select * from still_open

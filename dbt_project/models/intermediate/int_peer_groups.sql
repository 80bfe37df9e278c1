-- Peers: one row per period and unit that had a place in the hierarchy at its cutoff, with its peer group (its level,
-- unless the province cut finer) and whether enough feeds of that level have come for ranks to be given.
with periods as (
    select * from {{ ref('int_periods') }}
),

spells as (
    select * from {{ ref('int_unit_spells') }}
),

own_groups as (
    select * from {{ source('lookups', 'peer_groups') }}
),

coverage as (
    select * from {{ ref('int_coverage') }}
    where subject_type = 'level'
),

groups as (
    select
        periods.period_key,
        spells.unit_code,
        coalesce(own_groups.peer_group, spells.level) as peer_group,
        coalesce(coverage.coverage >= {{ var('min_coverage') }}, true) as is_rankable
    from periods
    inner join spells
        on {{ day_of('periods.cutoff') }} >= spells.from_day and {{ day_of('periods.cutoff') }} < spells.to_day
    left join own_groups using (unit_code)
    left join coverage
        on periods.period_key = coverage.period_key and spells.level = coverage.subject_id
)

select * from groups

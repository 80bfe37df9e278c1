-- Peers: one row per period and unit, alone or with its subtree, that had a place in the hierarchy at the cutoff, with
-- the number of its peer group (its level, unless the province cut finer) and whether enough feeds of that level
-- have come for ranks to be given.
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

placed as (
    select
        periods.period_no,
        spells.unit_code,
        coalesce(own_groups.peer_group, spells.level) as peer_group,
        coalesce(coverage.coverage >= {{ var('min_coverage') }}, true) as is_rankable
    from periods
    inner join spells
        on {{ day_of('periods.cutoff') }} >= spells.from_day and {{ day_of('periods.cutoff') }} < spells.to_day
    left join own_groups on spells.unit_code = own_groups.unit_code
    left join coverage
        on periods.period_key = coverage.period_key and spells.level = coverage.subject_id
),

peers as (
    select
        placed.period_no,
        subjects.subject_no,
        cast(dense_rank() over (order by subjects.subject_type, placed.peer_group) as integer) as peer_group_no,
        placed.is_rankable
    from placed
    inner join {{ ref('int_subjects') }} as subjects
        on placed.unit_code = subjects.subject_id and subjects.subject_type in ('unit', 'subtree')
)

select * from peers

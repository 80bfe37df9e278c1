-- Peers are the units of a level, unless the province divides it into groups. A unit that has ended is
-- nobody's peer.
with periods as (
    select * from {{ ref('int_periods') }}
),

units as (
    select * from {{ ref('stg_units') }}
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
        units.unit_code,
        units.level,
        coalesce(own_groups.peer_group, '') as peer_group,
        coalesce(coverage.coverage >= {{ parameter('min_coverage') }}, true) as is_rankable
    from periods
    inner join units
        on {{ day_of('periods.cutoff') }} >= units.valid_from and {{ day_of('periods.cutoff') }} < units.valid_to
    left join own_groups on units.unit_code = own_groups.unit_code
    left join coverage
        on periods.period_key = coverage.period_key and units.level = coverage.subject_id
),

peers as (
    select
        placed.period_no,
        subjects.subject_no,
        cast(dense_rank() over (order by subjects.subject_type, placed.level, placed.peer_group) as integer)
            as peer_group_no,
        placed.is_rankable
    from placed
    inner join {{ ref('int_subjects') }} as subjects
        on placed.unit_code = subjects.subject_id and subjects.subject_type in ('unit', 'subtree')
)

select * from peers

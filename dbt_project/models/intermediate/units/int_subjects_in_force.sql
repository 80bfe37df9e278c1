with periods as (
    select * from {{ ref('int_periods') }}
),

units as (
    select * from {{ ref('stg_units') }}
),

units_in_force as (
    select distinct
        periods.period_key,
        units.unit_code,
        greatest(units.valid_from, periods.period_start) as seen_on
    from periods
    inner join units
        on {{ day_of('periods.cutoff') }} >= units.valid_from and periods.period_start < units.valid_to
),

subjects as (
    select distinct
        units_in_force.period_key,
        subjects.subject_type,
        subjects.subject_id
    from units_in_force
    inner join {{ ref('int_unit_subjects') }} as subjects
        on
            units_in_force.unit_code = subjects.unit_code
            and units_in_force.seen_on >= subjects.from_day
            and units_in_force.seen_on < subjects.to_day
    union by name
    select
        period_key,
        'head' as subject_type,
        head_id as subject_id
    from {{ ref('int_head_windows') }}
    where not starts_with(head_id, 'vacant|')
)

select * from subjects

-- Kaplan, E. L. and Meier, P. (1958): Nonparametric estimation from incomplete observations. JASA 53, 457-481.
-- At ties deaths (settled) come before censorings (still open).
with durations as (
    select * from {{ ref('int_settling_durations') }}
),

subjects as (
    select * from {{ ref('int_subjects') }}
),

-- Units alone need no sum, and a subtree without units below is its unit: it is copied at the end.
groups_of_units as (
    select
        durations.map_day,
        durations.subject_no as unit_no,
        subjects.subject_no
    from (select distinct map_day, subject_no from durations) as durations
    inner join subjects as units on durations.subject_no = units.subject_no
    inner join {{ ref('int_unit_subjects') }} as unit_subjects
        on
            units.subject_id = unit_subjects.unit_code
            and durations.map_day >= unit_subjects.from_day
            and durations.map_day < unit_subjects.to_day
    inner join subjects
        on unit_subjects.subject_type = subjects.subject_type and unit_subjects.subject_id = subjects.subject_id
    where subjects.subject_type <> 'unit' and not subjects.is_unit_without_units_below
),

by_field as (
    select
        period_no, subject_no, field_no, duration,
        cast(sum(settled) as integer) as settled, cast(sum(observed) as integer) as observed
    from durations
    group by period_no, subject_no, field_no, duration
    union all by name
    select
        durations.period_no, groups_of_units.subject_no, durations.field_no, durations.duration,
        cast(sum(durations.settled) as integer) as settled, cast(sum(durations.observed) as integer) as observed
    from durations
    inner join groups_of_units
        on durations.map_day = groups_of_units.map_day and durations.subject_no = groups_of_units.unit_no
    group by durations.period_no, groups_of_units.subject_no, durations.field_no, durations.duration
),

every_group as (
    select period_no, subject_no, field_no, duration, settled, observed
    from by_field
    union all by name
    select
        period_no, subject_no, 0 as field_no, duration,
        cast(sum(settled) as integer) as settled, cast(sum(observed) as integer) as observed
    from by_field
    group by period_no, subject_no, duration
),

at_risk as (
    select
        *,
        sum(observed) over (partition by period_no, subject_no, field_no order by duration desc) as at_risk
    from every_group
),

survival as (
    select
        *,
        sum(case when settled < at_risk then ln(1 - settled / at_risk) else -1e9 end) over (
            partition by period_no, subject_no, field_no order by duration
        ) as log_survival
    from at_risk
    where settled > 0
),

medians as (
    select
        period_no,
        subject_no,
        field_no,
        min(duration) filter (where log_survival <= ln(0.5) + 1e-9) / 86400000000.0 as median_days
    from survival
    group by period_no, subject_no, field_no
),

sizes as (
    select
        period_no,
        subject_no,
        field_no,
        sum(observed) as observed
    from every_group
    group by period_no, subject_no, field_no
),

medians_of_groups as (
    select
        sizes.period_no,
        sizes.subject_no,
        sizes.field_no,
        sizes.observed,
        medians.median_days
    from sizes
    left join medians
        on
            sizes.period_no = medians.period_no
            and sizes.subject_no = medians.subject_no
            and sizes.field_no = medians.field_no
),

medians_of_subjects as (
    select * from medians_of_groups
    union all by name
    select
        medians_of_groups.period_no,
        subtrees.subject_no,
        medians_of_groups.field_no,
        medians_of_groups.observed,
        medians_of_groups.median_days
    from medians_of_groups
    inner join subjects as units
        on medians_of_groups.subject_no = units.subject_no and units.subject_type = 'unit'
    inner join subjects as subtrees
        on units.subject_id = subtrees.subject_id and subtrees.is_unit_without_units_below
)

select * from medians_of_subjects

-- Kaplan-Meier median of days from receipt to settling: one row per period, subject (not heads) and field.
-- Kaplan, E. L. and Meier, P. (1958): Nonparametric estimation from incomplete observations. JASA 53, 457-481.
-- Petitions received in the period and in scope at its cutoff; those still open then are censored there. At ties
-- deaths come before censorings. Durations are whole microseconds until the last step, so that ties are exact.
with petitions as (
    select
        *,
        {{ day_of('received_at') }} as received_on
    from {{ ref('int_petitions') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

durations as (
    select
        periods.period_key,
        cells.cell_start,
        petitions.responsible_unit_code as unit_code,
        petitions.field_code,
        epoch_us(
            case when petitions.settled_at <= periods.cutoff then petitions.settled_at else periods.cutoff end
        ) - epoch_us(petitions.received_at) as duration,
        count(*) filter (where petitions.settled_at <= periods.cutoff) as settled,
        count(*) as observed
    from petitions
    inner join periods
        on petitions.received_on between periods.period_start and periods.period_end
    inner join {{ ref('int_cells') }} as cells
        on petitions.received_on between cells.cell_start and cells.cell_end
    where petitions.left_at is null or petitions.left_at > periods.cutoff
    group by all
),

by_subject as (
    select
        durations.period_key,
        subjects.subject_type,
        subjects.subject_id,
        coalesce(durations.field_code, 'ALL') as field_code,
        durations.duration,
        sum(durations.settled) as settled,
        sum(durations.observed) as observed
    from durations
    inner join {{ ref('int_unit_subjects') }} as subjects
        on
            durations.unit_code = subjects.unit_code
            and durations.cell_start >= subjects.from_day
            and durations.cell_start < subjects.to_day
    group by grouping sets (
        (durations.period_key, subjects.subject_type, subjects.subject_id, durations.field_code, durations.duration),
        (durations.period_key, subjects.subject_type, subjects.subject_id, durations.duration)
    )
),

at_risk as (
    select
        *,
        sum(observed) over (
            partition by period_key, subject_type, subject_id, field_code order by duration desc
        ) as at_risk
    from by_subject
),

survival as (
    select
        *,
        sum(case when settled < at_risk then ln(1 - settled / at_risk) else -1e9 end) over (
            partition by period_key, subject_type, subject_id, field_code order by duration
        ) as log_survival
    from at_risk
    where settled > 0
),

medians as (
    select
        period_key, subject_type, subject_id, field_code,
        min(duration) filter (where log_survival <= ln(0.5) + 1e-9) / 86400000000.0 as median_days
    from survival
    group by period_key, subject_type, subject_id, field_code
),

sizes as (
    select period_key, subject_type, subject_id, field_code, sum(observed) as observed
    from by_subject
    group by period_key, subject_type, subject_id, field_code
)

select
    sizes.*,
    medians.median_days
from sizes
left join medians using (period_key, subject_type, subject_id, field_code)

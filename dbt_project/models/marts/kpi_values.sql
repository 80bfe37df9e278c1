-- Sorted so that the figures of one subject in one period are stored together.
with figures as (
    select * from {{ ref('int_kpi_values') }}
),

ranks as (
    select * from {{ ref('int_ranks') }}
),

periods as (
    select
        periods.*,
        previous.period_no as previous_no,
        provinces.unit_code as province_code
    from {{ ref('int_periods') }} as periods
    inner join {{ ref('int_province_codes') }} as provinces on periods.period_key = provinces.period_key
    left join {{ ref('int_periods') }} as previous
        on
            periods.calendar = previous.calendar
            and periods.period_type = previous.period_type
            and periods.previous_start = previous.period_start
),

subjects as (
    select
        *,
        case when subject_type = 'head' then 'unit' else subject_type end as rests_on_type,
        case when subject_type = 'head' then unit_code else subject_id end as rests_on_id
    from {{ ref('int_subjects') }}
),

fields as (
    select * from {{ ref('int_fields') }}
),

kpis as (
    select * from {{ ref('kpis') }}
),

coverage as (
    select
        periods.period_no,
        subjects.subject_no,
        coverage.coverage
    from {{ ref('int_coverage') }} as coverage
    inner join periods on coverage.period_key = periods.period_key
    inner join subjects
        on coverage.subject_type = subjects.rests_on_type and coverage.subject_id = subjects.rests_on_id
),

described as (
    select
        periods.calendar,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        subjects.subject_type,
        case subjects.subject_type when 'province' then periods.province_code else subjects.subject_id end
            as subject_id,
        case subjects.subject_type when 'province' then periods.province_code else subjects.unit_code end as unit_code,
        fields.field_code,
        kpis.kpi_code,
        figures.numerator,
        figures.denominator,
        figures.value,
        figures.lower,
        figures.upper,
        ranks.rank,
        ranks.rank_best,
        ranks.rank_worst,
        ranks.peer_count,
        previous.value as previous_value,
        coverage.coverage
    from figures
    inner join periods on figures.period_no = periods.period_no
    inner join subjects on figures.subject_no = subjects.subject_no
    inner join fields on figures.field_no = fields.field_no
    inner join kpis on figures.kpi_no = kpis.kpi_no
    left join ranks
        on
            figures.period_no = ranks.period_no
            and figures.subject_no = ranks.subject_no
            and figures.field_no = ranks.field_no
            and figures.kpi_no = ranks.kpi_no
    left join figures as previous
        on
            periods.previous_no = previous.period_no
            and figures.subject_no = previous.subject_no
            and figures.field_no = previous.field_no
            and figures.kpi_no = previous.kpi_no
    left join coverage
        on figures.period_no = coverage.period_no and figures.subject_no = coverage.subject_no
    order by figures.period_no, figures.subject_no
)

select * from described

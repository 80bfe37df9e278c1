-- Every KPI of every subject, period and field, with its interval, rank among peers, previous value and coverage;
-- sorted so that one subject's figures of a period lie together.
with kpis as (
    select * from {{ ref('int_kpi_values') }}
),

ranks as (
    select * from {{ ref('int_ranks') }}
),


coverage as (
    select * from {{ ref('int_coverage') }}
),

heads as (
    select distinct
        head_id,
        unit_code
    from {{ ref('int_holder_spells') }}
),

periods_with_previous as (
    select
        periods.*,
        previous.period_key as previous_key
    from {{ ref('int_periods') }} as periods
    left join {{ ref('int_periods') }} as previous
        on
            periods.calendar = previous.calendar
            and periods.period_type = previous.period_type
            and periods.previous_start = previous.period_start
),

provinces as (
    select * from {{ ref('int_province_codes') }}
),

described as (
    select
        periods.calendar,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        kpis.subject_type,
        case kpis.subject_type when 'province' then provinces.unit_code else kpis.subject_id end as subject_id,
        kpis.field_code,
        kpis.kpi_code,
        kpis.numerator,
        kpis.denominator,
        kpis.value,
        kpis.lower,
        kpis.upper,
        ranks.rank,
        ranks.rank_best,
        ranks.rank_worst,
        ranks.peer_count,
        previous.value as previous_value,
        coverage.coverage
    from kpis
    inner join periods_with_previous as periods using (period_key)
    inner join provinces using (period_key)
    left join ranks using (period_key, subject_type, subject_id, field_code, kpi_code)
    left join kpis as previous
        on
            periods.previous_key = previous.period_key
            and kpis.subject_type = previous.subject_type
            and kpis.subject_id = previous.subject_id
            and kpis.field_code = previous.field_code
            and kpis.kpi_code = previous.kpi_code
    left join heads
        on kpis.subject_type = 'head' and kpis.subject_id = heads.head_id
    left join coverage
        on
            kpis.period_key = coverage.period_key
            and case kpis.subject_type when 'head' then 'unit' else kpis.subject_type end = coverage.subject_type
            and coalesce(heads.unit_code, kpis.subject_id) = coverage.subject_id
)

select * from described
order by calendar, period_type, period_start, subject_type, subject_id, field_code, kpi_code

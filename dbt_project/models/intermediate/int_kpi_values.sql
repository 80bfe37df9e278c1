-- Every KPI with its value and 95 % interval: one row per period, subject, field and KPI.
with ratios as (
    select
        *,
        null as median_days
    from {{ ref('int_kpi_ratios') }}
    union all
    select
        period_key, subject_type, subject_id, field_code, 'median_days_to_settle' as kpi_code,
        null as numerator, cast(observed as double) as denominator, median_days
    from {{ ref('int_median_days') }}
),

kpis as (
    select
        kpi_code,
        better,
        kind
    from {{ ref('kpis') }}
),

valued as (
    select
        ratios.period_key,
        ratios.subject_type,
        ratios.subject_id,
        ratios.field_code,
        ratios.kpi_code,
        kpis.better,
        ratios.numerator,
        ratios.denominator,
        case kpis.kind
            when 'median' then ratios.median_days
            when 'count' then ratios.numerator
            else case when ratios.denominator > 0 then ratios.numerator / ratios.denominator end
        end as value,
        {{ wilson_bound('ratios.numerator', 'ratios.denominator', '-') }} as lower,
        {{ wilson_bound('ratios.numerator', 'ratios.denominator', '+') }} as upper
    from ratios
    inner join kpis using (kpi_code)
)

select * from valued

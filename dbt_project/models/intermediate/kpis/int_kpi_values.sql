with ratios as (
    select
        *,
        null as median_days
    from {{ ref('int_kpi_ratios') }}
    union all by name
    select
        medians.period_no,
        medians.subject_no,
        medians.field_no,
        kpis.kpi_no,
        null as numerator,
        cast(medians.observed as double) as denominator,
        medians.median_days
    from {{ ref('int_median_days') }} as medians
    inner join {{ ref('kpis') }} as kpis on kpis.kind = 'median'
),

kpis as (
    select
        kpi_no,
        kind
    from {{ ref('kpis') }}
),

valued as (
    select
        ratios.period_no,
        ratios.subject_no,
        ratios.field_no,
        ratios.kpi_no,
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
    inner join kpis on ratios.kpi_no = kpis.kpi_no
)

select * from valued

with kpis as (
    select * from {{ ref('kpis') }}
),

targets as (
    select * from {{ source('lookups', 'targets') }}
),

described as (
    select
        kpis.kpi_code,
        kpis.record_kind,
        kpis.by_field,
        kpis.known_without_feeds,
        kpis.name,
        kpis.short_name,
        kpis.unit,
        kpis.numerator_label,
        kpis.denominator_label,
        kpis.definition,
        coalesce(kpis.better, '') as better,
        targets.target,
        kpis.basis,
        kpis.subjects,
        kpis.sort_order,
        kpis.overview_order,
        kpis.comparison_order
    from kpis
    left join targets using (kpi_code)
)

select * from described

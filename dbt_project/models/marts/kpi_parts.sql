-- The models count by the same rules, so a list has as many rows as its figure says.
with parts as (
    {% for kpi, part, event, only in kpi_parts() -%}
        select
            '{{ kpi }}' as kpi_code,
            '{{ part }}' as part,
            '{{ event }}' as event,
            '{{ only }}' as only_column
        {{ 'union all by name' if not loop.last }}
    {% endfor -%}
),

kpis as (
    select * from {{ ref('kpis') }}
),

labelled as (
    select
        parts.kpi_code,
        parts.part,
        kpis.record_kind,
        parts.event,
        parts.only_column,
        case parts.part when 'numerator' then kpis.numerator_link else kpis.denominator_link end as link_label
    from parts
    inner join kpis on parts.kpi_code = kpis.kpi_code
)

select * from labelled

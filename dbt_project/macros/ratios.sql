{#- The rows of a relation with period, subject and field replaced by their numbers. -#}
{% macro numbered(relation) -%}
    select
        {{ relation }}.* exclude (period_key, subject_id, field_code),
        periods.period_no,
        subjects.subject_no,
        fields.field_no
    from {{ relation }}
    inner join {{ ref('int_periods') }} as periods on {{ relation }}.period_key = periods.period_key
    inner join {{ ref('int_subjects') }} as subjects
        on {{ relation }}.subject_type = subjects.subject_type and {{ relation }}.subject_id = subjects.subject_id
    inner join {{ ref('int_fields') }} as fields on {{ relation }}.field_code = fields.field_code
{%- endmacro %}

{#- Numerator and denominator of one KPI, from a numbered relation of measures. -#}
{% macro ratio(kpi, numerator, denominator, relation, condition='true') -%}
    select
        measures.period_no,
        measures.subject_no,
        measures.field_no,
        kpis.kpi_no,
        cast({{ numerator }} as double) as numerator,
        cast({{ denominator }} as double) as denominator
    from {{ relation }} as measures
    inner join kpis on kpis.kpi_code = '{{ kpi }}'
    where {{ condition }}
{%- endmacro %}

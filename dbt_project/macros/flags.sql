{#- The columns that every family of integrity flags yields, in the order of the union. -#}
{% macro flag_columns() -%}
    flag_code,
    subject_type,
    subject_id,
    unit_code,
    flagged_on,
    period_start,
    period_end,
    detail,
    feed_id,
    sheet,
    row_number
{%- endmacro %}

{#- A flag on a petition: where it was received, and the row that it stands in. -#}
{% macro petition_flag(code, flagged_on, detail) -%}
    '{{ code }}' as flag_code,
    'petition' as subject_type,
    petition_id as subject_id,
    responsible_unit_code as unit_code,
    {{ flagged_on }} as flagged_on,
    cast(null as date) as period_start,
    cast(null as date) as period_end,
    {{ detail }} as detail,
    feed_id,
    sheet,
    row_number
{%- endmacro %}

{#- A day or the day of an instant as it is written in Vietnamese. -#}
{% macro in_words(day) -%} strftime({{ day }}, '%d/%m/%Y') {%- endmacro %}

{#- The codes of the flags that call for a look, comma-separated, one row per subject of a kind. -#}
{% macro flags_of(subject_type) -%}
    select
        subject_id,
        string_agg(flag_code, ',' order by sort_order) as codes
    from {{ ref('int_flags') }}
    where subject_type = '{{ subject_type }}' and severity = 'warn'
    group by subject_id
{%- endmacro %}

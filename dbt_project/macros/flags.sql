{#- The columns that every int_flags_ model returns, in the order of their union. -#}
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

{#- The columns of a flag on a petition, with the row that lists the petition. -#}
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

{#- A day, or the day of an instant, in Vietnamese notation. -#}
{% macro in_words(day) -%} strftime({{ day }}, '%d/%m/%Y') {%- endmacro %}

{#- One row per subject of a type, with the codes of its flags of severity `warn`, separated by commas. Bit n of a mask
    is the flag with sort_order n: there are few distinct masks, and each is turned into text once. -#}
{% macro flags_of(subject_type) -%}
    select
        masks.subject_id,
        (
            select string_agg(flags.flag_code, ',' order by flags.sort_order)
            from {{ ref('flags') }} as flags
            where masks.mask & (cast(1 as bigint) << flags.sort_order) <> 0
        ) as codes
    from (
        select
            subject_id,
            bit_or(cast(1 as bigint) << sort_order) as mask
        from {{ ref('int_flags') }}
        where subject_type = '{{ subject_type }}' and severity = 'warn'
        group by subject_id
    ) as masks
{%- endmacro %}

{#- A person's name normalized for comparison: without form of address, in lower case, with single spaces. -#}
{% macro person_name(name) -%}
    regexp_replace(
        regexp_replace(lower(trim({{ name }})), '^(đồng chí|đ/c|đ\.c|ông|bà)[.:]?\s+', ''), '\s+', ' ', 'g'
    )
{%- endmacro %}

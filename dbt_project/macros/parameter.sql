{#- A parameter of the build: an instant, the term, the calendar or a threshold. No model reads the clock. -#}
{% macro parameter(name) -%}
    (select parameters.{{ name }} from {{ source('build', 'parameters') }} as parameters)
{%- endmacro %}

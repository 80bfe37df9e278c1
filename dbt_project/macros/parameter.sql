{#- A parameter of the build: an instant, a day of the term or the calendar, a threshold. No model reads the clock. -#}
{% macro parameter(name) -%}
    (select parameters.{{ name }} from {{ source('build', 'parameters') }} as parameters)
{%- endmacro %}

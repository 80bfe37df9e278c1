{#- The schema of a model is the one that its folder sets (staging, intermediate, marts), without the prefix of dbt. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}

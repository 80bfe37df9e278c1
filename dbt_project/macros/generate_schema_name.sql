{#- A model's schema is the room it stands in (staging, intermediate, marts), never prefixed. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}

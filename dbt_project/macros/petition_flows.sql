{#- The additive flows of petitions, in the order of int_petition_flows. -#}
{% macro petition_flows() -%}
    {{ return([
        'received', 'settled', 'resolved', 'left_scope', 'matured', 'matured_on_time', 'satisfied', 'rated',
    ]) }}
{%- endmacro %}

{#- The petitions that each flow counts: those with `event`, where the column `only` of int_petitions is true.
    int_petition_flows counts by these rules and kpi_parts publishes them, so that a list holds what its figure counts. -#}
{% macro petition_flow_rules() -%}
    {{ return({
        'received': {'event': 'received'},
        'settled': {'event': 'settled'},
        'resolved': {'event': 'settled', 'only': 'is_resolved'},
        'left_scope': {'event': 'left_scope'},
        'matured': {'event': 'matured'},
        'matured_on_time': {'event': 'matured', 'only': 'is_settled_on_time'},
        'satisfied': {'event': 'settled', 'only': 'is_satisfied'},
        'rated': {'event': 'settled', 'only': 'is_rated'},
    }) }}
{%- endmacro %}

{#- The additive flows of petitions, in the order of int_petition_flows. -#}
{% macro petition_flows() -%}
    {{ return(petition_flow_rules().keys() | list) }}
{%- endmacro %}

{#- `0 as measure` for each measure: the row of a subject without petitions. -#}
{% macro zeros(measures) -%}
    {% for measure in measures %}0 as {{ measure }}{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}

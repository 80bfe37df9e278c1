{#- Which petitions each flow counts: the event that books them, and the column of int_petitions that must hold too.
    int_petition_flows counts by it, and kpi_parts publishes it, so that lists hold what figures count. -#}
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

{#- `0 as measure` for each of them: the row of a subject for whom nothing happened. -#}
{% macro zeros(measures) -%}
    {% for measure in measures %}0 as {{ measure }}{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}

{#- The petition KPIs that are a ratio or a count of measures: code, numerator, denominator (none for a count). -#}
{% macro petition_kpis() -%}
    {{ return([
        ('resolution_rate', 'settled', 'to_handle'),
        ('resolved_share', 'resolved', 'settled'),
        ('on_time_rate', 'matured_on_time', 'matured'),
        ('overdue_rate', 'closing_overdue', 'closing'),
        ('overdue_open', 'closing_overdue', none),
        ('satisfaction_rate', 'satisfied', 'rated'),
    ]) }}
{%- endmacro %}

{#- The dialogue KPIs that are a ratio of measures: code, numerator, denominator. -#}
{% macro dialogue_kpis() -%}
    {{ return([
        ('head_chaired_rate', 'chaired', 'chaired_known'),
        ('in_programme_rate', 'in_programme', 'in_programme_known'),
        ('procedure_rate', 'steps_met', 'steps_applying'),
        ('conclusion_on_time_rate', 'conclusions_on_time', 'conclusions_matured'),
        ('direct_answer_rate', 'answered', 'opinions'),
        ('supervised_rate', 'supervised', 'concluded'),
    ]) }}
{%- endmacro %}

{#- The stocks of petitions that KPIs count: the event by which a list finds them, and `sql` where int_kpi_ratios
    computes the stock from other measures. -#}
{% macro petition_stock_rules() -%}
    {{ return({
        'to_handle': {'event': 'to_handle', 'sql': 'opening + received - left_scope'},
        'closing': {'event': 'open'},
        'closing_overdue': {'event': 'overdue'},
    }) }}
{%- endmacro %}

{#- The numerators and denominators whose records can be listed: kpi_code, part, event and `only` (a column that must be
    true in the record, '' for none). -#}
{% macro kpi_parts() -%}
    {%- set rules = dict(petition_flow_rules(), **petition_stock_rules()) -%}
    {%- set parts = [] -%}
    {%- for code, numerator, denominator in petition_kpis() -%}
        {%- for part, measure in [('numerator', numerator), ('denominator', denominator)] if measure -%}
            {%- do parts.append((code, part, rules[measure].event, rules[measure].only | default(''))) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(parts + [
        ('median_days_to_settle', 'denominator', 'received_in_scope', ''),
        ('dialogues_held', 'numerator', 'held', ''),
        ('head_chaired_rate', 'numerator', 'held', 'chaired_by_head'),
        ('head_chaired_rate', 'denominator', 'held', ''),
    ]) }}
{%- endmacro %}

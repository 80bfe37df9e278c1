{#-
    The day that a dated rule sets, counted from a day: so many calendar days after it, or the so-many-th working day
    after it; zero days after it is the day itself. A pair: `rule_day` is the expression, `join_rule_day` brings in the
    two look-ups it reads.
    `direction` is 1 for days after and -1 for days before.
-#}
{% macro rule_day(day, rule, start, target, direction=1) -%}
    case
        when {{ rule }}.day_type = 'working' and {{ rule }}.value <> 0 then {{ target }}.day
        else {{ day }} + {{ direction }} * {{ rule }}.value
    end
{%- endmacro %}

{% macro join_rule_day(day, rule, start, target, direction=1) -%}
    left join {{ ref('int_dates') }} as {{ start }}
        on {{ rule }}.day_type = 'working' and {{ day }} = {{ start }}.day
    left join {{ ref('int_dates') }} as {{ target }}
        on
            {{ target }}.is_working_day
            and {{ start }}.working_day_number + {{ direction }} * {{ rule }}.value
    {%- if direction < 0 %} + cast(not {{ start }}.is_working_day as integer) {%- endif %}
            = {{ target }}.working_day_number
{%- endmacro %}

{#-
    The rows of a relation with column `name`: the due instant that a row states, else the end of the day that the
    dated rule sets. The relation has received_day, responsible_unit_code and stated_due_at.
-#}
{% macro with_due(relation, name) -%}
    select
        {{ relation }}.*,
        coalesce(
            {{ relation }}.stated_due_at,
            {{ end_of_day(rule_day(relation ~ '.received_day', 'rules', 'from_date', 'to_date')) }}
        ) as {{ name }}
    from {{ relation }}
    left join {{ ref('int_rule_spells') }} as rules
        on
            {{ relation }}.stated_due_at is null
            and rules.rule = 'settle_days'
            and {{ relation }}.responsible_unit_code = rules.unit_code
            and {{ relation }}.received_day >= rules.from_day
            and {{ relation }}.received_day < rules.to_day
    {{ join_rule_day(relation ~ '.received_day', 'rules', 'from_date', 'to_date') }}
{%- endmacro %}

{#-
    The day that a dated rule sets, n calendar or n working days from `day`; zero days from it is the day itself.
    `direction` is 1 for days after and -1 for days before. Use it with `join_rule_day`, which joins the two days that
    it reads.
-#}
{% macro rule_day(day, rule, start, target, direction=1) -%}
    case
        when {{ rule }}.day_type = 'working' and {{ rule }}.value <> 0 then {{ target }}.day
        else {{ day }} + {{ direction }} * {{ rule }}.value
    end
{%- endmacro %}

{#- The joins that `rule_day` needs, with the same arguments: `start` and `target` are the aliases of int_dates. -#}
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
    The rows of a relation with one more column `name`: the stated due instant, or else the end of the day that the
    dated rule sets. The relation must have received_day, responsible_unit_code and stated_due_at.
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

{#-
    The day that a dated rule sets, counted from a day: so many calendar days after it, or the so-many-th working day
    after it. A pair: `rule_day` is the expression, `join_rule_day` brings in the two look-ups it reads.
    `direction` is 1 for days after and -1 for days before.
-#}
{% macro rule_day(day, rule, start, target, direction=1) -%}
    case {{ rule }}.day_type
        when 'working' then {{ target }}.day
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

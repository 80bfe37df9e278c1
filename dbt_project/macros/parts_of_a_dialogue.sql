{#- 365 x 366: the parts of one dialogue. A day's share of a yearly minimum is then a whole number of parts, in common
    and in leap years. -#}
{% macro parts_of_a_dialogue() -%} 133590 {%- endmacro %}

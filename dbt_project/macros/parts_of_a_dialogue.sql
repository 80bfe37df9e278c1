{#- 365 x 366: parts in which a day's share of a yearly minimum is whole in common and in leap years. -#}
{% macro parts_of_a_dialogue() -%} 133590 {%- endmacro %}

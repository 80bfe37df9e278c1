{#- The instant up to which events count. -#}
{% macro as_of() -%} {{ parameter('as_of') }} {%- endmacro %}

{#- The instant up to which received feeds count. -#}
{% macro known_at() -%} {{ parameter('known_at') }} {%- endmacro %}

{#- The first and the last day that a date can hold here: open ends of spells. -#}
{% macro first_day() -%} date '0001-01-01' {%- endmacro %}
{% macro last_day() -%} date '9999-12-31' {%- endmacro %}

{#- The last microsecond of a day. -#}
{% macro end_of_day(day) -%}
    (cast({{ day }} as timestamp) + interval 1 day - interval 1 microsecond)
{%- endmacro %}

{#- The day of an instant. -#}
{% macro day_of(instant) -%} cast({{ instant }} as date) {%- endmacro %}

{#- Whole and fractional days between two instants. -#}
{% macro days_between(earlier, later) -%}
    ((epoch_us({{ later }}) - epoch_us({{ earlier }})) / 86400000000.0)
{%- endmacro %}

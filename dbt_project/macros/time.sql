{#- The instant up to which events count. -#}
{% macro as_of() -%} {{ parameter('as_of') }} {%- endmacro %}

{#- The instant up to which received feeds count. -#}
{% macro known_at() -%} {{ parameter('known_at') }} {%- endmacro %}

{#- The first day of a spell without a beginning. -#}
{% macro first_day() -%} date '0001-01-01' {%- endmacro %}

{#- The last day of a spell without an end. -#}
{% macro last_day() -%} date '9999-12-31' {%- endmacro %}

{#- The last microsecond of a day. -#}
{% macro end_of_day(day) -%}
    (cast({{ day }} as timestamp) + interval 1 day - interval 1 microsecond)
{%- endmacro %}

{#- The day of an instant. -#}
{% macro day_of(instant) -%} cast({{ instant }} as date) {%- endmacro %}

{#- The days between two instants, with fractions. -#}
{% macro days_between(earlier, later) -%}
    ((epoch_us({{ later }}) - epoch_us({{ earlier }})) / 86400000000.0)
{%- endmacro %}

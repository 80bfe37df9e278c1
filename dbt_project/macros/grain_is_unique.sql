{#- Generic test: the model has one row per combination of `columns`, which may be expressions. -#}
{% test grain_is_unique(model, columns) %}
select {{ columns | join(", ") }}, count(*) as rows_found
from {{ model }}
group by {{ columns | join(", ") }}
having count(*) > 1
{% endtest %}

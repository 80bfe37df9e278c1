{#- The landed sheets and the fields that together are a row's key, as in the contract. -#}
{% macro received_sheets() -%}
    {{ return({
        'dialogues': ['dialogue_code'],
        'petitions': ['petition_code'],
        'tenures': ['leader_code', 'unit_code', 'body', 'from_on'],
        'plans': ['unit_code', 'year'],
        'trainings': ['training_code'],
        'decisions': ['decision_no'],
        'practices': ['practice_code'],
    }) }}
{%- endmacro %}

{#- The key of a row as its sender wrote it, from cells kept as JSON; parts joined as in findings. -#}
{% macro received_key(cells, fields) -%}
    concat_ws(' / ', {% for field in fields %}trim({{ cells }} ->> '$.{{ field }}'){{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{#- The key of a landed row, by its typed values, as changes between versions name it. -#}
{% macro landed_key(fields) -%}
    concat_ws(' / ', {% for field in fields %}cast({{ field }} as varchar){{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{#- The received cells of a row, a JSON text, without what citizens wrote. -#}
{% macro without_texts(cells) -%}
    cast(json_merge_patch(cast({{ cells }} as json), '{"summary": null}') as varchar)
{%- endmacro %}

{#- A value as readers of Vietnamese know it: its label, a day as dd/mm/yyyy (also its first and last instant). -#}
{% macro shown(value, label) -%}
    coalesce({{ label }}, regexp_replace(
        {{ value }}, '^([0-9]{4})-([0-9]{2})-([0-9]{2})( 00:00:00| 23:59:59\.999999)?$', '\3/\2/\1'
    ))
{%- endmacro %}

{#- True where a record speaks of what citizens wrote: such texts are published in fct_petitions.summary alone. -#}
{% macro is_petition_text() -%}
    (coalesce(nullif(sheet_kind, ''), 'petitions') = 'petitions' and coalesce(field, '') = 'summary')
{%- endmacro %}

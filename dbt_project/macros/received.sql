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

{#- The received cells of a row of a sheet, a JSON text, without those of columns that the contract calls sensitive. -#}
{% macro without_sensitive(cells, sheet_kind) -%}
    cast(json_merge_patch(cast({{ cells }} as json), (
        select coalesce(json_group_object(sensitive.field, null), '{}')
        from {{ ref('contract_columns') }} as sensitive
        where sensitive.is_sensitive and sensitive.sheet_kind = {{ sheet_kind }}
    )) as varchar)
{%- endmacro %}

{#- A value as readers of Vietnamese know it: its label, a day as dd/mm/yyyy (also its first and last instant). -#}
{% macro shown(value, label) -%}
    coalesce({{ label }}, regexp_replace(
        {{ value }}, '^([0-9]{4})-([0-9]{2})-([0-9]{2})( 00:00:00| 23:59:59\.999999)?$', '\3/\2/\1'
    ))
{%- endmacro %}

{#- True where a record speaks of a column that the contract calls sensitive, as the texts of petitions are: those are
    published in the table made for them alone. A record of an early release that names no sheet is one of petitions. -#}
{% macro is_sensitive() -%}
    ((coalesce(nullif(sheet_kind, ''), 'petitions'), coalesce(field, '')) in (
        select (sensitive.sheet_kind, sensitive.field)
        from {{ ref('contract_columns') }} as sensitive
        where sensitive.is_sensitive
    ))
{%- endmacro %}

{#- The landed sheets, each with the fields that make up the key of a row, as in the contract. -#}
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

{#- The key of a row as its sender wrote it, from its cells as JSON; the parts are joined as in findings. -#}
{% macro received_key(cells, fields) -%}
    concat_ws(' / ', {% for field in fields %}trim({{ cells }} ->> '$.{{ field }}'){{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{#- The key of a landed row from its typed values, as in changes between versions. -#}
{% macro landed_key(fields) -%}
    concat_ws(' / ', {% for field in fields %}cast({{ field }} as varchar){{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{#- The received cells of a row as JSON text, without the columns that the contract classifies as sensitive. -#}
{% macro without_sensitive(cells, sheet_kind) -%}
    cast(json_merge_patch(cast({{ cells }} as json), (
        select coalesce(json_group_object(sensitive.field, null), '{}')
        from {{ ref('contract_columns') }} as sensitive
        where sensitive.is_sensitive and sensitive.sheet_kind = {{ sheet_kind }}
    )) as varchar)
{%- endmacro %}

{#- A value as the pages show it: its label, or a day as dd/mm/yyyy, also where the value is the first or last instant
    of the day. -#}
{% macro shown(value, label) -%}
    coalesce({{ label }}, regexp_replace(
        {{ value }}, '^([0-9]{4})-([0-9]{2})-([0-9]{2})( 00:00:00| 23:59:59\.999999)?$', '\3/\2/\1'
    ))
{%- endmacro %}

{#- True where a record is about a column that the contract classifies as sensitive, such as the text of a petition.
    Records of early releases name no sheet: they are about petitions. -#}
{% macro is_sensitive() -%}
    ((coalesce(nullif(sheet_kind, ''), 'petitions'), coalesce(field, '')) in (
        select (sensitive.sheet_kind, sensitive.field)
        from {{ ref('contract_columns') }} as sensitive
        where sensitive.is_sensitive
    ))
{%- endmacro %}

{{ config(materialized='view') }}
with found as (
    {% set families = [
        'dialogues', 'quarantine', 'due_date_moves', 'extensions', 'vanished_petitions', 'withdrawals',
        'settlement_changes', 'codes', 'texts', 'settling', 'feeds'
    ] -%}
    {% for family in families -%}
        select {{ flag_columns() }}
        from {{ ref('int_flags_' ~ family) }}
        {{ 'union all by name' if not loop.last }}
    {% endfor -%}
),

named as (
    select
        found.*,
        flags.severity,
        flags.sort_order
    from found
    left join {{ ref('flags') }} as flags on found.flag_code = flags.flag_code
)

select * from named

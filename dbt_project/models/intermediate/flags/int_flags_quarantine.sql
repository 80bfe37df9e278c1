-- Quarantined dialogues count in no figure: the flag tells readers of the figures that they exist.
with quarantined as (
    select
        *,
        cast(received as json) as cells
    from {{ ref('stg_quarantine') }}
    where sheet_kind = 'dialogues'
),

feeds as (
    select * from {{ ref('int_current_feeds') }}
),

units as (
    select distinct unit_code from {{ ref('stg_units') }}
),

found as (
    {% for code, one, its_name, other, other_name in [
        ('conclusion_before_dialogue', 'conclusion_on', 'kết luận', 'held_on', 'ngày tổ chức'),
        ('more_answers_than_opinions', 'answered_at_once', 'trả lời trực tiếp', 'opinions_raised', 'số ý kiến'),
    ] -%}
        select
            '{{ code }}' as flag_code,
            coalesce(nullif(quarantined.row_key, ''), concat(quarantined.feed_id, ' dòng ', quarantined.row_number))
                as subject_id,
            coalesce(units.unit_code, feeds.sender_unit_code) as unit_code,
            {{ day_of('feeds.received_at') }} as flagged_on,
            concat(
                'Dòng bị giữ lại: {{ its_name }} ghi «', quarantined.cells ->> '$.{{ one }}',
                '», {{ other_name }} ghi «', quarantined.cells ->> '$.{{ other }}', '».'
            ) as detail,
            feeds.recency,
            quarantined.feed_id,
            quarantined.sheet,
            quarantined.row_number
        from quarantined
        inner join feeds on quarantined.feed_id = feeds.feed_id
        left join units on trim(quarantined.cells ->> '$.unit_code') = units.unit_code
        where list_contains(string_split(quarantined.rules, ','), '{{ code }}')
        {{ 'union all by name' if not loop.last }}
    {% endfor -%}
),

newest as (
    select
        *,
        'dialogue' as subject_type,
        cast(null as date) as period_start,
        cast(null as date) as period_end
    from found
    qualify row_number() over (
        partition by flag_code, subject_id order by recency desc, row_number asc
    ) = 1
),

described as (
    select {{ flag_columns() }}
    from newest
)

select * from described

-- Dialogues whose dates or counts cannot be as they stand: one row per dialogue and flag.
with dialogues as (
    select * from {{ ref('int_dialogues') }}
),

found as (
    {% for code, condition, day, detail in [
        (
            'notice_not_before_dialogue',
            "notice_on > held_on or (notice_on = held_on and form <> 'extraordinary')",
            'notice_on',
            "concat('Thông báo ngày ', " ~ in_words('notice_on') ~ ", ', hội nghị ngày ', " ~ in_words('held_on') ~ ", '.')",
        ),
        (
            'conclusion_before_dialogue',
            'conclusion_on < held_on',
            'held_on',
            "concat('Kết luận ngày ', " ~ in_words('conclusion_on') ~ ", ', hội nghị ngày ', " ~ in_words('held_on')
            ~ ", '.')",
        ),
        (
            'more_answers_than_opinions',
            'answered_at_once > opinions_raised',
            'held_on',
            "concat('Trả lời trực tiếp ', answered_at_once, ', ý kiến nêu ', opinions_raised, '.')",
        ),
    ] -%}
        select
            '{{ code }}' as flag_code,
            'dialogue' as subject_type,
            dialogue_code as subject_id,
            unit_code,
            {{ day }} as flagged_on,
            cast(null as date) as period_start,
            cast(null as date) as period_end,
            {{ detail }} as detail,
            feed_id,
            sheet,
            row_number
        from dialogues
        where {{ condition }}
        {{ 'union all' if not loop.last }}
    {% endfor -%}
)

select * from found

-- An extraordinary dialogue may be announced on its own day.
with dialogues as (
    select * from {{ ref('int_dialogues') }}
),

found as (
    select
        'notice_not_before_dialogue' as flag_code,
        'dialogue' as subject_type,
        dialogue_id as subject_id,
        unit_code,
        notice_on as flagged_on,
        cast(null as date) as period_start,
        cast(null as date) as period_end,
        concat(
            'Thông báo ngày ', {{ in_words('notice_on') }}, ', hội nghị ngày ', {{ in_words('held_on') }}, '.'
        ) as detail,
        feed_id,
        sheet,
        row_number
    from dialogues
    where notice_on > held_on or (notice_on = held_on and form <> 'extraordinary')
)

select * from found

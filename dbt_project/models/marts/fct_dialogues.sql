-- Dialogues as of the snapshot.
with dialogues as (
    select * from {{ ref('int_dialogues') }}
),

described as (
    select
        dialogue_code,
        unit_code,
        held_on,
        form,
        chair_name,
        chair_post,
        chaired_by_head,
        in_programme,
        notice_on,
        notice_due_on,
        detailed_programme,
        participants,
        opinions_raised,
        answered_at_once,
        conclusion_no,
        conclusion_on,
        conclusion_due_on,
        supervised_on,
        main_field,
        party_head_id,
        government_head_id,
        concat_ws(
            ',',
            case when notice_on > held_on then 'notice_after_dialogue' end,
            case when conclusion_on < held_on then 'conclusion_before_dialogue' end,
            case when answered_at_once > opinions_raised then 'more_answers_than_opinions' end
        ) as flags,
        feed_id,
        file_name,
        sheet,
        row_number
    from dialogues
)

select * from described
order by unit_code, held_on, dialogue_code

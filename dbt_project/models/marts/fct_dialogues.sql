with dialogues as (
    select * from {{ ref('int_dialogues') }}
),

flags as (
    {{ flags_of('dialogue') }}
),

flagged as (
    select
        dialogues.*,
        coalesce(flags.codes, '') as flags
    from dialogues
    left join flags on dialogues.dialogue_id = flags.subject_id
),

described as (
    select
        dialogue_id,
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
        flags,
        feed_id,
        file_name,
        sheet,
        row_number
    from flagged
)

select * from described
order by unit_code, held_on, dialogue_id

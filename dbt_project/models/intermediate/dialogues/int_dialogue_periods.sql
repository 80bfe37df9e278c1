-- A dialogue counts twice: on the day it is held, and on the day its conclusion matures, perhaps in a later period.
with dialogues as (
    select * from {{ ref('int_dialogues') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

held as (
    select
        periods.period_key,
        dialogues.*,
        dialogues.held_on as subject_day,
        true as is_held,
        dialogues.has_notice_on and dialogues.notice_due_on is not null and dialogues.form <> 'extraordinary'
            as notice_applies,
        coalesce(dialogues.notice_on <= dialogues.notice_due_on, false) as notice_met,
        dialogues.detailed_programme is not null as programme_applies,
        dialogues.has_conclusion_on and (
            coalesce(dialogues.conclusion_on <= {{ day_of('periods.cutoff') }}, false)
            or coalesce({{ end_of_day('dialogues.conclusion_due_on') }} <= periods.cutoff, false)
        ) as conclusion_applies,
        coalesce(dialogues.conclusion_on <= {{ day_of('periods.cutoff') }}, false) as is_concluded,
        coalesce(dialogues.supervised_on <= {{ day_of('periods.cutoff') }}, false) as is_supervised
    from dialogues
    inner join periods on dialogues.held_on between periods.period_start and periods.period_end
),

maturing as (
    select
        *,
        case
            when conclusion_on <= conclusion_due_on then cast(conclusion_on as timestamp)
            when {{ end_of_day('conclusion_due_on') }} <= {{ as_of() }} then {{ end_of_day('conclusion_due_on') }}
        end as conclusion_matured_at
    from dialogues
    where has_conclusion_on
),

matured as (
    select
        periods.period_key,
        maturing.*,
        coalesce(maturing.conclusion_on <= maturing.conclusion_due_on, false) as is_conclusion_on_time
    from maturing
    inner join periods
        on {{ day_of('maturing.conclusion_matured_at') }} between periods.period_start and periods.period_end
),

contributions as (
    select
        period_key, dialogue_id, 'held' as event, unit_code, subject_day, main_field as field_code,
        party_head_id, government_head_id, party_head_name, government_head_name,
        chair_name, chaired_by_head,
        1 as held,
        cast(in_programme as integer) as in_programme,
        cast(notice_applies as integer) + cast(programme_applies as integer) + cast(conclusion_applies as integer)
            as steps_applying,
        cast(notice_applies and notice_met as integer)
        + cast(programme_applies and detailed_programme as integer)
        + cast(conclusion_applies and is_concluded as integer) as steps_met,
        case when answered_at_once is not null then opinions_raised end as opinions,
        case when opinions_raised is not null then answered_at_once end as answered,
        cast(is_concluded and has_supervised_on as integer) as concluded,
        cast(is_concluded and has_supervised_on and is_supervised as integer) as supervised
    from held
    union all by name
    select
        period_key, dialogue_id, 'conclusion_matured' as event,
        unit_code, {{ day_of('conclusion_matured_at') }} as subject_day, main_field as field_code,
        party_head_id, government_head_id, party_head_name, government_head_name,
        1 as conclusions_matured,
        cast(is_conclusion_on_time as integer) as conclusions_on_time
    from matured
)

select * from contributions

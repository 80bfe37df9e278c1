-- A flag is answered once every question about it has a reason.
with questions as (
    select * from {{ ref('int_flag_questions') }}
),

answers as (
    select
        flag_code,
        subject_id,
        string_agg(distinct confirmation_key, ' ' order by confirmation_key) as confirmation_keys,
        count(*) = count(reason) as is_answered,
        string_agg(distinct reason, '; ' order by reason) as reasons,
        string_agg(distinct reason_by, ', ' order by reason_by) as people,
        max(reason_at) as last_at
    from questions
    group by flag_code, subject_id
),

described as (
    select
        flag_code,
        subject_id,
        confirmation_keys,
        case when is_answered then reasons end as reason,
        case when is_answered then people end as reason_by,
        case when is_answered then last_at end as reason_at
    from answers
)

select * from described

with trainings as (
    select * from {{ ref('int_trainings') }}
),

described as (
    select
        training_code,
        unit_code,
        held_on,
        topic,
        participants,
        feed_id,
        file_name,
        sheet,
        row_number
    from trainings
)

select * from described
order by unit_code, held_on, training_code

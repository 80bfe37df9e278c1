with plans as (
    select * from {{ ref('int_plans') }}
),

described as (
    select
        unit_code,
        year,
        planned_dialogues,
        programme_no,
        feed_id,
        file_name,
        sheet,
        row_number
    from plans
)

select * from described
order by unit_code, year

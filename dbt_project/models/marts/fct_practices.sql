with practices as (
    select * from {{ ref('int_practices') }}
),

described as (
    select
        practice_code,
        unit_code,
        published_on,
        title,
        summary,
        feed_id,
        file_name,
        sheet,
        row_number
    from practices
)

select * from described
order by unit_code, published_on, practice_code

with numbered as (
    select
        field_code,
        cast(row_number() over (order by field_code) as integer) as field_no
    from {{ source('lookups', 'fields') }}
),

with_all as (
    select * from numbered
    union all by name
    select
        'ALL' as field_code,
        0 as field_no
)

select * from with_all

-- Fields, numbered from 1; 0 stands for all fields together. A dialogue without a main field counts as 'other'.
with fields as (
    select field_code from {{ source('lookups', 'fields') }}
    union
    select 'other' as field_code
),

numbered as (
    select
        field_code,
        cast(row_number() over (order by field_code) as integer) as field_no
    from fields
)

select * from numbered
union all
select
    'ALL' as field_code,
    0 as field_no

-- Fields, numbered from 1; 0 stands for all fields together.
with fields as (
    select
        field_code,
        cast(row_number() over (order by field_code) as integer) as field_no
    from {{ source('lookups', 'fields') }}
)

select * from fields
union all
select 'ALL', 0

-- A dialogue without a main field counts as `other`, whether or not the province lists that field.
with fields as (
    select field_code from {{ source('lookups', 'fields') }}
    union by name
    select 'other' as field_code
),

numbered as (
    select
        field_code,
        cast(row_number() over (order by field_code) as integer) as field_no
    from fields
),

with_all as (
    select * from numbered
    union all by name
    select
        'ALL' as field_code,
        0 as field_no
)

select * from with_all

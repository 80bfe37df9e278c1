-- Sorting and joining millions of rows by number is faster than by text.
with subjects as (
    select distinct
        subject_type,
        subject_id,
        case when subject_type in ('unit', 'subtree') then subject_id end as unit_code
    from {{ ref('int_unit_subjects') }}
    union by name
    select distinct
        'head' as subject_type,
        head_id as subject_id,
        unit_code
    from {{ ref('int_holder_spells') }}
),

units_above as (
    select distinct parent_code from {{ ref('int_unit_spells') }}
),

numbered as (
    select
        subjects.*,
        cast(row_number() over (order by subjects.subject_type, subjects.subject_id) as integer) as subject_no,
        subjects.subject_type = 'subtree' and units_above.parent_code is null as is_unit_without_units_below
    from subjects
    left join units_above on subjects.subject_id = units_above.parent_code
)

select * from numbered

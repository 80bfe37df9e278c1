with spells as (
    select * from {{ ref('int_unit_spells') }}
),

parents as (
    select
        below.unit_code,
        above.unit_code as ancestor_code,
        above.parent_code as next_code,
        greatest(below.from_day, above.from_day) as from_day,
        least(below.to_day, above.to_day) as to_day
    from spells as below
    inner join spells as above
        on
            below.parent_code = above.unit_code
            and below.from_day < above.to_day
            and above.from_day < below.to_day
),

grandparents as (
    select
        parents.unit_code,
        above.unit_code as ancestor_code,
        greatest(parents.from_day, above.from_day) as from_day,
        least(parents.to_day, above.to_day) as to_day
    from parents
    inner join spells as above
        on
            parents.next_code = above.unit_code
            and parents.from_day < above.to_day
            and above.from_day < parents.to_day
),

subjects as (
    select unit_code, 'unit' as subject_type, unit_code as subject_id, from_day, to_day from spells
    union all by name
    select unit_code, 'subtree' as subject_type, unit_code as subject_id, from_day, to_day from spells
    union all by name
    select unit_code, 'subtree' as subject_type, ancestor_code as subject_id, from_day, to_day from parents
    union all by name
    select unit_code, 'subtree' as subject_type, ancestor_code as subject_id, from_day, to_day from grandparents
    union all by name
    select unit_code, 'level' as subject_type, level as subject_id, from_day, to_day from spells
    union all by name
    select unit_code, 'province' as subject_type, 'province' as subject_id, from_day, to_day from spells
),

-- A unit joins a subject on the first day of a spell that does not continue an earlier one.
with_joining as (
    select
        *,
        from_day > {{ first_day() }}
        and coalesce(
            lag(to_day) over (partition by unit_code, subject_type, subject_id order by from_day) <> from_day, true
        ) as is_joining
    from subjects
)

select * from with_joining

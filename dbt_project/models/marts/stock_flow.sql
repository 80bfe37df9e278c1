with measures as (
    select * from {{ ref('int_petition_measures') }}
    where subject_type = 'unit' and field_code = 'ALL'
),

periods as (
    select * from {{ ref('int_periods') }}
),

units as (
    select
        period_key,
        subject_id as unit_code
    from {{ ref('int_subjects_in_force') }}
    where subject_type = 'unit'
    union by name
    select
        period_key,
        subject_id as unit_code
    from measures
),

balanced as (
    select
        units.unit_code,
        periods.calendar,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        coalesce(measures.opening, 0) as opening,
        coalesce(measures.received, 0) as received,
        coalesce(measures.settled, 0) as settled,
        coalesce(measures.left_scope, 0) as left_scope,
        coalesce(measures.closing, 0) as closing
    from units
    inner join periods using (period_key)
    left join measures
        on units.period_key = measures.period_key and units.unit_code = measures.subject_id
)

select * from balanced

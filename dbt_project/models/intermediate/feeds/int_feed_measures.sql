-- A feed is booked on the day of its deadline.
with periods as (
    select * from {{ ref('int_periods') }}
),

expected as (
    select
        *,
        {{ day_of('deadline') }} as deadline_day
    from {{ ref('int_expected_feeds') }}
),

measures as (
    select
        periods.period_key,
        subjects.subject_type,
        subjects.subject_id,
        count(*) as feeds_due,
        count(*) filter (where expected.is_on_time) as feeds_on_time
    from expected
    inner join periods
        on
            expected.deadline_day between periods.period_start and periods.period_end
            and expected.deadline <= periods.cutoff
    inner join {{ ref('int_unit_subjects') }} as subjects
        on
            expected.sender_unit_code = subjects.unit_code
            and expected.deadline_day >= subjects.from_day
            and expected.deadline_day < subjects.to_day
    group by periods.period_key, subjects.subject_type, subjects.subject_id
)

select * from measures

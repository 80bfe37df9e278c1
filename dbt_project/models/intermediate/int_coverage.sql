-- Share of the feeds that a subject's figures rest on and that have come: one row per period and subject.
-- A unit rests on the feeds of the nearest sender at or above it, for every feed period that the period touches.
with periods as (
    select * from {{ ref('int_periods') }}
),

subjects as (
    select * from {{ ref('int_unit_subjects') }}
),

feeds as (
    select * from {{ ref('int_expected_feeds') }}
    where is_due_or_received
),

units_of_senders as (
    select
        feeds.sender_unit_code,
        feeds.period_code,
        feeds.period_start,
        feeds.period_end,
        feeds.received_at is not null as is_received,
        subjects.unit_code,
        row_number() over (
            partition by feeds.period_code, subjects.unit_code
            order by case feeds.sender_level when 'commune' then 1 when 'district' then 2 else 3 end
        ) as distance
    from feeds
    inner join subjects
        on
            subjects.subject_type = 'subtree'
            and feeds.sender_unit_code = subjects.subject_id
            and feeds.period_end >= subjects.from_day
            and feeds.period_end < subjects.to_day
),

feeds_of_units as (
    select * from units_of_senders
    where distance = 1
),

feeds_of_subjects as (
    select distinct
        periods.period_key,
        subjects.subject_type,
        subjects.subject_id,
        feeds_of_units.sender_unit_code,
        feeds_of_units.period_code,
        feeds_of_units.is_received
    from feeds_of_units
    inner join periods
        on
            feeds_of_units.period_start <= {{ day_of('periods.cutoff') }}
            and feeds_of_units.period_end >= periods.period_start
    inner join subjects
        on
            feeds_of_units.unit_code = subjects.unit_code
            and feeds_of_units.period_end >= subjects.from_day
            and feeds_of_units.period_end < subjects.to_day
),

coverage as (
    select
        period_key,
        subject_type,
        subject_id,
        count(*) as feeds_expected,
        count(*) filter (where is_received) as feeds_received,
        count(*) filter (where is_received) / count(*) as coverage
    from feeds_of_subjects
    group by period_key, subject_type, subject_id
)

select * from coverage

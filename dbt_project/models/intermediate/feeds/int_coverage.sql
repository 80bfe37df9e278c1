-- Coverage counts pairs of unit and feed: the feed of a district covers each of its communes. Expected are feeds that
-- overlap the period, have ended by its cutoff and are past their deadline at known_at.
with periods as (
    select * from {{ ref('int_periods') }}
),

subjects as (
    select * from {{ ref('int_unit_subjects') }}
),

nearest_senders as (
    select * from {{ ref('int_nearest_senders') }}
),

feeds as (
    select
        sender_unit_code,
        period_code,
        period_end,
        received_at is not null as is_received
    from {{ ref('int_expected_feeds') }}
    where is_past_deadline
),

feeds_of_units as (
    select
        concat(feeds.sender_unit_code, '|', feeds.period_code) as feed,
        feeds.period_end,
        feeds.is_received,
        nearest_senders.unit_code
    from feeds
    inner join nearest_senders
        on feeds.sender_unit_code = nearest_senders.sender_unit_code and feeds.period_end = nearest_senders.day
),

feeds_of_subjects as (
    select
        periods.period_key,
        subjects.subject_type,
        subjects.subject_id,
        feeds_of_units.feed,
        feeds_of_units.is_received
    from feeds_of_units
    inner join periods
        on
            {{ end_of_day('feeds_of_units.period_end') }} <= periods.cutoff
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
        count(distinct feed) as feeds_expected,
        count(distinct feed) filter (where is_received) as feeds_received,
        count(*) filter (where is_received) / count(*) as coverage
    from feeds_of_subjects
    group by period_key, subject_type, subject_id
)

select * from coverage

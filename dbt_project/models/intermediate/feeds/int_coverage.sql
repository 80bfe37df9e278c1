-- Share of the feeds that a subject's figures rest on and that have come: one row per period and subject, over pairs
-- of unit and feed. A unit rests on the feeds of the nearest sender, itself or above, that the feed calendar asks of on
-- the feed's last day: a half-yearly feed of the province covers no commune that a district reports. Owed are feeds
-- that touch the period, have ended by its cutoff and whose deadline has passed by known_at.
with periods as (
    select * from {{ ref('int_periods') }}
),

subjects as (
    select * from {{ ref('int_unit_subjects') }}
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

units_on_days as (
    select
        days.period_end as day,
        units.unit_code
    from (select distinct period_end from feeds) as days
    inner join {{ ref('stg_units') }} as units
        on days.period_end >= units.valid_from and days.period_end < units.valid_to
),

senders as (
    select distinct
        units.unit_code,
        units.level,
        greatest(units.valid_from, feed_calendar.valid_from) as from_day,
        least(units.valid_to, feed_calendar.valid_to) as to_day
    from {{ ref('stg_units') }} as units
    inner join {{ ref('stg_feed_calendar') }} as feed_calendar on units.level = feed_calendar.level
),

nearest_senders as (
    select
        units_on_days.day,
        units_on_days.unit_code,
        senders.unit_code as sender_unit_code
    from units_on_days
    inner join subjects
        on
            subjects.subject_type = 'subtree'
            and units_on_days.unit_code = subjects.unit_code
            and units_on_days.day >= subjects.from_day
            and units_on_days.day < subjects.to_day
    inner join senders
        on
            subjects.subject_id = senders.unit_code
            and units_on_days.day >= senders.from_day
            and units_on_days.day < senders.to_day
    qualify row_number() over (
        partition by units_on_days.day, units_on_days.unit_code
        order by case senders.level when 'commune' then 1 when 'district' then 2 else 3 end
    ) = 1
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

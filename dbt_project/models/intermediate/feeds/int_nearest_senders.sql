{{ config(materialized='view') }}
-- The figures of a unit rest on the feeds of its nearest sender: a half-yearly feed of the province covers no commune
-- for which a district reports.
with subjects as (
    select * from {{ ref('int_unit_subjects') }}
    where subject_type = 'subtree'
),

days as (
    select distinct period_end as day from {{ ref('int_expected_feeds') }}
    where is_past_deadline
),

units_on_days as (
    select
        days.day,
        units.unit_code
    from days
    inner join {{ ref('stg_units') }} as units
        on days.day >= units.valid_from and days.day < units.valid_to
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
            units_on_days.unit_code = subjects.unit_code
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
)

select * from nearest_senders

-- The end of a quarter is from its last working day on. A quarter is flagged if both the number and the share of
-- petitions settled in it reach the thresholds.
with petitions as (
    select
        *,
        {{ day_of('settled_at') }} as settled_day
    from {{ ref('int_petitions') }}
    where settled_at is not null
),

days as (
    select * from {{ ref('int_dates') }}
),

quarters as (
    select
        periods.period_code,
        periods.period_start,
        periods.period_end,
        max(days.day) filter (where days.is_working_day) as last_working_day
    from {{ ref('int_periods') }} as periods
    inner join days on days.day between periods.period_start and periods.period_end
    where periods.calendar = 'party' and periods.period_type = 'quarter' and not periods.is_running
    group by periods.period_code, periods.period_start, periods.period_end
),

settled_in_quarters as (
    select
        petitions.responsible_unit_code,
        quarters.period_code,
        quarters.period_start,
        quarters.period_end,
        count(*) as settled,
        count(*) filter (where petitions.settled_day >= quarters.last_working_day) as settled_at_the_end
    from petitions
    inner join quarters on petitions.settled_day between quarters.period_start and quarters.period_end
    group by all
),

bunched as (
    select
        'closures_bunched' as flag_code,
        'unit_period' as subject_type,
        concat(responsible_unit_code, '|', period_code) as subject_id,
        responsible_unit_code as unit_code,
        period_end as flagged_on,
        period_start,
        period_end,
        concat(
            'Kỳ ', period_code, ': ', settled_at_the_end, ' trong ', settled,
            ' kiến nghị giải quyết xong vào những ngày cuối quý.'
        ) as detail,
        cast(null as varchar) as feed_id,
        cast(null as varchar) as sheet,
        cast(null as integer) as row_number
    from settled_in_quarters
    where
        settled_at_the_end >= {{ parameter('bunched_min') }}
        and settled_at_the_end >= {{ parameter('bunched_share') }} * settled
),

on_days_off as (
    select {{ petition_flag(
        'settled_on_non_working_day', 'petitions.settled_day',
        "concat('Giải quyết xong ngày ', " ~ in_words('petitions.settled_day')
        ~ ", ', ', coalesce(days.holiday_name, 'ngày nghỉ'), '.')"
    ) }}
    from petitions
    inner join days on petitions.settled_day = days.day
    where not days.is_working_day
),

every_flag as (
    select * from on_days_off
    union all by name
    select * from bunched
)

select * from every_flag

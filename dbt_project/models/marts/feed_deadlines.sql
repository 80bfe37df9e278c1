-- Periods that are not over at as_of and end within a year, and those over whose deadline has not passed. The senders
-- of a feed are the units of the level in force on the last day of the period.
with owed as (
    select * from {{ ref('int_feed_deadlines') }}
),

coming as (
    select
        owed.level,
        owed.period_type,
        owed.period_code,
        owed.period_start,
        owed.period_end,
        owed.deadline,
        count(units.unit_code) as senders,
        owed.basis
    from owed
    inner join {{ ref('stg_units') }} as units
        on owed.level = units.level and owed.period_end >= units.valid_from and owed.period_end < units.valid_to
    where owed.deadline >= {{ as_of() }} and owed.period_end <= {{ day_of(as_of()) }} + interval 1 year
    group by all
)

select * from coming
order by deadline, level, period_code

-- A running year counts as a whole; the term counts up to as_of.
with units as (
    select
        units.unit_code,
        units.valid_from,
        units.valid_to
    from {{ ref('stg_units') }} as units
),

rules as (
    select * from {{ ref('int_rule_spells') }}
    where rule = 'dialogues_a_year'
),

days as (
    select day from {{ ref('int_dates') }}
    where
        day >= (select min(periods.period_start) from {{ ref('int_periods') }} as periods)
        and day <= (select max(periods.period_end) from {{ ref('int_periods') }} as periods)
),

owed as (
    select
        days.day,
        units.unit_code,
        rules.value as yearly_minimum
    from days
    inner join units on days.day >= units.valid_from and days.day < units.valid_to
    inner join rules
        on units.unit_code = rules.unit_code and days.day >= rules.from_day and days.day < rules.to_day
)

select * from owed

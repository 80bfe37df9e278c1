with rules as (
    select * from {{ ref('int_rules') }}
),

units as (
    select * from {{ ref('int_unit_spells') }}
),

spells as (
    select
        rules.rule,
        units.unit_code,
        rules.value,
        rules.day_type,
        greatest(units.from_day, rules.valid_from) as from_day,
        least(units.to_day, rules.valid_to) as to_day
    from units
    inner join rules
        on units.level = rules.level and units.from_day < rules.valid_to and rules.valid_from < units.to_day
)

select * from spells

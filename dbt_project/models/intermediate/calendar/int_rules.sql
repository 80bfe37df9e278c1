{{ config(materialized='view') }}
-- Dated rules without a beginning: one row per rule, level and spell of validity [valid_from, valid_to). The oldest
-- rule of a level also answers for the days before it.
with rules as (
    select
        * replace (
            case
                when valid_from = min(valid_from) over (partition by rule, level) then {{ first_day() }}
                else valid_from
            end as valid_from
        )
    from {{ ref('stg_rules') }}
)

select * from rules

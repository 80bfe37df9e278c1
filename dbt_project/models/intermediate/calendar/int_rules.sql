{{ config(materialized='view') }}
-- The first rule of a level has no beginning, as petitions may be older than the rules on record.
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

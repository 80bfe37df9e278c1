{{ config(materialized='view') }}
with flags as (
    select * from {{ ref('int_flags') }}
),

feeds as (
    select
        feed_id,
        sender_unit_code
    from {{ ref('int_feeds') }}
),

answers as (
    select * from {{ ref('int_flag_answers') }}
),

described as (
    select
        concat(flags.flag_code, '|', flags.subject_id) as flag_id,
        flags.flag_code,
        flags.severity,
        flags.subject_type,
        flags.subject_id,
        flags.unit_code,
        feeds.sender_unit_code,
        flags.flagged_on,
        flags.period_start,
        flags.period_end,
        flags.detail,
        flags.feed_id,
        flags.sheet,
        flags.row_number,
        answers.confirmation_keys,
        answers.reason,
        answers.reason_by,
        answers.reason_at
    from flags
    left join feeds on flags.feed_id = feeds.feed_id
    left join answers on flags.flag_code = answers.flag_code and flags.subject_id = answers.subject_id
)

select * from described
order by unit_code, flagged_on, flag_id

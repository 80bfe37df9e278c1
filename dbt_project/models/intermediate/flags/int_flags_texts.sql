-- Texts received by several units within some days, and texts that one unit received many times: one row per petition
-- and flag.
with texts as (
    select
        *,
        min(unit_code) over near_days as first_unit,
        max(unit_code) over near_days as last_unit,
        count(*) over (partition by text_no, unit_code) as times
    from {{ ref('int_petition_texts') }}
    window
        near_days as (
            partition by text_no order by received_day
            range between interval '{{ var("duplicate_days") }} days' preceding
            and interval '{{ var("duplicate_days") }} days' following
        )
),

shared as (
    select * from texts
    where first_unit <> last_unit
),

unit_days as (
    select
        text_no,
        unit_code,
        received_day,
        min(petition_id) as petition_id
    from shared
    group by text_no, unit_code, received_day
),

-- of each text and day the first petitions of two units: whichever unit asks, one of them is another's
firsts as (
    select * from unit_days
    qualify row_number() over (partition by text_no, received_day order by petition_id) <= 2
),

others as (
    select
        unit_days.text_no,
        unit_days.unit_code,
        unit_days.received_day,
        firsts.petition_id as other_code,
        firsts.unit_code as other_unit,
        firsts.received_day as other_day
    from unit_days
    inner join firsts on unit_days.text_no = firsts.text_no and unit_days.unit_code <> firsts.unit_code
    where abs(firsts.received_day - unit_days.received_day) <= {{ var('duplicate_days') }}
    qualify row_number() over (
        partition by unit_days.text_no, unit_days.unit_code, unit_days.received_day
        order by abs(firsts.received_day - unit_days.received_day), firsts.petition_id
    ) = 1
),

duplicates as (
    select
        shared.*,
        others.other_code,
        others.other_unit,
        others.other_day
    from shared
    inner join others
        on
            shared.text_no = others.text_no
            and shared.unit_code = others.unit_code
            and shared.received_day = others.received_day
),

repeated as (
    select * from texts
    where times >= {{ var('min_same_text') }}
),

every_flag as (
    select {{ petition_flag(
        'duplicate_across_units', 'received_day',
        "concat('Cùng nội dung với kiến nghị ', other_code, ' do đơn vị ', other_unit, ' tiếp nhận ngày ', "
        ~ in_words('other_day') ~ ", '.')"
    ) }}
    from duplicates
    union all
    select {{ petition_flag(
        'same_text_many_times', 'received_day',
        "concat('Đơn vị ', unit_code, ' tiếp nhận nội dung này ', times, ' lần.')"
    ) }}
    from repeated
)

select * from every_flag

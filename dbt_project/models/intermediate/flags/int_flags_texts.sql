with texts as (
    select * from {{ ref('int_petition_texts') }}
),

several_units as (
    select text_no
    from texts
    group by text_no
    having min(unit_code) <> max(unit_code)
),

unit_days as (
    select
        text_no,
        unit_code,
        received_day,
        min(petition_id) as petition_id
    from texts
    where text_no in (select several_units.text_no from several_units)
    group by text_no, unit_code, received_day
),

-- the first petitions of two units per text and day: for any unit, one of the two is another unit's
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
    where abs(firsts.received_day - unit_days.received_day) <= {{ parameter('duplicate_days') }}
    qualify row_number() over (
        partition by unit_days.text_no, unit_days.unit_code, unit_days.received_day
        order by abs(firsts.received_day - unit_days.received_day), firsts.petition_id
    ) = 1
),

duplicates as (
    select
        texts.*,
        others.other_code,
        others.other_unit,
        others.other_day
    from texts
    inner join others
        on
            texts.text_no = others.text_no
            and texts.unit_code = others.unit_code
            and texts.received_day = others.received_day
),

frequent as (
    select
        text_no,
        unit_code,
        count(*) as times
    from texts
    group by text_no, unit_code
    having count(*) >= {{ parameter('min_same_text') }}
),

repeated as (
    select
        texts.*,
        frequent.times
    from texts
    inner join frequent on texts.text_no = frequent.text_no and texts.unit_code = frequent.unit_code
),

every_flag as (
    select {{ petition_flag(
        'duplicate_across_units', 'received_day',
        "concat('Cùng nội dung với kiến nghị ', other_code, ' do đơn vị ', other_unit, ' tiếp nhận ngày ', "
        ~ in_words('other_day') ~ ", '.')"
    ) }}
    from duplicates
    union all by name
    select {{ petition_flag(
        'same_text_many_times', 'received_day',
        "concat('Đơn vị ', unit_code, ' tiếp nhận nội dung này ', times, ' lần.')"
    ) }}
    from repeated
)

select * from every_flag

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

others as (
    select
        shared.petition_code,
        other.petition_code as other_code,
        other.unit_code as other_unit,
        other.received_day as other_day
    from shared
    inner join shared as other on shared.text_no = other.text_no and shared.unit_code <> other.unit_code
    where abs(other.received_day - shared.received_day) <= {{ var('duplicate_days') }}
    qualify row_number() over (
        partition by shared.petition_code
        order by abs(other.received_day - shared.received_day), other.petition_code
    ) = 1
),

duplicates as (
    select
        shared.*,
        others.other_code,
        others.other_unit,
        others.other_day
    from shared
    inner join others on shared.petition_code = others.petition_code
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

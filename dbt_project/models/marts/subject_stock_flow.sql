-- Units that join or leave a subject during a period bring or take along their open petitions.
with measures as (
    select * from {{ ref('int_petition_measures') }}
),

complete_measures as (
    select
        period_key,
        subject_type,
        subject_id,
        field_code,
        opening - joined as opening,
        joined,
        received,
        settled,
        left_scope,
        closing
    from measures
    where field_code = 'ALL' or opening + joined + received + settled + left_scope + closing > 0
    union all by name
    select
        period_key,
        subject_type,
        subject_id,
        'ALL' as field_code,
        {{ zeros(['opening', 'joined', 'received', 'settled', 'left_scope', 'closing']) }}
    from {{ ref('int_subjects_in_force') }}
    anti join measures using (period_key, subject_type, subject_id)
    where subject_type <> 'head'
),

periods as (
    select * from {{ ref('int_periods') }}
),

provinces as (
    select * from {{ ref('int_province_codes') }}
),

balanced as (
    select
        measures.subject_type,
        case measures.subject_type when 'province' then provinces.unit_code else measures.subject_id end as subject_id,
        measures.field_code,
        periods.calendar,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        measures.opening,
        measures.joined,
        measures.received,
        measures.settled,
        measures.left_scope,
        measures.opening + measures.joined + measures.received
        - measures.settled - measures.left_scope - measures.closing as moved_away,
        measures.closing
    from complete_measures as measures
    inner join periods on measures.period_key = periods.period_key
    inner join provinces on measures.period_key = provinces.period_key
)

select * from balanced
order by subject_type, subject_id, calendar, period_type, period_start

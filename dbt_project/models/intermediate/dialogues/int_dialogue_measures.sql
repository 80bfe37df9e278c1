-- A head answers for the dialogues of the unit on the days in office, and has chaired those that the feed marks as
-- chaired by the head and whose chair has the name of the head.
with contributions as (
    select * from {{ ref('int_dialogue_periods') }}
),

by_subject as (
    select
        contributions.*,
        subjects.subject_type,
        subjects.subject_id,
        cast(contributions.chaired_by_head as integer) as chaired
    from contributions
    inner join {{ ref('int_unit_subjects') }} as subjects
        on
            contributions.unit_code = subjects.unit_code
            and contributions.subject_day >= subjects.from_day
            and contributions.subject_day < subjects.to_day
),

by_head as (
    {% for body in ['party', 'government'] -%}
        select
            *,
            'head' as subject_type,
            {{ body }}_head_id as subject_id,
            case
                when chaired_by_head is not null then cast(
                    chaired_by_head
                    and coalesce({{ person_name('chair_name') }} = {{ person_name(body ~ '_head_name') }}, false)
                    as integer
                )
            end as chaired
        from contributions
        {% if not loop.last %}union all by name
        {% endif %}
    {%- endfor %}
),

stacked as (
    select * from by_subject
    union all by name
    select * from by_head
),

measures as (
    select
        period_key,
        subject_type,
        subject_id,
        coalesce(field_code, 'ALL') as field_code,
        cast(coalesce(sum(held), 0) as bigint) as held,
        cast(sum(chaired) as bigint) as chaired,
        cast(count(chaired) as bigint) as chaired_known,
        cast(sum(in_programme) as bigint) as in_programme,
        cast(count(in_programme) as bigint) as in_programme_known,
        cast(coalesce(sum(steps_applying), 0) as bigint) as steps_applying,
        cast(coalesce(sum(steps_met), 0) as bigint) as steps_met,
        cast(coalesce(sum(conclusions_matured), 0) as bigint) as conclusions_matured,
        cast(coalesce(sum(conclusions_on_time), 0) as bigint) as conclusions_on_time,
        cast(sum(opinions) as bigint) as opinions,
        cast(sum(answered) as bigint) as answered,
        cast(coalesce(sum(concluded), 0) as bigint) as concluded,
        cast(coalesce(sum(supervised), 0) as bigint) as supervised
    from (
        select * replace (coalesce(field_code, 'other') as field_code) from stacked
    ) as with_field
    group by grouping sets (
        (period_key, subject_type, subject_id, field_code),
        (period_key, subject_type, subject_id)
    )
)

select * from measures

-- required = sum over days of the yearly minimum / days of that year. The lesser of required and held is taken unit
-- by unit and then added: what one unit holds beyond its minimum does not make up for another. Counted in whole parts
-- of a dialogue, so that sums are exact in any order.
with periods as (
    select * from {{ ref('int_periods') }}
    where period_type in ('year', 'term')
),

owed as (
    select
        periods.period_key,
        owed.unit_code,
        owed.day,
        owed.yearly_minimum,
        case periods.period_type
            when 'year' then periods.period_end - periods.period_start + 1
            else make_date(year(owed.day), 12, 31) - make_date(year(owed.day), 1, 1) + 1
        end as days_in_year
    from {{ ref('int_required_dialogues') }} as owed
    inner join periods on owed.day between periods.period_start and periods.period_end
),

subject_days as (
    select
        owed.*,
        subjects.subject_type,
        subjects.subject_id
    from owed
    inner join {{ ref('int_unit_subjects') }} as subjects
        on
            owed.unit_code = subjects.unit_code
            and owed.day >= subjects.from_day
            and owed.day < subjects.to_day
    union all by name
    select
        owed.*,
        'head' as subject_type,
        holders.head_id as subject_id
    from owed
    inner join {{ ref('int_holder_spells') }} as holders
        on
            owed.unit_code = holders.unit_code
            and owed.day >= holders.from_day
            and owed.day < holders.to_day
),

required as (
    select
        period_key,
        subject_type,
        subject_id,
        unit_code,
        sum(yearly_minimum * cast({{ parts_of_a_dialogue() }} / days_in_year as bigint)) as required_parts
    from subject_days
    group by period_key, subject_type, subject_id, unit_code
),

contributions as (
    select contributions.* from {{ ref('int_dialogue_periods') }} as contributions
    inner join periods using (period_key)
    where contributions.held > 0
),

held as (
    select
        contributions.period_key, subjects.subject_type, subjects.subject_id, contributions.unit_code,
        sum(contributions.held) as held
    from contributions
    inner join {{ ref('int_unit_subjects') }} as subjects
        on
            contributions.unit_code = subjects.unit_code
            and contributions.subject_day >= subjects.from_day
            and contributions.subject_day < subjects.to_day
    group by contributions.period_key, subjects.subject_type, subjects.subject_id, contributions.unit_code
    {% for body in ['party', 'government'] -%}
        union all by name
        select
            period_key, 'head' as subject_type, {{ body }}_head_id as subject_id, unit_code,
            sum(held) as held
        from contributions
        group by period_key, {{ body }}_head_id, unit_code
    {% endfor %}
),

obligations as (
    select
        required.period_key,
        required.subject_type,
        required.subject_id,
        required.unit_code,
        cast(required.required_parts as bigint) as required_parts,
        cast(
            least(coalesce(held.held, 0) * {{ parts_of_a_dialogue() }}, required.required_parts) as bigint
        ) as met_parts
    from required
    left join held using (period_key, subject_type, subject_id, unit_code)
)

select * from obligations

-- `open_joined` is the stock of units that came under the subject on the first day of the cell: they bring it along.
with subjects as (
    select
        cells.cell_start,
        subjects.unit_code,
        subjects.subject_type,
        subjects.subject_id,
        subjects.is_joining and subjects.from_day = cells.cell_start as joins_now
    from {{ ref('int_cells') }} as cells
    inner join {{ ref('int_unit_subjects') }} as subjects
        on cells.cell_start >= subjects.from_day and cells.cell_start < subjects.to_day
),

measures as (
    select
        cell_start, unit_code,
        {% for measure in petition_flows() %}sum({{ measure }}) as {{ measure }},
        {% endfor %}
        field_code
    from {{ ref('int_petition_flows') }}
    group by cell_start, unit_code, field_code
    union all by name
    select
        cell_start, unit_code, field_code,
        sum(open_at_start) as open_at_start,
        sum(open_at_end) as open_at_end,
        sum(overdue_at_end) as overdue_at_end
    from {{ ref('int_petition_stocks') }}
    group by cell_start, unit_code, field_code
),

by_subject as (
    select
        measures.cell_start,
        subjects.subject_type,
        subjects.subject_id,
        coalesce(measures.field_code, 'ALL') as field_code,
        {% for measure in petition_flows() + ['open_at_start', 'open_at_end', 'overdue_at_end'] -%}
            cast(coalesce(sum(measures.{{ measure }}), 0) as bigint) as {{ measure }},
        {% endfor -%}
        cast(coalesce(sum(measures.open_at_start) filter (where subjects.joins_now), 0) as bigint) as open_joined
    from measures
    inner join subjects using (cell_start, unit_code)
    group by grouping sets (
        (measures.cell_start, subjects.subject_type, subjects.subject_id, measures.field_code),
        (measures.cell_start, subjects.subject_type, subjects.subject_id)
    )
)

select * from by_subject

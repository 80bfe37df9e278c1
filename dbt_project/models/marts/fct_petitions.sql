-- Sorted so that a page of one unit reads one stretch of the file.
with petitions as (
    select * from {{ ref('int_petitions') }}
),

holders as (
    select
        head_id,
        unit_code,
        body,
        from_day,
        to_day
    from {{ ref('int_holder_spells') }}
),

flags as (
    {{ flags_of('petition') }}
),

attributed as (
    select
        petitions.*,
        maturity.head_id as head_at_maturity,
        settlement.head_id as head_at_settlement,
        now_in_office.head_id as head_now,
        coalesce(meant.dialogue_id, petitions.dialogue_code) as dialogue_id,
        coalesce(flags.codes, '') as flags
    from petitions
    left join {{ ref('int_dialogue_references') }} as meant
        on petitions.feed_id = meant.feed_id and petitions.dialogue_code = meant.dialogue_code
    left join flags on petitions.petition_id = flags.subject_id
    {% for holder, day in [
        ('maturity', day_of('petitions.matured_at')),
        ('settlement', day_of('petitions.settled_at')),
        ('now_in_office', day_of(as_of())),
    ] -%}
        left join holders as {{ holder }}
            on
                petitions.responsible_unit_code = {{ holder }}.unit_code
                and petitions.responsible_body = {{ holder }}.body
                and {{ day }} >= {{ holder }}.from_day
                and {{ day }} < {{ holder }}.to_day
    {% endfor %}
),

described as (
    select
        petition_id,
        petition_code,
        dialogue_id,
        dialogue_code,
        unit_code,
        responsible_unit_code,
        responsible_body,
        field_code,
        received_at,
        original_due_at,
        due_at,
        due_is_default,
        settled_at,
        left_at,
        matured_at,
        overdue_from,
        is_settled_on_time,
        is_resolved,
        is_satisfied,
        is_rated,
        outcome,
        class,
        satisfaction,
        result_no,
        case
            when left_at is null then {{ days_between('received_at', 'coalesce(settled_at, ' ~ as_of() ~ ')') }}
        end as days,
        case
            when class in ('settled_late', 'open_overdue')
                then {{ days_between('due_at', 'coalesce(settled_at, ' ~ as_of() ~ ')') }}
        end as days_overdue,
        head_at_maturity,
        head_at_settlement,
        head_now,
        flags,
        summary,
        feed_id,
        file_name,
        sheet,
        row_number
    from attributed
)

select * from described
order by responsible_unit_code, received_at, petition_id

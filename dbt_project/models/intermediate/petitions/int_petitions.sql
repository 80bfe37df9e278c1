with reported as (
    select
        *,
        {{ day_of('received_at') }} as received_day
    from {{ ref('int_petitions_as_reported') }}
),

due_by_rule as (
    {{ with_due('reported', 'original_due_at') }}
),

-- An extension counts only with its document number, if it moves the due date later and its document is dated no later
-- than the day of the original due instant.
extended as (
    select
        *,
        extended_due_at is not null and coalesce(extended_on <= {{ day_of(as_of()) }}, true) as asks_extension,
        coalesce(extension_no, '') <> '' as has_extension_document,
        coalesce(extended_on <= {{ day_of('original_due_at') }}, false) as is_extended_in_time,
        extended_due_at > original_due_at as is_extended_later
    from due_by_rule
),

due as (
    select
        *,
        stated_due_at is null as due_is_default,
        case
            when asks_extension and has_extension_document and is_extended_in_time and is_extended_later
                then extended_due_at
            else original_due_at
        end as due_at,
        case when outcome in ('resolved', 'explained') then closed_at end as settled_at,
        case
            when outcome in ('transferred', 'out_of_scope', 'duplicate', 'returned') then closed_at
        end as left_at
    from extended
),

matured as (
    select
        *,
        coalesce(settled_at, left_at) as exit_at,
        case
            when settled_at is not null then least(settled_at, due_at)
            when left_at is not null then case when due_at < left_at then due_at end
            when due_at <= {{ as_of() }} then due_at
        end as matured_at,
        coalesce(settled_at <= due_at, false) as is_settled_on_time,
        outcome = 'resolved' as is_resolved,
        coalesce(satisfaction = 'satisfied', false) as is_satisfied,
        satisfaction is not null as is_rated,
        -- the first instant at which it is open and overdue, if there is one
        case
            when
                due_at < {{ as_of() }}
                and (coalesce(settled_at, left_at) is null or coalesce(settled_at, left_at) > due_at)
                then greatest(due_at + interval 1 microsecond, received_at)
        end as overdue_from
    from due
),

classified as (
    select
        *,
        case
            when left_at is not null then 'left_scope'
            when settled_at <= due_at then 'settled_on_time'
            when settled_at is not null then 'settled_late'
            when due_at < {{ as_of() }} then 'open_overdue'
            else 'open_in_term'
        end as class
    from matured
)

select * from classified

with term as (
    select
        'party' as calendar,
        'term' as period_type,
        5 as sort_order,
        'term' as period_code,
        'Từ đầu nhiệm kỳ' as label,
        {{ parameter('term_start') }} as period_start,
        {{ day_of(as_of()) }} + 1 as next_start
),

every_period as (
    select * from {{ ref('int_calendar') }}
    union all by name
    select * from term
),

listed as (
    select
        calendar,
        period_type,
        sort_order,
        period_code,
        label,
        period_start,
        next_start - 1 as period_end
    from every_period
    where period_start <= {{ day_of(as_of()) }} and next_start > {{ parameter('term_start') }}
),

bounded as (
    select
        concat(calendar, ':', period_code) as period_key,
        cast(row_number() over (order by calendar, sort_order, period_start) as integer) as period_no,
        *,
        least({{ end_of_day('period_end') }}, {{ as_of() }}) as cutoff,
        {{ end_of_day('period_end') }} > {{ as_of() }} as is_running,
        lag(period_start) over same_type as previous_start,
        lag(period_end) over same_type as previous_end
    from listed
    window same_type as (partition by calendar, period_type order by period_start)
)

select * from bounded

-- One row per reporting period (period_start and period_end are its first and last day) that touches the term and
-- has begun by as_of. The state calendar closes on the 14th: it is the party calendar moved half a month back.
with period_types as (
    select * from {{ ref('period_types') }}
),

years as (
    select cast(year as integer) as year
    from unnest(generate_series(
        year(date '{{ var("term_start") }}') - 1, year({{ day_of(as_of()) }}) + 1
    )) as series (year)
),

party as (
    select
        'party' as calendar,
        period_types.period_type,
        period_types.sort_order,
        concat(years.year, coalesce(period_types.suffix, '')) as period_code,
        concat(period_types.label, years.year) as label,
        cast(make_date(years.year, period_types.first_month, 1) as date) as period_start,
        cast(make_date(years.year, period_types.first_month, 1) + to_months(period_types.months) as date) as next_start
    from years
    cross join period_types
),

state as (
    select
        'state' as calendar,
        period_type,
        sort_order,
        period_code,
        label,
        cast(period_start - interval 1 month + interval 14 day as date) as period_start,
        cast(next_start - interval 1 month + interval 14 day as date) as next_start
    from party
),

term as (
    select
        'party' as calendar,
        'term' as period_type,
        5 as sort_order,
        'term' as period_code,
        'Từ đầu nhiệm kỳ' as label,
        date '{{ var("term_start") }}' as period_start,
        {{ day_of(as_of()) }} + 1 as next_start
),

every_period as (
    select * from party
    union all
    select * from state
    union all
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
    where period_start <= {{ day_of(as_of()) }} and next_start > date '{{ var("term_start") }}'
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

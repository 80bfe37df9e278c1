-- Where tenures of one post overlap, the one that began later holds the post; if it ends first, the earlier one holds
-- it again, as with an acting head inside a tenure. `tenure_from` is the first day of the tenure: it is earlier than
-- from_day where another head held the post in between.
with tenures as (
    select * from {{ ref('int_tenures') }}
),

posts as (
    select distinct units.unit_code, bodies.body
    from {{ ref('int_unit_spells') }} as units
    cross join {{ ref('posts') }} as bodies
),

edges as (
    select unit_code, body, {{ first_day() }} as day from posts
    union by name
    select unit_code, body, from_on as day from tenures
    union by name
    select unit_code, body, to_on as day from tenures
    where to_on < {{ last_day() }}
),

stretches as (
    select
        unit_code,
        body,
        day as from_day,
        lead(day, 1, {{ last_day() }}) over (partition by unit_code, body order by day) as to_day
    from edges
),

holders as (
    select
        stretches.*,
        coalesce(tenures.leader_code, 'vacant') as leader_code,
        coalesce(tenures.full_name, titles.vacant_name) as full_name,
        case when tenures.leader_code is null then titles.post else tenures.post end as post,
        coalesce(tenures.tenure_from, stretches.from_day) as tenure_from
    from stretches
    inner join {{ ref('posts') }} as titles on stretches.body = titles.body
    left join tenures
        on
            stretches.unit_code = tenures.unit_code
            and stretches.body = tenures.body
            and stretches.from_day >= tenures.from_on
            and stretches.from_day < tenures.to_on
    qualify row_number() over (
        partition by stretches.unit_code, stretches.body, stretches.from_day
        order by tenures.from_on desc, tenures.leader_code desc
    ) = 1
),

changes as (
    select
        *,
        coalesce(lag(leader_code) over post_in_time <> leader_code, true) as is_change
    from holders
    window post_in_time as (partition by unit_code, body order by from_day)
),

counted as (
    select
        *,
        sum(cast(is_change as integer)) over (partition by unit_code, body order by from_day) as spell_no
    from changes
),

spells as (
    select
        concat(leader_code, '|', unit_code, '|', body) as head_id,
        unit_code,
        body,
        leader_code,
        max_by(full_name, from_day) as full_name,
        max_by(post, from_day) as post,
        min(tenure_from) as tenure_from,
        min(from_day) as from_day,
        max(to_day) as to_day
    from counted
    group by unit_code, body, leader_code, spell_no
)

select * from spells

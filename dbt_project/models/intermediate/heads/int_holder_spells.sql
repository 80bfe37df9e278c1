-- Who holds each post on each day: one row per post (unit, body) and spell [from_day, to_day), without gaps.
-- Where nobody is in office the spell is vacant. Where tenures of one post overlap, the one that began later holds it
-- from its beginning; if it ends first, the earlier holds again (an acting head inside a tenure). tenure_from is the
-- first day of the holder's tenure, earlier than from_day where the post was held by another in between.
-- Tenures that begin, and ends that come, after as_of are not known yet.
with feeds as (
    select * from {{ ref('int_current_feeds') }}
),

listed as (
    select
        tenures.*,
        row_number() over (
            partition by tenures.leader_code, tenures.unit_code, tenures.body, tenures.from_on
            order by feeds.period_end desc, feeds.received_at desc, feeds.feed_id desc
        ) as newness
    from {{ ref('stg_tenures') }} as tenures
    inner join feeds on tenures.feed_id = feeds.feed_id
    where tenures.from_on <= {{ day_of(as_of()) }}
),

tenures as (
    select
        leader_code,
        full_name,
        unit_code,
        body,
        post,
        from_on,
        case
            when to_on <= {{ day_of(as_of()) }} then to_on
            else {{ last_day() }}
        end as to_on
    from listed
    where newness = 1
),

-- Tenures of one person in one post that touch or overlap are one: a renewal hands nothing over.
chained as (
    select
        *,
        from_on > coalesce(max(to_on) over earlier, {{ first_day() }}) as is_new
    from tenures
    where from_on < to_on
    window earlier as (
        partition by unit_code, body, leader_code order by from_on rows between unbounded preceding and 1 preceding
    )
),

numbered as (
    select
        *,
        sum(cast(is_new as integer)) over (partition by unit_code, body, leader_code order by from_on) as tenure_no
    from chained
),

begun as (
    select
        *,
        min(from_on) over (partition by unit_code, body, leader_code, tenure_no) as tenure_from
    from numbered
),

posts as (
    select distinct units.unit_code, bodies.body
    from {{ ref('int_unit_spells') }} as units
    cross join unnest(['party', 'government']) as bodies (body)
),

edges as (
    select unit_code, body, {{ first_day() }} as day from posts
    union
    select unit_code, body, from_on from begun
    union
    select unit_code, body, to_on from begun
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

-- Of the tenures that cover a stretch, the one that began last holds it.
held as (
    select
        stretches.*,
        coalesce(begun.leader_code, 'vacant') as leader_code,
        coalesce(begun.full_name, 'Khuyết') as full_name,
        case
            when begun.leader_code is not null then begun.post
            when stretches.body = 'party' then 'Bí thư'
            else 'Chủ tịch UBND'
        end as post,
        coalesce(begun.tenure_from, stretches.from_day) as tenure_from
    from stretches
    left join begun
        on
            stretches.unit_code = begun.unit_code
            and stretches.body = begun.body
            and stretches.from_day >= begun.from_on
            and stretches.from_day < begun.to_on
    qualify row_number() over (
        partition by stretches.unit_code, stretches.body, stretches.from_day
        order by begun.from_on desc, begun.leader_code desc
    ) = 1
),

changes as (
    select
        *,
        coalesce(lag(leader_code) over post_in_time <> leader_code, true) as is_change
    from held
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

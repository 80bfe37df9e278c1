-- Who holds each post on each day: one row per post (unit, body) and spell [from_day, to_day), without gaps.
-- Where nobody is in office the spell is vacant. Where two tenures of one post overlap, the later one begins and
-- ends the earlier. Tenures that begin, and ends that come, after as_of are not known yet.
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

successive as (
    select
        * exclude (to_on),
        least(to_on, coalesce(lead(from_on) over in_office, {{ last_day() }})) as to_on
    from tenures
    window in_office as (partition by unit_code, body order by from_on, leader_code)
),

-- Tenures of one person that follow each other without a gap are one: a renewal hands nothing over.
renewals as (
    select
        *,
        coalesce(
            lag(leader_code) over in_office <> leader_code or lag(to_on) over in_office <> from_on, true
        ) as is_new
    from successive
    where from_on < to_on
    window in_office as (partition by unit_code, body order by from_on)
),

numbered as (
    select
        *,
        sum(cast(is_new as integer)) over (partition by unit_code, body order by from_on) as spell_no
    from renewals
),

held as (
    select
        unit_code,
        body,
        leader_code,
        max_by(full_name, from_on) as full_name,
        max_by(post, from_on) as post,
        min(from_on) as from_day,
        max(to_on) as to_day
    from numbered
    group by unit_code, body, leader_code, spell_no
),

posts as (
    select distinct units.unit_code, bodies.body
    from {{ ref('int_unit_spells') }} as units
    cross join unnest(['party', 'government']) as bodies (body)
),

edges as (
    select unit_code, body, {{ first_day() }} as gap_from from posts
    union all
    select unit_code, body, to_day from held
    where to_day < {{ last_day() }}
),

gaps as (
    select
        edges.unit_code,
        edges.body,
        edges.gap_from as from_day,
        coalesce(min(held.from_day), {{ last_day() }}) as to_day
    from edges
    left join held
        on edges.unit_code = held.unit_code and edges.body = held.body and edges.gap_from <= held.from_day
    group by edges.unit_code, edges.body, edges.gap_from
),

vacant as (
    select
        unit_code,
        body,
        'vacant' as leader_code,
        'Khuyết' as full_name,
        case body when 'party' then 'Bí thư' else 'Chủ tịch UBND' end as post,
        from_day,
        to_day
    from gaps
    where from_day < to_day
),

spells as (
    select * from held
    union all
    select * from vacant
)

select
    concat(leader_code, '|', unit_code, '|', body) as head_id,
    *
from spells

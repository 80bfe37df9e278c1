-- Rank of each unit among its peers with the band in which it may stand: one row per ranked period, unit (alone or
-- with its subtree), field and KPI. Bounds are turned so that more is better; ranked by the cautious bound (the lower
-- for "higher is better", the upper for "lower is better"). Ties share the smallest rank.
with candidates as (
    select
        kpis.period_key,
        kpis.subject_type,
        kpis.subject_id,
        kpis.field_code,
        kpis.kpi_code,
        peers.peer_group,
        case kpis.better when 'higher' then kpis.lower else -kpis.upper end as cautious,
        case kpis.better when 'higher' then kpis.upper else -kpis.lower end as hopeful
    from {{ ref('int_kpi_values') }} as kpis
    inner join {{ ref('int_peer_groups') }} as peers
        on kpis.period_key = peers.period_key and kpis.subject_id = peers.unit_code
    where
        kpis.subject_type in ('unit', 'subtree')
        and kpis.better in ('higher', 'lower')
        and kpis.lower is not null
        and kpis.denominator >= {{ var('min_denominator') }}
        and peers.is_rankable
),

ranked as (
    select
        *,
        rank() over (
            partition by period_key, subject_type, field_code, kpi_code, peer_group order by cautious desc
        ) as rank,
        count(*) over (
            partition by period_key, subject_type, field_code, kpi_code, peer_group
        ) as peer_count
    from candidates
),

-- Peers wholly better have their cautious bound above this one's hopeful bound, and the other way round for worse.
-- Both are counted by running along the sorted bounds once; at ties the asking bound comes first.
bounds as (
    select period_key, subject_type, subject_id, field_code, kpi_code, peer_group, cautious as bound, 1 as is_cautious
    from candidates
    union all
    select period_key, subject_type, subject_id, field_code, kpi_code, peer_group, hopeful, 0
    from candidates
),

counted as (
    select
        *,
        sum(is_cautious) over (
            partition by period_key, subject_type, field_code, kpi_code, peer_group
            order by bound desc, is_cautious asc rows unbounded preceding
        ) as cautious_above,
        sum(1 - is_cautious) over (
            partition by period_key, subject_type, field_code, kpi_code, peer_group
            order by bound asc, is_cautious desc rows unbounded preceding
        ) as hopeful_below
    from bounds
),

bands as (
    select
        period_key, subject_type, subject_id, field_code, kpi_code,
        max(cautious_above) filter (where is_cautious = 0) as wholly_better,
        max(hopeful_below) filter (where is_cautious = 1) as wholly_worse
    from counted
    group by period_key, subject_type, subject_id, field_code, kpi_code
)

select
    ranked.period_key,
    ranked.subject_type,
    ranked.subject_id,
    ranked.field_code,
    ranked.kpi_code,
    cast(ranked.rank as integer) as rank,
    cast(1 + bands.wholly_better as integer) as rank_best,
    cast(ranked.peer_count - bands.wholly_worse as integer) as rank_worst,
    cast(ranked.peer_count as integer) as peer_count
from ranked
inner join bands using (period_key, subject_type, subject_id, field_code, kpi_code)

-- Bounds are turned so that more is better. Units are ranked by the cautious bound: the lower one where higher is
-- better, the upper one where lower is better. Ties share the smallest rank.
with candidates as (
    select
        figures.period_no,
        figures.subject_no,
        figures.field_no,
        figures.kpi_no,
        peers.peer_group_no,
        case kpis.better when 'higher' then figures.lower else -figures.upper end as cautious,
        case kpis.better when 'higher' then figures.upper else -figures.lower end as hopeful
    from {{ ref('int_kpi_values') }} as figures
    inner join {{ ref('kpis') }} as kpis on figures.kpi_no = kpis.kpi_no
    inner join {{ ref('int_peer_groups') }} as peers
        on figures.period_no = peers.period_no and figures.subject_no = peers.subject_no
    where
        kpis.better in ('higher', 'lower')
        and figures.lower is not null
        and figures.denominator >= {{ parameter('min_denominator') }}
        and peers.is_rankable
),

ranked as (
    select
        *,
        rank() over (partition by period_no, peer_group_no, field_no, kpi_no order by cautious desc) as rank,
        count(*) over (partition by period_no, peer_group_no, field_no, kpi_no) as peer_count
    from candidates
),

-- A peer is wholly better if its cautious bound is above the hopeful bound of this one, and wholly worse in the
-- opposite case. Both are counted in one pass over the sorted bounds; at ties the bound that counts the others comes
-- first.
bounds as (
    select
        period_no, subject_no, field_no, kpi_no, peer_group_no,
        cautious as bound,
        1 as is_cautious
    from candidates
    union all by name
    select
        period_no, subject_no, field_no, kpi_no, peer_group_no,
        hopeful as bound,
        0 as is_cautious
    from candidates
),

counted as (
    select
        *,
        sum(is_cautious) over (
            partition by period_no, peer_group_no, field_no, kpi_no
            order by bound desc, is_cautious asc rows unbounded preceding
        ) as cautious_above,
        sum(1 - is_cautious) over (
            partition by period_no, peer_group_no, field_no, kpi_no
            order by bound asc, is_cautious desc rows unbounded preceding
        ) as hopeful_below
    from bounds
),

bands as (
    select
        period_no,
        subject_no,
        field_no,
        kpi_no,
        max(cautious_above) filter (where is_cautious = 0) as wholly_better,
        max(hopeful_below) filter (where is_cautious = 1) as wholly_worse
    from counted
    group by period_no, subject_no, field_no, kpi_no
),

ranks as (
    select
        ranked.period_no,
        ranked.subject_no,
        ranked.field_no,
        ranked.kpi_no,
        cast(ranked.rank as integer) as rank,
        cast(1 + bands.wholly_better as integer) as rank_best,
        cast(ranked.peer_count - bands.wholly_worse as integer) as rank_worst,
        cast(ranked.peer_count as integer) as peer_count
    from ranked
    inner join bands using (period_no, subject_no, field_no, kpi_no)
)

select * from ranks

"""Queries on `kpi_values`; nothing is computed here."""

from collections.abc import Sequence

from dashboard.model import Figure, Flow, Period, RankedLevel, Subject, TrendPoint, UnitName
from dashboard.queries.scope import Connection, Scope, Values, named_rows, records
from dashboard.queries.small_counts import shown_figures, shown_flows, shown_points

_COLUMNS = """subject_id, kpi_code, field_code, numerator, denominator, value, lower, upper, rank, rank_best,
              rank_worst, peer_count, previous_value, coverage"""
OF_FIELD = "field_code = case when by_field then $field else 'ALL' end"
"""SQL on kpi_values joined with dim_kpis: the field of a KPI's figures, ALL for KPIs that are not split by field."""

_FLOWS = ("opening", "joined", "received", "settled", "left_scope", "moved_away", "closing")


def figures(
    con: Connection, scope: Scope, period: Period, subject: Subject, field_code: str = "ALL"
) -> dict[str, Figure]:
    """Return all KPIs of one subject in one period, by KPI code."""
    values = _period(period) | {"kind": subject.kind, "id": subject.id, "field": field_code}
    sql = f"""
        select {_COLUMNS} from kpi_values join dim_kpis using (kpi_code)
        where {_SAME_PERIOD} and period_start = $start and subject_type = $kind and subject_id = $id
          and {OF_FIELD} and {_in_scope(scope, values)}"""
    found = shown_figures(con, scope, period, subject.kind, records(con, Figure, sql, values))
    return {item.kpi_code: item for item in found}


def figures_of(
    con: Connection,
    scope: Scope,
    period: Period,
    kind: str,
    *,
    ids: Sequence[str],
    kpi_codes: Sequence[str],
    field_code: str = "ALL",
) -> dict[tuple[str, str], Figure]:
    """Return the given KPIs of several subjects of one kind, by (subject id, KPI code)."""
    values = _period(period) | {"kind": kind, "ids": list(ids), "kpis": list(kpi_codes), "field": field_code}
    sql = f"""
        select {_COLUMNS} from kpi_values join dim_kpis using (kpi_code)
        where {_SAME_PERIOD} and period_start = $start and subject_type = $kind
          and subject_id in (select unnest($ids)) and kpi_code in (select unnest($kpis))
          and {OF_FIELD} and {_in_scope(scope, values)}"""
    found = shown_figures(con, scope, period, kind, records(con, Figure, sql, values))
    return {(item.subject_id, item.kpi_code): item for item in found}


def trend(
    con: Connection,
    scope: Scope,
    run: Sequence[Period],
    subject: Subject,
    *,
    kpi_code: str,
    field_code: str = "ALL",
) -> tuple[TrendPoint, ...]:
    """Return a KPI in each period of `run` (one calendar, one type), in order; without values where nothing was
    published.

    The province is one subject across its codes.
    """
    values = _run(run) | {"kind": subject.kind, "id": subject.id, "kpi": kpi_code, "field": field_code}
    sql = f"""
        select period_start, {_COLUMNS} from kpi_values join dim_kpis using (kpi_code)
        where {_SAME_PERIOD} and period_start in (select unnest($starts)) and subject_type = $kind
          and ($kind = 'province' or subject_id = $id)
          and kpi_code = $kpi and {OF_FIELD} and {_in_scope(scope, values)}"""
    found = {row.pop("period_start"): Figure(**row) for row in named_rows(con, sql, values)}
    nothing = Figure(subject.id, kpi_code, field_code, None, None, None, None, None, None, None, None, None, None, None)
    points = [TrendPoint(item, found.get(item.start, nothing)) for item in run]
    return shown_points(con, scope, subject.kind, points)


def ranked_levels(
    con: Connection, scope: Scope, period: Period, *, kpi_code: str, field_code: str = "ALL"
) -> dict[str, RankedLevel]:
    """Return how the subtrees of each level are ranked by a KPI, for levels with ranks; the counts are not restricted
    by the units of a scope. Empty for a reader with a least count, who sees no ranks."""
    if scope.least_count:
        return {}
    values = _period(period) | {"kpi": kpi_code, "field": field_code, "day": period.cutoff.date()}
    sql = f"""
        with places as (
            select u.level, k.rank, max(k.rank) over (partition by u.level) as last_rank
            from dim_units u
            left join (
                select subject_id, rank from kpi_values join dim_kpis using (kpi_code)
                where {_SAME_PERIOD} and period_start = $start and subject_type = 'subtree' and kpi_code = $kpi
                  and {OF_FIELD}
            ) k on k.subject_id = u.unit_code
            where u.valid_from <= $day and (u.valid_to is null or u.valid_to > $day)
        )
        select level, count(*) as units, count(rank) as ranked, max(rank) as last_rank,
               count(*) filter (where rank = places.last_rank) as share_last
        from places group by level having count(rank) > 0"""
    return {row.pop("level"): RankedLevel(**row) for row in named_rows(con, sql, values)}


def names(con: Connection, _: Scope, run: Sequence[Period], subject: Subject) -> tuple[UnitName, ...]:
    """Return the name of the unit or province at the end of each period of `run`."""
    values: dict[str, object] = {"days": [item.cutoff.date() for item in run], "kind": subject.kind, "id": subject.id}
    sql = """
        with days as (select unnest($days) as day, generate_subscripts($days, 1) as place),
        own as (
            select *, min(valid_from) over (partition by unit_code, display_name) as since from dim_units
            where case $kind when 'province' then level = 'province' else unit_code = $id end
        )
        select coalesce(max(own.display_name), '') as name, max(own.since) as since
        from days
        left join own on days.day >= own.valid_from and (own.valid_to is null or days.day < own.valid_to)
        group by place order by place"""
    return records(con, UnitName, sql, values)


def flows(
    con: Connection, scope: Scope, run: Sequence[Period], subject: Subject, field_code: str = "ALL"
) -> tuple[Flow, ...]:
    """Return stock and flow of a subject in each period of `run` (one calendar, one type), in order; all 0 where the
    field had no petitions in a published period. The province is one subject across its codes. A reader with a least
    count gets the periods after the last one that is hidden."""
    values = _run(run) | {"kind": subject.kind, "id": subject.id, "field": field_code}
    counts = ", ".join(f"coalesce(max({name}) filter (field_code = $field), 0) as {name}" for name in _FLOWS)
    sql = f"""
        select period_start, {counts}
        from subject_stock_flow
        where {_SAME_PERIOD} and period_start in (select unnest($starts)) and subject_type = $kind
          and ($kind = 'province' or subject_id = $id) and field_code in ('ALL', $field)
          and {_in_scope(scope, values, "subject_id")}
        group by period_start"""
    found = {row.pop("period_start"): row for row in named_rows(con, sql, values)}
    published = [Flow(item, **found[item.start]) for item in run if item.start in found]
    return shown_flows(con, scope, subject, published, field_code)


def run_until(until: Period, periods: Sequence[Period], most: int) -> tuple[Period, ...]:
    """Return the last `most` periods of the calendar and type of `until`, oldest first, ending with it."""
    kind = (until.calendar, until.period_type)
    run = [item for item in periods if (item.calendar, item.period_type) == kind and item.start <= until.start]
    return tuple(sorted(run, key=lambda item: item.start)[-most:])


_SAME_PERIOD = "calendar = $calendar and period_type = $period_type"


def _period(period: Period) -> Values:
    return {"calendar": period.calendar, "period_type": period.period_type, "start": period.start}


def _run(run: Sequence[Period]) -> Values:
    newest = run[-1]
    starts = [item.start for item in run]
    return {"calendar": newest.calendar, "period_type": newest.period_type, "starts": starts}


def _in_scope(scope: Scope, values: Values, unit: str = "unit_code") -> str:
    """Return the condition that units, subtrees and heads are inside the scope, by the column `unit`; levels and the
    province are always visible."""
    heads, figures = scope.where_heads(unit, values), scope.where_figures(unit, values)
    return f"(subject_type in ('level', 'province') or {figures}) and (subject_type <> 'head' or {heads})"

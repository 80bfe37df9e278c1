"""Values of `kpi_values`, read and never computed."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from dashboard.model import Figure, Flow, Period, Subject, TrendPoint
from dashboard.queries.scope import Connection, Scope, Values, rows

_COLUMNS = """subject_id, kpi_code, field_code, numerator, denominator, value, lower, upper, rank, rank_best,
              rank_worst, peer_count, previous_value, coverage"""
BY_FIELD = frozenset(
    {
        "dialogues_held",
        "resolution_rate",
        "resolved_share",
        "on_time_rate",
        "overdue_rate",
        "overdue_open",
        "median_days_to_settle",
        "satisfaction_rate",
    }
)


def field_for(kpi_code: str, field_code: str) -> str:
    """The field a KPI is read for: KPIs that are not split by field are read for all."""
    return field_code if kpi_code in BY_FIELD else "ALL"


def figures(
    con: Connection, scope: Scope, period: Period, subject: Subject, field_code: str = "ALL"
) -> dict[str, Figure]:
    """All KPIs of one subject in one period, by KPI code."""
    values = _period(period) | {"kind": subject.kind, "id": subject.id, "field": field_code}
    sql = f"""
        select {_COLUMNS} from kpi_values
        where {_SAME_PERIOD} and period_start = $start and subject_type = $kind and subject_id = $id
          and field_code in ('ALL', $field) and {_in_scope(scope, values)}"""
    found = [_figure(row) for row in rows(con, sql, values)]
    return {item.kpi_code: item for item in found if item.field_code == field_for(item.kpi_code, field_code)}


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
    """Chosen KPIs of several subjects of one kind, by (subject id, KPI code)."""
    values = _period(period) | {"kind": kind, "ids": list(ids), "kpis": list(kpi_codes), "field": field_code}
    sql = f"""
        select {_COLUMNS} from kpi_values
        where {_SAME_PERIOD} and period_start = $start and subject_type = $kind
          and subject_id in (select unnest($ids)) and kpi_code in (select unnest($kpis))
          and field_code in ('ALL', $field) and {_in_scope(scope, values)}"""
    found = [_figure(row) for row in rows(con, sql, values)]
    return {
        (item.subject_id, item.kpi_code): item
        for item in found
        if item.field_code == field_for(item.kpi_code, field_code)
    }


def trend(
    con: Connection,
    scope: Scope,
    run: Sequence[Period],
    subject: Subject,
    *,
    kpi_code: str,
    field_code: str = "ALL",
) -> tuple[TrendPoint, ...]:
    """A KPI in each period of `run` (one calendar, one type), in its order; periods without a row stay out."""
    values = _run(run) | {
        "kind": subject.kind, "id": subject.id, "kpi": kpi_code, "field": field_for(kpi_code, field_code),
    }  # fmt: skip
    sql = f"""
        select period_start, {_COLUMNS} from kpi_values
        where {_SAME_PERIOD} and period_start in (select unnest($starts)) and subject_type = $kind
          and subject_id = $id and kpi_code = $kpi and field_code = $field and {_in_scope(scope, values)}"""
    found = {cast(date, row[0]): _figure(row[1:]) for row in rows(con, sql, values)}
    return tuple(TrendPoint(item, found[item.start]) for item in run if item.start in found)


def flows(con: Connection, scope: Scope, run: Sequence[Period], codes: Sequence[str]) -> tuple[Flow, ...]:
    """Stock and flow of `codes` together in each period of `run` (one calendar, one type), in its order."""
    values = _run(run) | {"codes": list(codes)}
    sql = f"""
        select period_start, sum(opening)::bigint, sum(received)::bigint, sum(settled)::bigint,
               sum(left_scope)::bigint, sum(closing)::bigint
        from stock_flow
        where {_SAME_PERIOD} and period_start in (select unnest($starts)) and unit_code in (select unnest($codes))
          and {scope.where("unit_code", values)}
        group by period_start"""
    found = {cast(date, row[0]): cast("tuple[int, ...]", row[1:]) for row in rows(con, sql, values)}
    return tuple(Flow(item, *found[item.start]) for item in run if item.start in found)


def run_until(until: Period, periods: Sequence[Period], most: int) -> tuple[Period, ...]:
    """The last `most` periods of the calendar and type of `until`, oldest first, ending with it."""
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


def _in_scope(scope: Scope, values: Values) -> str:
    """Units, subtrees and heads inside the scope; levels and the province are open."""
    if scope.units is None:
        return "true"
    own = scope.where("case subject_type when 'head' then split_part(subject_id, '|', 2) else subject_id end", values)
    return f"(subject_type in ('level', 'province') or {own})"


def _figure(row: Sequence[object]) -> Figure:
    return Figure(*cast("tuple[str, ...]", tuple(row)))  # type: ignore[arg-type]

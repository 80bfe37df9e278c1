"""Figures as a reader with a least count may see them; everybody else sees them as published."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from dashboard import kpi_codes
from dashboard.model import Figure, Flow, Period, Subject, TrendPoint
from dashboard.queries.count_groups import FLOWS
from dashboard.queries.scope import Connection, Scope
from dashboard.queries.suppression import Suppression, suppression_of


def shown_figures(
    con: Connection, scope: Scope, period: Period, kind: str, found: Iterable[Figure]
) -> tuple[Figure, ...]:
    """Return the figures of subjects of one kind in a period, without the numbers that are hidden."""
    if not scope.least_count:
        return tuple(found)
    suppression = suppression_of(con, scope.least_count)
    return tuple(_shown(suppression, kind, period, figure) for figure in found)


def shown_points(con: Connection, scope: Scope, kind: str, points: Sequence[TrendPoint]) -> tuple[TrendPoint, ...]:
    """Return the points of a trend, without the numbers that are hidden."""
    if not scope.least_count:
        return tuple(points)
    suppression = suppression_of(con, scope.least_count)
    return tuple(TrendPoint(it.period, _shown(suppression, kind, it.period, it.figure)) for it in points)


def shown_flows(
    con: Connection, scope: Scope, subject: Subject, found: Sequence[Flow], field_code: str
) -> tuple[Flow, ...]:
    """Return stock and flow of the periods after the last hidden one."""
    if not scope.least_count:
        return tuple(found)
    suppression = suppression_of(con, scope.least_count)
    hidden = [suppression.hides_group(FLOWS, subject, flow.period, field_code) for flow in found]
    last = max((place for place, is_hidden in enumerate(hidden, start=1) if is_hidden), default=0)
    return tuple(found[last:])


def _shown(suppression: Suppression, kind: str, period: Period, figure: Figure) -> Figure:
    """Return a figure without rank, which tells about figures of others, and without what is hidden. A median goes
    without the number of its petitions, which others would give away."""
    subject = Subject(kind, figure.subject_id)
    if suppression.hides(figure.kpi_code, subject, period, figure.field_code):
        return replace(_unranked(figure), numerator=None, denominator=None, value=None, lower=None, upper=None,
                       previous_value=None, is_hidden=True)  # fmt: skip
    is_median = figure.kpi_code == kpi_codes.MEDIAN_DAYS
    before = _before(period)
    knows_before = before is not None and not suppression.hides(figure.kpi_code, subject, before, figure.field_code)
    return replace(
        _unranked(figure),
        denominator=None if is_median else figure.denominator,
        previous_value=figure.previous_value if knows_before else None,
    )


def _unranked(figure: Figure) -> Figure:
    return replace(figure, rank=None, rank_best=None, rank_worst=None, peer_count=None)


def _before(period: Period) -> Period | None:
    """Return the previous period, as far as suppression looks at it."""
    start: date | None = period.previous_start
    return None if start is None else replace(period, start=start)

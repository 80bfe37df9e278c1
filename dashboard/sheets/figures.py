"""Downloads of figures: KPIs of a subject, comparisons of units, trends, stock and flow."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.model import Bucket, Figure, Flow, Kpi, TrendPoint, UnitCount
from dashboard.render.workbook import Measure, Row, Table, Value
from dashboard.sheets.values import bounds, ends, measured, number, pair, share, shown
from dashboard.text import columns, headings, labels, rounding

Found = Mapping[tuple[str, str], Figure]


def kpis(found: Iterable[tuple[Kpi, Figure]]) -> Table:
    """Return one row per KPI of one subject."""
    return Table(columns.KPIS, [_kpi(kpi, figure) for kpi, figure in found])


def _kpi(kpi: Kpi, figure: Figure) -> Row:
    return (
        kpi.name,
        kpi.unit,
        shown(kpi, figure),
        *pair(kpi, figure),
        *bounds(kpi, figure),
        measured(kpi, figure.previous_value),
        _target(kpi),
        *_rank(figure),
    )


def _target(kpi: Kpi) -> Value:
    if kpi.target is None:
        return None
    return share(kpi.target, rounding.digits(kpi, kpi.target)) if kpi.is_rate else number(kpi.target)


def _rank(figure: Figure | None) -> Row:
    """Return rank, number of ranked units and rank band; blank without a rank."""
    if figure is None or figure.rank is None:
        return (None,) * len(columns.RANKS)
    return figure.rank, figure.peer_count, figure.rank_best, figure.rank_worst


def methods(kpis: Iterable[Kpi]) -> Table:
    """Return the definitions of the KPIs."""
    rows = [
        (kpi.name, kpi.unit, kpi.numerator_label, kpi.denominator_label, kpi.definition, labels.SIDES[kpi.better],
         _target(kpi), kpi.basis.strip("–"))
        for kpi in kpis
    ]  # fmt: skip
    return Table(columns.METHODS, rows)


def units(names: Mapping[str, str], found: Found, shown: Sequence[Kpi], main: str) -> Table:
    """Return one row per unit, by its code in `names`: its rank by the KPI `main`, then the displayed KPIs."""
    headers = [headings.UNIT, *columns.RANKS]
    for kpi in shown:
        headers += [kpi.short_name, *(f"{kpi.short_name}: {part.lower()}" for part in columns.RATE if kpi.is_rate)]
    rows = [
        (name, *_rank(found.get((code, main))), *(cell for kpi in shown for cell in _cells(kpi, found, code)))
        for code, name in names.items()
    ]
    return Table(tuple(headers), rows)


def _cells(kpi: Kpi, found: Found, code: str) -> Row:
    figure = found.get((code, kpi.code))
    if figure is None:
        return (None,) * (1 + len(columns.RATE) * kpi.is_rate)
    more = (*pair(kpi, figure), *bounds(kpi, figure)) if kpi.is_rate else ()
    return shown(kpi, figure), *more


def rates(name: str, kpi: Kpi, items: Sequence[tuple[str, Figure]]) -> Table:
    """Return the data of a chart of rates; `name` is the header of the first column."""
    rows = [
        (each, shown(kpi, figure), *pair(kpi, figure), *bounds(kpi, figure), *_rank(figure)) for each, figure in items
    ]
    return Table((name, kpi.short_name, *columns.RATE, *columns.RANKS), rows)


def trend(points: Sequence[TrendPoint], kpi: Kpi) -> Table:
    """Return a figure in each period, with the coverage of its reports."""
    rows = [
        (*ends(each.period), shown(kpi, each.figure), *pair(kpi, each.figure), *bounds(kpi, each.figure),
         _target(kpi), share(each.figure.coverage))
        for each in points
    ]  # fmt: skip
    headers = (*columns.PERIOD_ENDS, kpi.short_name, *columns.RATE, headings.KPI_VALUES[4], columns.FEEDS_RECEIVED)
    return Table(headers, rows)


def flows(found: Sequence[Flow]) -> Table:
    """Return stock and flow in each period, from the opening to the closing stock."""
    rows = [
        (*ends(it.period), it.opening, it.joined, it.received, it.settled, it.left_scope, it.moved_away, it.closing)
        for it in found
    ]
    return Table(columns.STOCK, rows)


def ages(buckets: Sequence[Bucket]) -> Table:
    """Return open petitions by age."""
    return Table(columns.AGES, [(labels.AGES[each.code], each.petitions) for each in buckets])


def overdue(names: Mapping[str, str], found: Sequence[UnitCount]) -> Table:
    """Return the overdue petitions of each unit, and the whole days of the oldest."""
    rows = [
        (names[each.unit_code], each.count, None if each.longest_days is None else int(each.longest_days))
        for each in found
    ]
    return Table((headings.UNIT, *headings.UNIT_OVERDUE), rows)


def per_hundred(part: int, whole: int) -> Value:
    """Return `part` per hundred of `whole`; None if `whole` is 0."""
    return Measure(100 * part / whole) if whole else None

"""Where attention is needed: which units are named on the overview, and in what words. Pure."""

from collections.abc import Mapping, Sequence

from dashboard import filters
from dashboard.filters import View
from dashboard.markup import Link, Sentence
from dashboard.model import Coverage, Figure, Kpi, Period, Tenure, Unit, UnitCount
from dashboard.text import headings, labels, sentences

Found = Mapping[tuple[str, str], Figure]
MOST_NAMED = 5


def overdue_units(
    view: View, units: Sequence[Unit], found: Found, ages: Sequence[UnitCount], most: int = MOST_NAMED
) -> list[Sentence]:
    """The units with most overdue petitions of their own, most first."""
    longest = {age.unit_code: age.longest_days for age in ages}
    late = [unit for unit in units if _overdue(found, unit)]
    late.sort(key=lambda unit: (-_overdue(found, unit), -(longest.get(unit.code) or 0)))
    return [_overdue_sentence(view, unit, found, longest.get(unit.code)) for unit in late[:most]]


def _overdue(found: Found, unit: Unit) -> float:
    figure = found.get((unit.code, "overdue_open"))
    return (figure.numerator or 0) if figure else 0


def _overdue_sentence(view: View, unit: Unit, found: Found, longest: float | None) -> Sentence:
    stock = found.get((unit.code, "overdue_rate"))
    here = view.to(unit=unit.code, breadth="rieng")
    still_open = int((stock.denominator if stock else 0) or 0)
    return Sentence(
        start=Link(unit.name, filters.address(filters.UNITS, here)),
        rest=sentences.overdue_unit(int(_overdue(found, unit)), still_open, longest),
        links=(Link(headings.SEE_LIST, filters.address(filters.UNITS, here.to(kpi="overdue_open", part="tu"))),),
    )


def latest_units(view: View, units: Sequence[Unit], found: Found, kpi: Kpi) -> list[Sentence]:
    """In each level the unit ranked last for `kpi` with all below it, where it misses the target."""
    answer = []
    for level in ("district", "commune"):
        ranked = [
            (found[unit.code, kpi.code], unit)
            for unit in units
            if unit.level == level and (unit.code, kpi.code) in found and found[unit.code, kpi.code].rank is not None
        ]
        if len(ranked) < 2:
            continue
        figure, unit = max(ranked, key=lambda pair: (pair[0].rank or 0, pair[1].code))
        if sentences.met(kpi, figure.value) is False:
            answer.append(_late_sentence(view, unit, figure, kpi))
    return answer


def _late_sentence(view: View, unit: Unit, figure: Figure, kpi: Kpi) -> Sentence:
    here = view.to(unit=unit.code, breadth="gop")
    name = sentences.last_of_level(unit.name, labels.LEVELS[unit.level])
    return Sentence(
        start=Link(name, filters.address(filters.UNITS, here)),
        rest=sentences.late_unit(kpi, figure),
        links=(Link(headings.SEE_DENOMINATOR, filters.address(filters.UNITS, here.to(kpi=kpi.code, part="mau"))),),
    )


def gaps(view: View, vacant: Sequence[Tenure], coverage: Coverage, period: Period) -> list[Sentence]:
    """Posts without a holder and feeds that did not come."""
    answer = []
    if vacant:
        names = [f"{item.post or labels.POSTS[item.body]} {item.unit_name}" for item in vacant]
        start = Link(headings.VACANT, filters.address(filters.HEADS, view.base()))
        answer.append(Sentence(start, sentences.vacant_posts(len(vacant), names), is_plain=True))
    if coverage.missing:
        answer.append(
            Sentence(Link(headings.MISSING_FEEDS, ""), sentences.missing_feeds(coverage, period), is_plain=True)
        )
    return answer

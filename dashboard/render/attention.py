"""The list "needs attention" of the overview. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboard import filters
from dashboard.filters import View
from dashboard.kpi_codes import OPEN_AND_OVERDUE, OVERDUE
from dashboard.model import (
    Breadth,
    Coverage,
    Figure,
    KnownUnit,
    Kpi,
    KpiPart,
    Part,
    Period,
    RankedLevel,
    Tenure,
    Unit,
    UnitCount,
)
from dashboard.render.html import Link, Sentence
from dashboard.text import headings, labels, missing_feeds, rounding, sentences

Found = Mapping[tuple[str, str], Figure]
MOST_NAMED = 5
Sees = Callable[[str], bool]
"""Whether the reader sees the petitions of a unit, and so the lists behind its figures."""


def overdue_units(
    view: View,
    units: Sequence[KnownUnit],
    found: Found,
    ages: Sequence[UnitCount],
    *,
    sees: Sees,
    most: int = MOST_NAMED,
) -> list[Sentence]:
    """Return the units with the most overdue petitions of their own, most first, including units that have ended."""
    longest = {age.unit_code: age.longest_days for age in ages}
    late = [known for known in units if _overdue(found, known.unit)]
    late.sort(key=lambda known: (-_overdue(found, known.unit), -(longest.get(known.unit.code) or 0)))
    return [_overdue_sentence(view, it, found, longest.get(it.unit.code), sees(it.unit.code)) for it in late[:most]]


def _overdue(found: Found, unit: Unit) -> float:
    figure = found.get((unit.code, OVERDUE))
    return (figure.numerator or 0) if figure else 0


def _overdue_sentence(view: View, known: KnownUnit, found: Found, longest: float | None, is_listed: bool) -> Sentence:
    unit = known.unit
    stock = found.get((unit.code, OPEN_AND_OVERDUE))
    here = view.to(unit=unit.code, breadth=Breadth.UNIT)
    still_open = int((stock.denominator if stock else 0) or 0)
    whole = Link(headings.SEE_LIST, filters.address(filters.UNITS, here.to(kpi=OVERDUE, part=Part.NUMERATOR)))
    return Sentence(
        start=Link(sentences.unit_named(known, labels.ALONE.get(unit.level, "")), filters.address(filters.UNITS, here)),
        rest=sentences.overdue_unit(int(_overdue(found, unit)), still_open, longest),
        links=(whole,) if is_listed else (),
    )


def latest_units(
    view: View, units: Sequence[Unit], found: Found, kpi: Kpi, levels: Mapping[str, RankedLevel], *, sees: Sees
) -> list[Sentence]:
    """Return, for each level, the unit in view whose subtree ranks last for `kpi`, if it misses the target.

    It is called the last of its level only if no unit of the whole level (`levels`) ranks below it.
    """
    answer = []
    for level in ("district", "commune"):
        ranked = [_Ranked(unit, found[unit.code, kpi.code]) for unit in units if _is_ranked(unit, found, kpi, level)]
        if len(ranked) < 2:
            continue
        last = max(each.rank for each in ranked)
        late = [each for each in ranked if each.rank == last and rounding.met(kpi, each.figure.value) is False]
        if late:
            named = min(late, key=lambda each: (each.figure.value or 0, each.unit.code))
            place = _place(named, levels.get(level), len(ranked))
            answer.append(_late_sentence(view, named, kpi, place, sees(named.unit.code)))
    return answer


@dataclass(frozen=True)
class _Ranked:
    unit: Unit
    figure: Figure

    @property
    def rank(self) -> int:
        return self.figure.rank or 0


def _is_ranked(unit: Unit, found: Found, kpi: Kpi, level: str) -> bool:
    figure = found.get((unit.code, kpi.code))
    return unit.level == level and figure is not None and figure.rank is not None


def _place(last: _Ranked, whole: RankedLevel | None, in_view: int) -> str:
    """Return the phrase for the last rank in view; it names the level only if the peers are all its ranked units."""
    level = labels.LEVELS[last.unit.level]
    if whole and last.rank == whole.last_rank and last.figure.peer_count == whole.ranked:
        return sentences.last_of_level(level, whole)
    return sentences.last_in_view(level, in_view)


def _late_sentence(view: View, late: _Ranked, kpi: Kpi, place: str, is_listed: bool) -> Sentence:
    unit, figure = late.unit, late.figure
    here = view.to(unit=unit.code, breadth=Breadth.SUBTREE)
    matured = kpi.part(Part.DENOMINATOR) if is_listed else None
    name = sentences.unit_named(KnownUnit(unit, None), labels.WITH_BELOW.get(unit.level, ""), place)
    return Sentence(
        start=Link(name, filters.address(filters.UNITS, here)),
        rest=sentences.late_unit(kpi, figure),
        links=() if matured is None else (_seen(here.to(kpi=kpi.code, part=Part.DENOMINATOR), matured, figure),),
    )


def _seen(view: View, part: KpiPart, figure: Figure) -> Link:
    """Return the link to the list behind a part of a figure."""
    return Link(sentences.see_counted(part, figure), filters.address(filters.UNITS, view))


def vacancies(view: View, vacant: Sequence[Tenure], period: Period) -> list[Sentence]:
    """Return the item on posts without a holder at the end of the period, if there are any."""
    if not vacant:
        return []
    names = [f"{item.post or labels.POSTS[item.body]} {item.unit_name}" for item in vacant]
    start = Link(headings.VACANT, filters.address(filters.HEADS, view.base()))
    return [Sentence(start, sentences.vacant_posts(period, names), is_plain=True)]


def missing_senders(view: View, coverage: Coverage, period: Period) -> list[Sentence]:
    """Return the item on missing feeds, if there are any; marked if no feed was received, so nothing else is known."""
    if not coverage.missing:
        return []
    start = Link(headings.MISSING_FEEDS, filters.address(filters.FEED_BOARD, view.base()))
    return [Sentence(start, missing_feeds.names(coverage, period), is_plain=not coverage.is_blank)]

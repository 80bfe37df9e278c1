"""Every KPI, computed from the tallies: numerators, denominators, values and intervals."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tests.oracle.intervals import survival_median, wilson
from tests.oracle.obligations import obligations_of
from tests.oracle.periods import TERM, YEAR, Period
from tests.oracle.tallies import ALL, Tally, TallyKey
from tests.oracle.world import Subject, World

MICROSECONDS_PER_DAY = 86_400_000_000
"""Microseconds in a day."""

Ratio = tuple[int, int]

PETITION_RATES: dict[str, Callable[[Tally], Ratio]] = {
    "resolution_rate": lambda it: (it.settled, it.opening + it.received - it.left),
    "resolved_share": lambda it: (it.resolved, it.settled),
    "on_time_rate": lambda it: (it.on_time, it.matured),
    "overdue_rate": lambda it: (it.overdue, it.open),
    "satisfaction_rate": lambda it: (it.satisfied, it.rated),
}
DIALOGUE_RATES: dict[str, Callable[[Tally], Ratio]] = {
    "head_chaired_rate": lambda it: (it.chaired, it.held),
    "in_programme_rate": lambda it: (it.in_programme, it.programme_known),
    "procedure_rate": lambda it: (it.steps_met, it.steps),
    "conclusion_on_time_rate": lambda it: (it.conclusions_on_time, it.conclusions),
    "direct_answer_rate": lambda it: (it.answered, it.opinions),
    "supervised_rate": lambda it: (it.supervised, it.concluded),
    "feed_on_time_rate": lambda it: (it.feeds_on_time, it.feeds),
}
COUNTS: dict[str, Callable[[Tally], int]] = {
    "dialogues_held": lambda it: it.held,
    "overdue_open": lambda it: it.overdue,
    "overdue_inherited": lambda it: it.inherited,
}
RATES = PETITION_RATES | DIALOGUE_RATES
OBLIGATION, MEDIAN = "obligation_rate", "median_days_to_settle"
INHERITED, FEEDS = "overdue_inherited", "feed_on_time_rate"
ALWAYS_PUBLISHED = (RATES.keys() | COUNTS.keys() | {OBLIGATION}) - {FEEDS}
"""KPIs that every subject in force has for all fields together, even where nothing was counted."""
HIGHER_IS_BETTER = {
    *("obligation_rate", "head_chaired_rate", "in_programme_rate", "procedure_rate", "conclusion_on_time_rate"),
    *("direct_answer_rate", "resolution_rate", "on_time_rate", "satisfaction_rate", "supervised_rate"),
    "feed_on_time_rate",
}
"""Rates for which a higher value is better."""
RANKED = HIGHER_IS_BETTER | {"overdue_rate"}
"""Rates with a better end, by which units are ranked; resolved_share has none."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of one KPI with its numerator, denominator and interval."""

    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None = None
    upper: float | None = None


Key = tuple[Period, Subject, str, str]
"""Period, subject, field, KPI."""


def figures_of(world: World, tallies: Mapping[TallyKey, Tally]) -> dict[Key, Figure]:
    """Return every figure in which something was counted."""
    found = {}
    for (period, subject, field), tally in tallies.items():
        for kpi, figure in _figures(tally, subject, field):
            found[period, subject, field, kpi] = figure
    for (period, subject), (done, required) in obligations_of(world).items():
        if required:
            found[period, subject, ALL, OBLIGATION] = rate(float(done), float(required))
    return found


def empty(kpi: str, subject: Subject, period: Period) -> Figure | None:
    """The figure where nothing was counted; None if the subject or the period has no such figure."""
    if kpi in COUNTS:
        return count(0) if kpi != INHERITED or subject.kind == "head" else None
    if kpi == MEDIAN:
        return median(()) if subject.kind != "head" else None
    if kpi == OBLIGATION:
        return rate(0, 0) if period.kind in (YEAR, TERM) else None
    return rate(0, 0) if kpi != FEEDS or subject.kind != "head" else None


@cache
def rate(numerator: float, denominator: float) -> Figure:
    """A rate with its interval."""
    if not denominator:
        return Figure(numerator, denominator, None)
    return Figure(numerator, denominator, numerator / denominator, *wilson(numerator, denominator))


@cache
def count(number: int) -> Figure:
    """A count, which is its own value."""
    return Figure(number, None, number)


def median(waits: Sequence[tuple[int, bool]]) -> Figure:
    """The median of days to settle; the denominator is the number of petitions."""
    middle = survival_median(waits)
    return Figure(None, len(waits), None if middle is None else middle / MICROSECONDS_PER_DAY)


def _figures(tally: Tally, subject: Subject, field: str) -> Iterator[tuple[str, Figure]]:
    """Yield the KPIs of a tally in which something was counted."""
    for kpi, of in (RATES if field == ALL else PETITION_RATES).items():
        numerator, denominator = of(tally)
        if numerator or denominator:
            yield kpi, rate(numerator, denominator)
    for kpi, counted in COUNTS.items():
        if (number := counted(tally)) and (kpi != INHERITED or subject.kind == "head"):
            yield kpi, count(number)
    if tally.waits and subject.kind != "head":
        yield MEDIAN, median(tally.waits)

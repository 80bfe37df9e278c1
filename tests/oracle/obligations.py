"""Required dialogues: each day in force requires the yearly minimum of that day ÷ the days of its year."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tests.oracle.days import DAY
from tests.oracle.heads import BODIES
from tests.oracle.periods import TERM, YEAR, Period
from tests.oracle.world import Subject, Window, World

Ratio = tuple[Fraction, Fraction]


def obligations_of(world: World) -> dict[tuple[Period, Subject], Ratio]:
    """Per year or term and subject: least(held, required) and required, each summed over units."""
    owed: dict[tuple[Period, Subject], Ratio] = {}
    held = _held_days(world)
    for period in world.periods:
        if period.kind in (YEAR, TERM):
            for unit in world.units.codes():
                for subject, (done, required) in _of_unit(world, period, unit, held[unit]).items():
                    before = owed.get((period, subject), (Fraction(0), Fraction(0)))
                    owed[period, subject] = (before[0] + min(done, required), before[1] + required)
    return owed


def _held_days(world: World) -> dict[str, list[date]]:
    days: dict[str, list[date]] = defaultdict(list)
    for dialogue in world.dialogues:
        days[dialogue.row.unit].append(dialogue.row.held_on)
    return days


def _of_unit(world: World, period: Period, unit: str, held: list[date]) -> dict[Subject, Ratio]:
    """The dialogues held and required by the unit in the subject's windows, by subject."""
    minimums = list(_minimums(world, period, unit))
    if not minimums and not held:
        return {}
    found: dict[Subject, Ratio] = {}
    posts = (window for body in BODIES for window in world.posts(unit, body))
    for window in (*world.places(unit), *posts):
        done, required = _in_window(window, period, minimums, held)
        if done or required:
            before = found.get(window.subject, (Fraction(0), Fraction(0)))
            found[window.subject] = (before[0] + done, before[1] + required)
    return found


def _in_window(window: Window, period: Period, minimums: list[tuple[date, date, Fraction]], held: list[date]) -> Ratio:
    days = (day for day in held if period.first <= day <= period.last_counted)
    done = sum(window.first <= day < window.until for day in days)
    shares = ((min(until, window.until) - max(first, window.first), share) for first, until, share in minimums)
    return Fraction(done), sum((days.days * share for days, share in shares if days.days > 0), Fraction(0))


def _minimums(world: World, period: Period, unit: str) -> Iterator[tuple[date, date, Fraction]]:
    """Yield spans [first, until) of the period in which every day requires the same share of a dialogue."""
    for row in world.units.rows(unit):
        for rule in world.rules.rows("dialogues_a_year", row.level):
            for first, until, days in _years(period):
                begin, end = max(first, row.valid_from, rule.valid_from), min(until, row.valid_to, rule.valid_to)
                if begin < end:
                    yield begin, end, Fraction(rule.value, days)


def _years(period: Period) -> Iterator[tuple[date, date, int]]:
    """Yield the years of the period with their length in days; the term is cut at each 1 January."""
    if period.kind == YEAR:
        yield period.first, period.last + DAY, period.days
        return
    for year in range(period.first.year, period.last.year + 1):
        first, until = date(year, 1, 1), date(year + 1, 1, 1)
        yield max(first, period.first), min(until, period.last_counted + DAY), (until - first).days

"""The periods of both calendars, cut at the as-of instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from tests.oracle.days import DAY, end_of

PARTY, STATE = "party", "state"
QUARTER, HALF, NINE_MONTHS, YEAR, TERM = "quarter", "half", "nine_months", "year", "term"
CUTS = {
    QUARTER: ((0, 3), (3, 6), (6, 9), (9, 12)),
    HALF: ((0, 6), (6, 12)),
    NINE_MONTHS: ((0, 9),),
    YEAR: ((0, 12),),
}
"""For each type of period: the months of the year before it and at its end."""


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """A period from its first to its last day, inclusive; `cutoff` is its last counted instant, called B elsewhere.

    Each period is created once per world and compared by identity.
    """

    calendar: str
    kind: str
    first: date
    last: date
    cutoff: datetime

    @property
    def last_counted(self) -> date:
        """The date of the cutoff."""
        return self.cutoff.date()

    @property
    def code(self) -> str:
        """The code as in feeds; 'term' for the term."""
        year = self.last.year
        number = self.last.month
        return {
            QUARTER: f"{year}Q{number // 3}",
            HALF: f"{year}H{number // 6}",
            NINE_MONTHS: f"{year}-9M",
            YEAR: f"{year}",
        }.get(self.kind, TERM)

    @property
    def days(self) -> int:
        """The length of the whole period in days."""
        return (self.last - self.first).days + 1


def periods_of(term_start: date, as_of: datetime) -> list[Period]:
    """Return the periods that touch the term and have begun by `as_of`."""
    named = (period for calendar in (PARTY, STATE) for period in _named(calendar, term_start.year - 1, as_of))
    today = as_of.date()
    term = Period(PARTY, TERM, term_start, today, as_of)
    return [period for period in named if period.last >= term_start] + ([term] if term_start <= today else [])


def previous_of(periods: list[Period]) -> dict[Period, Period]:
    """Map each period to the listed one before it of its type; nine months to those of the year before."""
    previous = {}
    for period in periods:
        ends = period.last.replace(year=period.last.year - 1) if period.kind == NINE_MONTHS else period.first - DAY
        matches = (it for it in periods if (it.calendar, it.kind, it.last) == (period.calendar, period.kind, ends))
        for found in matches:
            previous[period] = found
    return previous


def feed_period(code: str) -> tuple[date, date]:
    """The first and last day of the period that a feed's code names, in the party calendar."""
    year = int(code[:4])
    kind, number = {
        "": (YEAR, 0),
        "-9M": (NINE_MONTHS, 0),
        **{f"H{half + 1}": (HALF, half) for half in range(2)},
        **{f"Q{quarter + 1}": (QUARTER, quarter) for quarter in range(4)},
    }[code[4:]]
    begins, ends = CUTS[kind][number]
    return _month_end(PARTY, year, begins) + DAY, _month_end(PARTY, year, ends)


def _named(calendar: str, year: int, as_of: datetime) -> Iterator[Period]:
    for each in count(year):
        if _month_end(calendar, each, 0) + DAY > as_of.date():
            return
        for kind, cuts in CUTS.items():
            for begins, ends in cuts:
                first, last = _month_end(calendar, each, begins) + DAY, _month_end(calendar, each, ends)
                if first <= as_of.date():
                    yield Period(calendar, kind, first, last, min(end_of(last), as_of))


def _month_end(calendar: str, year: int, months: int) -> date:
    """The last day of month `months` of a year; 0 is the last month of the year before."""
    if calendar == STATE:
        return date(year, months, 14) if months else date(year - 1, 12, 14)
    return date(year + months // 12, months % 12 + 1, 1) - DAY

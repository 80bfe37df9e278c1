"""Feeds expected, what came of them, and the coverage that follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tests.oracle.days import Rules, end_of
from tests.oracle.known import Known
from tests.oracle.landed import CalendarRow, Feed
from tests.oracle.periods import PARTY, TERM, Period
from tests.oracle.units import Units


@dataclass(frozen=True, slots=True)
class Expected:
    """One feed that the calendar asks a unit for; `first_received_at` None where none was accepted."""

    sender: str
    period: Period
    deadline: datetime
    first_received_at: datetime | None
    covers: frozenset[str]

    @property
    def came_in_time(self) -> bool:
        """Received by its deadline."""
        return self.first_received_at is not None and self.first_received_at <= self.deadline

    def status(self, as_of: datetime, known_at: datetime) -> str:
        """What the board says of it; before its period is over nothing is missing."""
        if self.first_received_at:
            return "on_time" if self.came_in_time else "late"
        return "missing" if self.is_owed(as_of, known_at) else "not_due"

    def is_owed(self, cutoff: datetime, known_at: datetime) -> bool:
        """Its period has ended by `cutoff` and its deadline has passed."""
        return end_of(self.period.last) <= cutoff and self.deadline < known_at

    def touches(self, period: Period) -> bool:
        """True if the periods share a day."""
        return self.period.first <= period.last and period.first <= self.period.last


def expected_feeds(known: Known, periods: list[Period], units: Units, rules: Rules) -> list[Expected]:
    """The feeds that the calendar asks for, of each of the party periods."""
    asked = [period for period in periods if period.calendar == PARTY and period.kind != TERM]
    return [each for period in asked for each in _of_period(known, period, units, rules)]


def _of_period(known: Known, period: Period, units: Units, rules: Rules) -> Iterator[Expected]:
    """Senders are the units in force on the last day of the period at a level that the calendar asks of."""
    day = period.last
    calendar = [row for row in known.landed.feed_calendar if row.valid_from <= day < row.valid_to]
    levels = {row.level for row in calendar if row.period_type == period.kind}
    in_force = [code for code in units.codes() if units.in_force(code, day)]
    nearest = {code: _nearest_sender(code, day, units, calendar) for code in in_force}
    for sender in in_force:
        level = units.level(sender, day)
        if level in levels:
            yield Expected(
                sender,
                period,
                _deadline(level, day, rules),
                _first_received_at(known.accepted.get((sender, period.code), [])),
                frozenset(code for code in in_force if nearest[code] == sender),
            )


def _nearest_sender(code: str, day: date, units: Units, calendar: list[CalendarRow]) -> str | None:
    """The unit itself or the first above it that the calendar asks for any feed."""
    levels = {row.level for row in calendar}
    return next((each for each in units.line(code, day) if units.level(each, day) in levels), None)


def _deadline(level: str, day: date, rules: Rules) -> datetime:
    limit = rules.limit_after("feed_due_days", level, day)
    if limit is None:
        raise ValueError(f"no rule says when a feed of {level} is due after {day}")
    return end_of(limit)


def _first_received_at(versions: list[Feed]) -> datetime | None:
    return min((feed.received_at for feed in versions), default=None)

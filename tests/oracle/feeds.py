"""Expected feeds, their status, and the units that each covers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tests.oracle.days import Rules, end_of
from tests.oracle.inputs import CalendarRow, Feed
from tests.oracle.listings import Listings
from tests.oracle.periods import PARTY, TERM, Period
from tests.oracle.units import Units


@dataclass(frozen=True, slots=True)
class ExpectedFeed:
    """One feed that the feed calendar requires of a unit; `first_received_at` is None without an accepted version."""

    sender: str
    period: Period
    deadline: datetime
    first_received_at: datetime | None
    covers: frozenset[str]

    @property
    def is_on_time(self) -> bool:
        """True if it was received by its deadline."""
        return self.first_received_at is not None and self.first_received_at <= self.deadline

    def status(self, as_of: datetime, known_at: datetime) -> str:
        """The status as published; a feed is `not_due` until its period has ended and its deadline has passed."""
        if self.first_received_at:
            return "on_time" if self.is_on_time else "late"
        return "missing" if self.is_owed(as_of, known_at) else "not_due"

    def is_owed(self, cutoff: datetime, known_at: datetime) -> bool:
        """Return True if its period has ended by `cutoff` and its deadline has passed by `known_at`."""
        return end_of(self.period.last) <= cutoff and self.deadline < known_at

    def overlaps(self, period: Period) -> bool:
        """Return True if the periods share a day."""
        return self.period.first <= period.last and period.first <= self.period.last


def expected_feeds(listings: Listings, periods: list[Period], units: Units, rules: Rules) -> list[ExpectedFeed]:
    """Return the feeds that the calendar requires for each of the party periods."""
    reporting = [period for period in periods if period.calendar == PARTY and period.kind != TERM]
    return [each for period in reporting for each in _of_period(listings, period, units, rules)]


def _of_period(listings: Listings, period: Period, units: Units, rules: Rules) -> Iterator[ExpectedFeed]:
    """Yield the feeds of a period; senders are the units in force on its last day whose level the calendar lists."""
    day = period.last
    calendar = [row for row in listings.inputs.feed_calendar if row.valid_from <= day < row.valid_to]
    levels = {row.level for row in calendar if row.period_type == period.kind}
    in_force = [code for code in units.codes() if units.in_force(code, day)]
    nearest = {code: _nearest_sender(code, day, units, calendar) for code in in_force}
    for sender in in_force:
        level = units.level(sender, day)
        if level in levels:
            yield ExpectedFeed(
                sender,
                period,
                _deadline(level, day, rules),
                _first_received_at(listings.accepted.get((sender, period.code), [])),
                frozenset(code for code in in_force if nearest[code] == sender),
            )


def _nearest_sender(code: str, day: date, units: Units, calendar: list[CalendarRow]) -> str | None:
    """The unit itself, or the nearest one above it, that the calendar requires to send feeds."""
    levels = {row.level for row in calendar}
    return next((each for each in units.ancestry(code, day) if units.level(each, day) in levels), None)


def _deadline(level: str, day: date, rules: Rules) -> datetime:
    limit = rules.limit_after("feed_due_days", level, day)
    if limit is None:
        raise ValueError(f"no rule says when a feed of {level} is due after {day}")
    return end_of(limit)


def _first_received_at(versions: list[Feed]) -> datetime | None:
    return min((feed.received_at for feed in versions), default=None)

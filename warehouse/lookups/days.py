"""Intervals of dates [since, until): intersection, gaps, formatting. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FOREVER = date.max
"""The end of a row without `valid_to`."""


@dataclass(frozen=True)
class Days:
    """The days from `since` (inclusive) to `until` (exclusive)."""

    since: date
    until: date

    def meets(self, other: "Days") -> bool:
        """Return whether the two intervals overlap."""
        return self.since < other.until and other.since < self.until

    def __str__(self) -> str:
        if self.until == FOREVER:
            return f"từ ngày {day_in_words(self.since)} trở đi"
        last = self.until - timedelta(days=1)
        if last == self.since:
            return f"ngày {day_in_words(self.since)}"
        return f"từ ngày {day_in_words(self.since)} đến hết ngày {day_in_words(last)}"


def day_in_words(day: date) -> str:
    """Format a date as dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"


def not_covered(needed: Iterable[Days], covered: Iterable[Days]) -> list[Days]:
    """Return the days of `needed` outside all of `covered`, in as few intervals as possible, oldest first."""
    found: list[Days] = []
    by_day = sorted(covered, key=lambda days: days.since)
    for days in joined(needed):
        start = days.since
        for other in by_day:
            if other.since > start:
                found.append(Days(start, min(other.since, days.until)))
            start = max(start, other.until)
            if start >= days.until:
                break
        if start < days.until:
            found.append(Days(start, days.until))
    return found


def joined(spells: Iterable[Days]) -> list[Days]:
    """Return the same days in as few intervals as possible, oldest first."""
    found: list[Days] = []
    for days in sorted(spells, key=lambda each: each.since):
        if found and days.since <= found[-1].until:
            found[-1] = Days(found[-1].since, max(found[-1].until, days.until))
        else:
            found.append(days)
    return found


def shared_days(some: Iterable[Days], others: Iterable[Days]) -> list[Days]:
    """Return the days in both, in as few intervals as possible, oldest first."""
    pairs = ((one, other) for one in some for other in others)
    common = (Days(max(one.since, other.since), min(one.until, other.until)) for one, other in pairs)
    return joined(days for days in common if days.since < days.until)

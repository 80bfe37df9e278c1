"""Units over time: when they existed, their level and the units above them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from tests.oracle.inputs import UnitRow


@dataclass(frozen=True, slots=True)
class Stay:
    """Days [first, until) during which a unit had one level and one `ancestry`: itself and the units above it."""

    first: date
    until: date
    level: str
    ancestry: tuple[str, ...]


class Units:
    """The effective-dated units.

    A unit keeps its last position after its end, and takes its first position before its beginning.
    """

    def __init__(self, rows: list[UnitRow]) -> None:
        self._rows: dict[str, list[UnitRow]] = {}
        for row in sorted(rows, key=lambda each: each.valid_from):
            self._rows.setdefault(row.code, []).append(row)
        changes = {day for row in rows for day in (row.valid_from, row.valid_to)}
        self._changes = sorted(changes | {date.min, date.max})
        self.stays = cache(self._stays)

    def codes(self) -> Iterator[str]:
        """The codes of all units, past and present."""
        return iter(self._rows)

    def rows(self, code: str) -> list[UnitRow]:
        """The rows of a unit, by first day of validity."""
        return self._rows[code]

    def in_force(self, code: str, day: date) -> bool:
        """True if the unit existed on the day."""
        return any(row.valid_from <= day < row.valid_to for row in self._rows[code])

    def in_force_between(self, code: str, first: date, last: date) -> bool:
        """True if the unit existed on a day from `first` to `last`."""
        return any(row.valid_from <= last and first < row.valid_to for row in self._rows[code])

    def lifetimes(self, code: str) -> list[tuple[date, date]]:
        """The spans [first, until) during which the unit existed, under any name and parent."""
        found: list[tuple[date, date]] = []
        for row in self._rows[code]:
            continues = found and found[-1][1] >= row.valid_from
            found.append((found.pop()[0] if continues else row.valid_from, row.valid_to))
        return found

    def level(self, code: str, day: date) -> str:
        """The level of a unit on a day."""
        return self._row(code, day).level

    def ancestry(self, code: str, day: date) -> tuple[str, ...]:
        """The unit followed by all units above it on a day."""
        parent = self._row(code, day).parent
        return (code, *(self.ancestry(parent, day) if parent else ()))

    def _row(self, code: str, day: date) -> UnitRow:
        started = [row for row in self._rows[code] if row.valid_from <= day]
        return started[-1] if started else self._rows[code][0]

    def _stays(self, code: str) -> tuple[Stay, ...]:
        """Return the stays of a unit, which divide all of time where its position changes."""
        found: list[Stay] = []
        for first, until in pairwise(self._changes):
            level, ancestry = self.level(code, first), self.ancestry(code, first)
            continues = found and (found[-1].level, found[-1].ancestry) == (level, ancestry)
            found.append(Stay(found.pop().first if continues else first, until, level, ancestry))
        return tuple(found)

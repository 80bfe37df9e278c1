"""Units through time: which were in force, at which level, under which others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from tests.oracle.landed import UnitRow


@dataclass(frozen=True, slots=True)
class Stay:
    """Days [first, until) through which a unit had one level and stood under the same units, itself the first."""

    first: date
    until: date
    level: str
    line: tuple[str, ...]


class Units:
    """The effective-dated units. A unit that ended stays where it stood last, one to come where it will stand first."""

    def __init__(self, rows: list[UnitRow]) -> None:
        self._rows: dict[str, list[UnitRow]] = {}
        for row in sorted(rows, key=lambda each: each.valid_from):
            self._rows.setdefault(row.code, []).append(row)
        changes = {day for row in rows for day in (row.valid_from, row.valid_to)}
        self._changes = sorted(changes | {date.min, date.max})
        self.stays = cache(self._stays)

    def codes(self) -> Iterator[str]:
        """Every unit that ever was."""
        return iter(self._rows)

    def rows(self, code: str) -> list[UnitRow]:
        """The spells of validity of a unit, by day."""
        return self._rows[code]

    def in_force(self, code: str, day: date) -> bool:
        """True if the unit existed on the day."""
        return any(row.valid_from <= day < row.valid_to for row in self._rows[code])

    def in_force_between(self, code: str, first: date, last: date) -> bool:
        """True if the unit existed on a day from `first` to `last`."""
        return any(row.valid_from <= last and first < row.valid_to for row in self._rows[code])

    def existing(self, code: str) -> list[tuple[date, date]]:
        """The days [first, until) through which the unit existed, under whatever name and parent."""
        found: list[tuple[date, date]] = []
        for row in self._rows[code]:
            goes_on = found and found[-1][1] >= row.valid_from
            found.append((found.pop()[0] if goes_on else row.valid_from, row.valid_to))
        return found

    def level(self, code: str, day: date) -> str:
        """The level of a unit on a day."""
        return self._row(code, day).level

    def line(self, code: str, day: date) -> tuple[str, ...]:
        """The unit and all units above it on a day, upwards."""
        parent = self._row(code, day).parent
        return (code, *(self.line(parent, day) if parent else ()))

    def _row(self, code: str, day: date) -> UnitRow:
        begun = [row for row in self._rows[code] if row.valid_from <= day]
        return begun[-1] if begun else self._rows[code][0]

    def _stays(self, code: str) -> tuple[Stay, ...]:
        """All of time, cut where the place of the unit changes."""
        found: list[Stay] = []
        for first, until in pairwise(self._changes):
            level, line = self.level(code, first), self.line(code, first)
            goes_on = found and (found[-1].level, found[-1].line) == (level, line)
            found.append(Stay(found.pop().first if goes_on else first, until, level, line))
        return tuple(found)

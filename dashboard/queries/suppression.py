"""Which counts a reader with a least count sees, so that no difference of shown figures gives a small count away.

A count is small if it is above 0 and below the least count; 0 may be shown. What such a reader sees is cut to figures
of all fields together, in the Party calendar, of subtrees and of the province. Then, for each group of counts, from the
longest periods to the shortest and from the province down, a unit is shown in a block of periods only if

1. the unit above it is shown in that block, and the unit itself in the longer period that the block adds up to;
2. none of its counts, nor any count that a difference of its shown counts gives, is small in a piece of the block;
3. what remains of the unit above without its shown units is not small either. Else more of them are hidden.

Why that is enough: for one quantity, take the hidden rows of a family (the unit above alone is always one of them) and
the columns of a block. The shown figures give away the sums of the columns (3), and of the rows that are shown in the
longer period (1); all of them are 0 or not small. A table of counts with given sums of rows and columns has, in a cell,
every value from max(0, row + column - total) to min(row, column). That is a single value only if row or column is 0 or
makes up the whole total: then the cell is 0 or equal to a sum that is not small. So a small count is never determined.
Changing a table this way moves events between units that are hidden together and periods that are hidden together, so
no other family, block or longer period changes, and every combination of shown figures stays what it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from dashboard.model import Period, Subject
from dashboard.queries.count_blocks import Block, Piece, blocks_of
from dashboard.queries.count_cells import PERIOD_TYPES, PROVINCE, Cell, CountTable, Key, key_of, read_counts
from dashboard.queries.count_groups import GROUPS, KPI_GROUPS, OPEN_KPIS, Count, CountGroup
from dashboard.queries.scope import Connection

TOLERANCE = 1e-9
"""Counts of obligations are sums of fractions."""
Shown = frozenset[tuple[str, Key]]
"""Subjects and periods in which a group of counts is shown."""


def within_surface(period: Period) -> bool:
    """Return whether a reader with a least count may ask for a period. Two calendars would overlap, and their
    differences be days."""
    return period.calendar == "party" and period.period_type in PERIOD_TYPES


@dataclass(frozen=True)
class Suppression:
    """The subjects and periods in which each group of counts is shown."""

    shown: Mapping[str, Shown]

    def hides(self, kpi_code: str, subject: Subject, period: Period, field_code: str = "ALL") -> bool:
        """Return whether a figure is hidden."""
        if kpi_code in OPEN_KPIS:
            return False
        groups = KPI_GROUPS.get(kpi_code, ())
        return not groups or any(self.hides_group(group, subject, period, field_code) for group in groups)

    def hides_group(self, group: str, subject: Subject, period: Period, field_code: str = "ALL") -> bool:
        """Return whether a group of counts is hidden; always outside what such a reader may ask for."""
        if subject.kind not in {"subtree", "province"} or field_code != "ALL" or not within_surface(period):
            return True
        unit = PROVINCE if subject.kind == "province" else subject.id or "?"
        return (unit, key_of(period)) not in self.shown[group]


@lru_cache(maxsize=3)
def suppression_of(con: Connection, least: int) -> Suppression:
    """Return what a reader with a least count sees of a snapshot; as many results are kept as snapshots stay open."""
    return suppress(read_counts(con), least)


def suppress(table: CountTable, least: int) -> Suppression:
    """Return which counts are shown if those from 1 to below `least` must not be known. Pure."""
    shown: dict[str, Shown] = {}
    for group in GROUPS:
        shown[group.name] = _Choice(table, group, least, shown).shown()
    return Suppression(shown)


@dataclass
class _Choice:
    """The choice for one group of counts, given what is shown of the groups before it."""

    table: CountTable
    group: CountGroup
    least: int
    before: Mapping[str, Shown]
    found: set[tuple[str, Key]] = field(default_factory=set)

    def shown(self) -> Shown:
        for block in blocks_of(self._calendar(), self._moves()):
            units = self._units_of(block)
            self.found |= {(unit, key) for unit in units for key in block.periods}
        return frozenset(self.found)

    def _calendar(self) -> list[Period]:
        """Return the periods to decide on: while the province's own count of the running quarter is small, those that
        have ended, so that a new quarter does not hide the year and the term before it."""
        calendar = self.table.calendar
        running = next((each for each in calendar if each.period_type == "quarter" and each.is_running), None)
        if running is None or self._is_fine(PROVINCE, running):
            return list(calendar)
        return [each for each in calendar if each.cutoff < running.cutoff]

    def _is_fine(self, unit: str, period: Period) -> bool:
        cell = self._cell(unit, key_of(period))
        return not any(self._is_small(_value(cell, count)) for count in self.group.counts if not count.of_term)

    def _moves(self) -> frozenset[date]:
        return frozenset(day for days in self.table.hierarchy.moves().values() for day in days)

    def _units_of(self, block: Block) -> set[str]:
        """Return the province and the units that are shown in a block."""
        units = {unit for unit in (PROVINCE, *self.table.hierarchy.spells) if self._may_show(unit, block)}
        while hidden := self._without_parent(units, block) or self._complement(units, block):
            units -= hidden
        return units

    def _may_show(self, unit: str, block: Block) -> bool:
        """Return whether a unit, taken alone, may be shown in a block."""
        needed = (*((self.found, key) for key in block.within),
                  *((self.before[name], key) for name in self.group.needs for key in block.periods))  # fmt: skip
        if not all((unit, key) in shown for shown, key in needed) or self._moves_within_quarter(unit):
            return False
        counts = list(self._counts(unit, block))
        cells = [self._cell(unit, key) for key in block.periods]
        values = (_value(cell, count) for cell in cells for count in counts)
        pieces = (self._in_piece(unit, piece, count) for piece in block.pieces for count in counts)
        return not any(self._is_small(value) for value in (*values, *pieces))

    def _moves_within_quarter(self, unit: str) -> bool:
        """Return whether a unit comes under another one on a day on which no quarter begins."""
        starts = {each.start for each in self.table.calendar if each.period_type == "quarter"}
        latest = max((each.cutoff.date() for each in self.table.calendar), default=date.min)
        earliest = min(starts, default=date.max)
        return any(earliest < day <= latest and day not in starts for day in self._days_of(unit))

    def _days_of(self, unit: str) -> tuple[date, ...]:
        return () if unit == PROVINCE else self.table.hierarchy.moves()[unit]

    def _without_parent(self, units: set[str], block: Block) -> set[str]:
        above = self.table.hierarchy.above
        days = {piece.day for piece in block.pieces}
        return {unit for unit in units - {PROVINCE} if not {above(unit, day) for day in days} <= units}

    def _complement(self, units: set[str], block: Block) -> set[str]:
        """Return a unit to hide so that what remains of the unit above it is less small; {} if nothing is small."""
        for parent in sorted(units):
            small = [(piece, count) for piece, count in self._sums(parent, block)
                     if self._is_small(self._rest(parent, piece, count, units))]  # fmt: skip
            below = sorted(units & {child for piece, _ in small for child in self._below(parent, piece.day)})
            if small and below:
                return {min(below, key=lambda child: self._worth(child, small))}
        return set()

    def _worth(self, child: str, small: Sequence[tuple[Piece, Count]]) -> tuple[int, float]:
        """Return the order in which units are hidden: those that enlarge most of the small remains, the smallest of
        them first."""
        values = [self._in_piece(child, piece, count) for piece, count in small]
        return -sum(value > TOLERANCE for value in values), sum(values)

    def _rest(self, parent: str, piece: Piece, count: Count, units: set[str]) -> float:
        shown = units & self._below(parent, piece.day)
        return self._in_piece(parent, piece, count) - sum(self._in_piece(each, piece, count) for each in shown)

    def _below(self, parent: str, day: date) -> set[str]:
        hierarchy = self.table.hierarchy
        return {unit for unit in hierarchy.spells if hierarchy.above(unit, day) == parent}

    def _sums(self, unit: str, block: Block) -> Iterator[tuple[Piece, Count]]:
        counts = list(self._counts(unit, block))
        return ((piece, count) for piece in block.pieces for count in counts)

    def _counts(self, unit: str, block: Block) -> Iterator[Count]:
        """Yield the counts that the unit's shown figures of a block give away."""
        for count in self.group.counts:
            known = all(any((unit, key) in self.before[name] for key in block.periods) for name in count.beside)
            if known and (block.is_term or not count.of_term):
                yield count

    def _in_piece(self, unit: str, piece: Piece, count: Count) -> float:
        if not count.adds_up:
            return 0 if piece.whole is None else _value(self._cell(unit, piece.whole), count)
        added = sum(_value(self._cell(unit, key), count) for key in piece.plus)
        return added - sum(_value(self._cell(unit, key), count) for key in piece.minus)

    def _cell(self, unit: str, key: Key) -> Cell:
        return self.table.cells.get((unit, key), {})

    def _is_small(self, value: float) -> bool:
        return TOLERANCE < abs(value) < self.least - TOLERANCE


def _value(cell: Cell, count: Count) -> float:
    return sum(cell.get(name, 0) for name in count.plus) - sum(cell.get(name, 0) for name in count.minus)

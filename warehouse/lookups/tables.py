"""A lookup with parsed values: its rows, and the faults of its cells. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial

from warehouse.lookups.cells import Reading, Value, read_cell
from warehouse.lookups.csv_text import Record, Unreadable, read_records, uneven
from warehouse.lookups.days import FOREVER, Days
from warehouse.lookups.definitions import Lookup
from warehouse.lookups.faults import LookupFault
from warehouse.lookups.vocabulary import Vocabulary


@dataclass(frozen=True)
class Row:
    """A row: its row number in a spreadsheet, its cells as text, and the values of its readable cells."""

    number: int
    texts: Mapping[str, str]
    values: Mapping[str, Value]

    def text(self, column: str) -> str:
        """Return a code or text; "" if blank or unreadable."""
        value = self.values.get(column)
        return value if isinstance(value, str) else ""

    def day(self, column: str) -> date | None:
        """Return a date; None if blank or unreadable."""
        value = self.values.get(column)
        return value if isinstance(value, date) else None

    def number_in(self, column: str) -> float | None:
        """Return a number; None if blank or unreadable."""
        value = self.values.get(column)
        return value if isinstance(value, int | float) else None

    def has(self, *columns: str) -> bool:
        """Whether these cells are readable; a blank cell is, if its column allows it."""
        return all(column in self.values for column in columns)

    @cached_property
    def spell(self) -> "Spell | None":
        """Return the row with its validity; None if a date is unreadable or the dates are reversed."""
        since, until = self.day("valid_from"), self.day("valid_to") or FOREVER
        if since is None or not self.has("valid_to") or since >= until:
            return None
        return Spell(self, Days(since, until))


@dataclass(frozen=True)
class Spell:
    """A row and its days of validity."""

    row: Row
    days: Days


@dataclass(frozen=True)
class Table:
    """The rows of a lookup; none, and not `is_read`, if the file could not be read."""

    lookup: Lookup
    rows: tuple[Row, ...] = ()
    is_read: bool = True

    def fault(self, row: Row | None, column: str, message: str, remedy: str) -> LookupFault:
        """Return a fault of a cell in this table, of a whole row (`column` is ""), or of the file (`row` is None)."""
        value = row.texts.get(column, "") if row else ""
        return LookupFault(self.lookup.file, row.number if row else None, column, value, message, remedy)

    def codes(self, column: str) -> frozenset[str]:
        """Return all codes in `column`, including those in faulty rows, so that one fault does not cause others."""
        known: set[str] = set()
        for row in self.rows:
            known.update(["".join(row.texts.get(column, "").split())] if row.values else row.texts.values())
        return frozenset(known)


def read_table(lookup: Lookup, data: bytes | None, vocabulary: Vocabulary) -> tuple[Table, list[LookupFault]]:
    """Return the table in the file, and the faults of its cells; `data` is None if the file does not exist."""
    if data is None:
        missing = LookupFault(
            lookup.file, None, "", "", "Không có tệp này.", "Chép lại tệp; «doithoai init» tạo tệp mặc định còn thiếu."
        )
        return Table(lookup, is_read=False), [missing]
    try:
        records = read_records(lookup, data)
    except Unreadable as unreadable:
        return Table(lookup, is_read=False), [unreadable.fault]
    # dates, levels and types repeat from row to row: each distinct text of a column is parsed once
    readers = {it.name: cache(partial(read_cell, it, vocabulary=vocabulary)) for it in lookup.columns}
    read = [_row(lookup, record, readers) for record in records]
    return Table(lookup, tuple(row for row, _ in read)), [fault for _, faults in read for fault in faults]


def _row(
    lookup: Lookup, record: Record, readers: Mapping[str, Callable[[str], Reading]]
) -> tuple[Row, list[LookupFault]]:
    if record.cell_count != len(lookup.columns):
        return Row(record.number, record.cells, {}), [uneven(lookup, record)]
    readings = {name: read(record.cells[name]) for name, read in readers.items()}
    values = {name: reading.value for name, reading in readings.items() if not reading.problem}
    row = Row(record.number, record.cells, values)
    return row, list(_cell_faults(Table(lookup), row, readings))


def _cell_faults(table: Table, row: Row, readings: Mapping[str, Reading]) -> Iterator[LookupFault]:
    for name, reading in readings.items():
        if reading.problem:
            yield table.fault(row, name, reading.problem, reading.remedy)


def in_order(faults: Sequence[LookupFault], files: Sequence[str]) -> list[LookupFault]:
    """Sort faults by file, faults of the whole file first, then by row."""
    return sorted(faults, key=lambda fault: (files.index(fault.file), fault.row or 0))

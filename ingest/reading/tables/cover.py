"""Read a cover: a list of labels and values, or a table with one row. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from ingest.contract.vocabulary import Vocabulary
from ingest.model.received import ReceivedColumn, ReceivedSheet, SheetKind
from ingest.parsing.encodings import column_encodings
from ingest.parsing.text import repair_text
from ingest.reading import obstacles
from ingest.reading.grid import Grid, column_letter
from ingest.reading.tables.header import find_header, spellings
from ingest.reading.tables.sheets import SheetsRead, read_table

_ZONE = 500


@dataclass(frozen=True)
class _Entry:
    """A label and its value, with their grid row and the column of the value."""

    field: str
    label: str
    row: int
    column: int
    value: str | None


def read_cover(grid: Grid, vocabulary: Vocabulary) -> SheetsRead:
    """Read the cover; a list of labels becomes one row, and `columns` have the cell of each value."""
    entries = list(_entries(grid, vocabulary))
    header = find_header(grid, SheetKind.COVER, vocabulary)
    if header and header.known() > len({entry.row for entry in entries}):
        return read_table(grid, SheetKind.COVER, vocabulary)
    twice = [entry for index, entry in enumerate(entries) if entry.field in {e.field for e in entries[:index]}]
    if twice:
        return SheetsRead((), (obstacles.duplicate_column(grid.name, twice[0].label, _place(grid, twice[0])),))
    if not entries:
        return SheetsRead((), (obstacles.no_header(grid.name, grid.head()),))
    return SheetsRead((_sheet(grid, entries),))


def is_cover(grid: Grid, vocabulary: Vocabulary) -> bool:
    """Whether a grid of any name is a cover: labels of the cover stand in at least three rows."""
    return len({entry.row for entry in _entries(grid, vocabulary)}) >= 3


def _entries(grid: Grid, vocabulary: Vocabulary) -> Iterator[_Entry]:
    for row in range(min(grid.length, _ZONE)):
        cells = grid.row(row)
        taken = -1
        for column, cell in enumerate(cells):
            if cell is None or column <= taken:
                continue
            if entry := _entry(cells, row, column, vocabulary):
                taken = entry.column
                yield entry


def _entry(cells: list[str | None], row: int, column: int, vocabulary: Vocabulary) -> _Entry | None:
    cell = cells[column] or ""
    if found := _label(cell, vocabulary):
        place = next((at for at in range(column + 1, len(cells)) if cells[at]), None)
        if place is None or _label(cells[place] or "", vocabulary):
            return _Entry(*found, row, column + 1, None)
        return _Entry(*found, row, place, cells[place])
    label, colon, value = cell.partition(":")
    found = _label(label, vocabulary) if colon and value.strip() else None
    return _Entry(*found, row, column, value.strip()) if found else None


def _label(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    for spelling in spellings(text) if len(text) <= 200 else ():
        if field := vocabulary.field_of(SheetKind.COVER, spelling):
            return field, (repair_text(spelling).value or "").rstrip(" :")
    return None


def _sheet(grid: Grid, entries: list[_Entry]) -> ReceivedSheet:
    number = pa.array([grid.number(entries[0].row)], pa.int32())
    values = {entry.field: pa.array([entry.value], pa.string()) for entry in entries}
    encodings = column_encodings([[entry.value for entry in entries]]) * len(entries)
    columns = tuple(
        ReceivedColumn(entry.field, entry.label, column_letter(entry.column), encoding, grid.number(entry.row))
        for entry, encoding in zip(entries, encodings, strict=True)
    )
    return ReceivedSheet(
        kind=SheetKind.COVER,
        name=grid.name,
        header_row=grid.number(entries[0].row),
        columns=columns,
        rows=pa.table({"row_number": number, **values}),
        hidden=grid.hidden,
    )


def _place(grid: Grid, entry: _Entry) -> str:
    return f"{column_letter(entry.column)}{grid.number(entry.row)}"

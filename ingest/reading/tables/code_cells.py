"""Cells in code columns that do not hold the code as text: numbers in custom formats, and dates. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import pyarrow as pa

from ingest.model.received import NoCode
from ingest.parsing.dated_codes import date_evidence
from ingest.reading.grid import Grid


def with_shown(grid: Grid, columns: Collection[int]) -> Grid:
    """The grid with displayed texts in place of the numbers in these columns; `stored` keeps the numbers."""
    changes: dict[int, dict[int, str]] = {}
    for (row, column), shown in grid.shown.items():
        if column in columns and shown.text and row < grid.length:
            changes.setdefault(column, {})[row] = shown.text
    cells = list(grid.columns)
    stored: dict[tuple[int, int], str] = {}
    for at, texts in changes.items():
        found = cells[at].to_pylist()
        for row, text in texts.items():
            if found[row] is not None and found[row] != text:
                stored[row, at], found[row] = found[row], text
        cells[at] = pa.chunked_array([pa.array(found, pa.string())])
    return replace(grid, columns=tuple(cells), stored=stored)


def shown_cells(grid: Grid, places: Mapping[str, int], rows: Iterable[int]) -> Iterable[tuple[str, int, str]]:
    """Yield field, row number and stored number of each cell that was read as displayed."""
    for row in rows:
        for field, at in places.items():
            if stored := grid.stored.get((row, at)):
                yield field, grid.number(row), stored


def no_codes(grid: Grid, places: Mapping[str, int], rows: Collection[int]) -> frozenset[NoCode]:
    """The texts in these code columns that are dates, or numbers in a format that is not supported."""
    return frozenset((*_dates(grid, places, rows), *_unsure(grid, places, rows)))


def _dates(grid: Grid, places: Mapping[str, int], rows: Collection[int]) -> Iterable[NoCode]:
    for field, at in places.items():
        runs = grid.dates.get(at, ())
        for row in rows if runs else ():
            text = grid.columns[at][row].as_py()
            if text and any(row in run for run in runs):
                yield NoCode(field, text, "date_code", date_evidence(text))


def _unsure(grid: Grid, places: Mapping[str, int], rows: Collection[int]) -> Iterable[NoCode]:
    fields = {at: field for field, at in places.items()}
    wanted = frozenset(rows)
    for (row, at), shown in grid.shown.items():
        if at in fields and shown.text is None and row in wanted and (text := grid.columns[at][row].as_py()):
            yield NoCode(fields[at], text, "unsure_format", shown.pattern)

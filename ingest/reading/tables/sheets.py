"""Convert a grid to sheets of the contract. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ingest.contract.vocabulary import Vocabulary
from ingest.model.received import Encoding, Obstacle, ReceivedColumn, ReceivedSheet, SheetKind, SkippedLine
from ingest.parsing.encodings import column_encodings
from ingest.reading import obstacles
from ingest.reading.grid import Grid, column_letter
from ingest.reading.tables.code_cells import no_codes, shown_cells, with_shown
from ingest.reading.tables.header import (
    Header,
    duplicated,
    find_header,
    header_at,
    header_rows,
    headers_of,
    most_telling,
    tables_beside,
)
from ingest.reading.tables.rows import TableColumns, skipped_line, sort_rows

_SAMPLE = 4_000


@dataclass(frozen=True)
class SheetsRead:
    """The sheets and obstacles of one grid."""

    sheets: tuple[ReceivedSheet, ...]
    obstacles: tuple[Obstacle, ...] = ()


def read_table(grid: Grid, kind: SheetKind, vocabulary: Vocabulary) -> SheetsRead:
    """Read the sheet of this kind in the grid; several sheets if blocks with their own headers have other columns."""
    header = find_header(grid, kind, vocabulary)
    if header is None:
        return SheetsRead((), (obstacles.no_header(grid.name, grid.head()),))
    if beside := tables_beside(header):
        ranges = header_ranges(beside, grid.number(header.bottom))
        return SheetsRead((), (obstacles.side_by_side(grid.name, ranges),))
    twice = tuple(_duplicate(grid.name, header, field) for field in duplicated(header))
    if twice:
        return SheetsRead((), twice)
    shared = set(vocabulary.shared_of(kind))
    if grid.shown:
        shown = set(vocabulary.shown_of(kind))
        grid = with_shown(grid, {i for i, each in enumerate(header.fields) if each in shown})
    grid = with_merged_filled(grid, header.bottom + 1, {i for i, each in enumerate(header.fields) if each in shared})
    headers = [header, *_later_headers(grid, header, kind, vocabulary)]
    bounds = [*(later.top for later in headers[1:]), grid.length]
    blocks = [_block(grid, each, stop, kind, vocabulary) for each, stop in zip(headers, bounds, strict=True)]
    blocks[0] = replace(blocks[0], set_aside=titles_above(grid, header) + blocks[0].set_aside)
    return SheetsRead(tuple(_joined(blocks)))


def titles_above(grid: Grid, header: Header) -> tuple[SkippedLine, ...]:
    """The non-blank lines above the header, with all their cells."""
    everywhere = range(len(grid.columns))
    return tuple(skipped_line(grid, row, "title", everywhere) for row in range(header.top) if any(grid.row(row)))


def table_columns(header: Header, kind: SheetKind, vocabulary: Vocabulary) -> TableColumns:
    """The columns that tell data rows from other lines; without a key column, all known columns are keys."""
    places = places_of(header)
    key = [places[field] for field in vocabulary.key_of(kind) if field in places] or list(places.values())
    return TableColumns(tuple(places.values()), tuple(key), grouped=kind is not SheetKind.COVER)


def places_of(header: Header) -> dict[str, int]:
    """The index of each known field's column."""
    return {field: index for index, field in enumerate(header.fields) if field is not None}


def kept_columns(header: Header, vocabulary: Vocabulary) -> list[int]:
    """The columns whose cells are stored for skipped lines: known ones, row numbers, and those without a header."""
    return [at for at, field in enumerate(header.fields) if field or vocabulary.is_ignored(header.texts[at])]


def header_ranges(columns: Iterable[tuple[int, int]], row: int) -> list[str]:
    """The cell ranges of headers side by side in one row, such as `A1:J1`."""
    return [f"{column_letter(first)}{row}:{column_letter(last)}{row}" for first, last in columns]


def with_merged_filled(grid: Grid, start: int, shared: Collection[int]) -> Grid:
    """The grid with blocks that are merged down a `shared` column (from row `start`) filled with their value.

    A merged count, text or key does not apply to each row: such blocks are left unchanged.
    """
    columns = list(grid.columns)
    fills: dict[int, list[tuple[int, int]]] = {}
    for block in grid.merged:
        if block.left == block.right and block.left in shared and start <= block.top <= block.bottom < grid.length:
            fills.setdefault(block.left, []).append((block.top, block.bottom))
    for index, spans in fills.items():
        cells = columns[index].to_pylist()
        for top, bottom in spans:
            cells[top : bottom + 1] = [cells[top]] * (bottom + 1 - top)
        columns[index] = pa.chunked_array([pa.array(cells, pa.string())])
    return replace(
        grid, columns=tuple(columns), filled_down={at: _below(grid, at, spans) for at, spans in fills.items()}
    )


def _below(grid: Grid, column: int, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The rows with a blank cell below the first row of a span that has a value."""
    cells = grid.columns[column]
    told = [(top, bottom) for top, bottom in spans if cells[top].is_valid]
    return frozenset(row for top, bottom in told for row in range(top + 1, bottom + 1) if not cells[row].is_valid)


def header_cells(bottom: Sequence[str | None], header: Header, kind: SheetKind, vocabulary: Vocabulary) -> set[str]:
    """The texts of the key columns in the last row of the header: every repeated header has one of them."""
    key = set(vocabulary.key_of(kind))
    return {
        text for text, field in zip(bottom, header.fields, strict=True) if text and field and (field in key or not key)
    }


def _later_headers(grid: Grid, first: Header, kind: SheetKind, vocabulary: Vocabulary) -> list[Header]:
    """Repeated headers further down: rows with a key column's header text that form a header.

    They have at least half as many known fields as the first.
    """
    words = header_cells(grid.row(first.bottom), first, kind, vocabulary)
    rows = sorted(_rows_holding(grid, words, first.bottom + 1))
    header_words = headers_of(kind, vocabulary)
    found: list[Header] = []
    for row in rows:
        top = max(found[-1].bottom + 1 if found else first.bottom + 1, row - 2)
        window = header_rows(grid, top, row + 1)
        here = [header for at in range(len(window)) if (header := header_at(window, at, header_words))]
        best = most_telling(here)
        if best and best.known() * 2 >= first.known():
            found.append(replace(best, top=best.top + top, bottom=best.bottom + top))
    return found


def _rows_holding(grid: Grid, words: set[str], start: int) -> set[int]:
    values = pa.array(sorted(words), pa.string())
    rows: set[int] = set()
    for column in grid.columns:
        rows.update(pc.indices_nonzero(pc.is_in(column.slice(start), value_set=values)).to_pylist())
    return {row + start for row in rows}


def _block(grid: Grid, header: Header, stop: int, kind: SheetKind, vocabulary: Vocabulary) -> ReceivedSheet:
    places = places_of(header)
    found = sort_rows(grid, header.bottom + 1, stop, table_columns(header, kind, vocabulary))
    rows = _picked(
        pa.table({"row_number": grid.numbers, **{f: grid.columns[at] for f, at in places.items()}}), found.data
    )
    encodings = sampled_encodings([rows[field] for field in places])
    kept = kept_columns(header, vocabulary)
    codes = {field: at for field, at in places.items() if field in vocabulary.codes_of(kind)}
    numbers = (grid.number(row) for row in found.data.tolist() if row in grid.hidden_rows) if grid.hidden_rows else ()
    return ReceivedSheet(
        kind=kind,
        name=grid.name,
        header_row=grid.number(header.bottom),
        columns=_columns(header, dict(zip(places, encodings, strict=True))),
        rows=rows,
        set_aside=tuple(skipped_line(grid, row, reason, kept) for row, reason in found.skipped),
        hidden=grid.hidden,
        hidden_rows=tuple(numbers),
        filled_down=tuple(_filled_cells(grid, places, found.data.tolist())) if grid.filled_down else (),
        headerless=tuple(_headerless(grid, header, found.data)),
        zeros=tuple(_zeros(grid, places, found.data.tolist())) if grid.zeros else (),
        shown=tuple(shown_cells(grid, places, found.data.tolist())) if grid.stored else (),
        no_codes=no_codes(grid, codes, found.data.tolist()) if grid.shown or grid.dates else frozenset(),
        unread=grid.unread,
    )


def _filled_cells(grid: Grid, places: Mapping[str, int], rows: Sequence[int]) -> Iterable[tuple[str, int]]:
    for field, at in places.items():
        filled = grid.filled_down.get(at, frozenset())
        yield from ((field, grid.number(row)) for row in rows if row in filled)


def _headerless(grid: Grid, header: Header, rows: npt.NDArray[np.int64]) -> Iterable[tuple[str, int]]:
    """Yield the columns with values in these rows but without a header, except leading columns of row numbers."""
    first = min((at for at, field in enumerate(header.fields) if field), default=0)
    for at, (field, text) in enumerate(zip(header.fields, header.texts, strict=True)):
        if field or text:
            continue
        cells = _picked(pa.table({"x": grid.columns[at]}), rows)["x"].drop_null()
        numbers = at < first and pc.all(pc.match_substring_regex(cells, r"^[0-9]{1,5}\.?$")).as_py()
        if len(cells) and not numbers:
            yield column_letter(at), len(cells)


def _zeros(grid: Grid, places: Mapping[str, int], rows: Sequence[int]) -> Iterable[tuple[str, int]]:
    yield from ((field, grid.number(row)) for row in rows for field, at in places.items() if (row, at) in grid.zeros)


def _picked(table: pa.Table, rows: npt.NDArray[np.int64]) -> pa.Table:
    """These rows of the table; a view if they are contiguous."""
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
        return table.slice(int(rows[0]), len(rows))
    return table.take(pa.array(rows))


def _columns(header: Header, encodings: dict[str, Encoding]) -> tuple[ReceivedColumn, ...]:
    return tuple(
        ReceivedColumn(field, text, column_letter(index), encodings.get(field or "", Encoding.UNICODE))
        for index, (field, text) in enumerate(zip(header.fields, header.texts, strict=True))
        if text
    )


def sampled_encodings(columns: Sequence[pa.ChunkedArray]) -> list[Encoding]:
    """The encoding of each column, judged by rows spread evenly over it."""
    picked = pa.array(sampled(len(columns[0]) if columns else 0))
    return column_encodings([column.take(picked).to_pylist() for column in columns])


def sampled(length: int) -> npt.NDArray[np.int64]:
    """The indices of up to 4,000 of `length` rows, spread evenly over them."""
    return np.unique(np.linspace(0, max(length - 1, 0), min(length, _SAMPLE), dtype=np.int64))


def _joined(blocks: list[ReceivedSheet]) -> list[ReceivedSheet]:
    """Join adjacent blocks with the same columns into one sheet; repeated headers become skipped lines."""
    sheets: list[ReceivedSheet] = []
    for block in blocks:
        same = sheets and _layout(sheets[-1]) == _layout(block)
        if not same:
            sheets.append(block)
            continue
        last = sheets[-1]
        repeated = SkippedLine(block.header_row, "header", " | ".join(column.header for column in block.columns))
        sheets[-1] = replace(
            last,
            rows=pa.concat_tables([last.rows, block.rows]),
            set_aside=(*last.set_aside, repeated, *block.set_aside),
            hidden_rows=last.hidden_rows + block.hidden_rows,
            filled_down=last.filled_down + block.filled_down,
            zeros=last.zeros + block.zeros,
            shown=last.shown + block.shown,
            no_codes=last.no_codes | block.no_codes,
        )
    return sheets


def _layout(sheet: ReceivedSheet) -> list[tuple[str, str]]:
    return [(column.field, column.letter) for column in sheet.columns if column.field is not None]


def _duplicate(sheet: str, header: Header, field: str) -> Obstacle:
    letters = [column_letter(index) for index, name in enumerate(header.fields) if name == field]
    text = header.texts[header.fields.index(field)]
    return obstacles.duplicate_column(sheet, text, ", ".join(letters))

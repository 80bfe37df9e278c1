"""A CSV file as a sheet: large, plain files are staged for DuckDB, all others are read whole."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from ingest.contract.vocabulary import Vocabulary
from ingest.model.received import CsvSource, ReceivedColumn, ReceivedSheet, SheetKind
from ingest.parsing.html_references import without_references
from ingest.reading import obstacles
from ingest.reading.csv import parse
from ingest.reading.csv.grid import Layout, grid_of, read_records
from ingest.reading.csv.parse import Record
from ingest.reading.csv.plain import is_plain
from ingest.reading.grid import Grid, column_letter
from ingest.reading.tables.cover import read_cover
from ingest.reading.tables.header import Header, duplicated, find_header
from ingest.reading.tables.kinds import kind_of_grid
from ingest.reading.tables.sheets import (
    SheetsRead,
    header_cells,
    kept_columns,
    read_table,
    table_columns,
    titles_above,
)

LARGE_BYTES = 8 << 20
_HEAD_BYTES = 1 << 18
_HEAD_RECORDS = 60
_TITLES = 1_000
"""Number of characters at the beginning of a file in which its header is expected."""


@dataclass(frozen=True)
class _Head:
    """The first records of a file, also as a grid with one row per record, and what they say about the file.

    `header` is None if no header was found.
    """

    delimiter: str
    kind: SheetKind
    header: Header | None
    records: tuple[Record, ...]
    grid: Grid


@dataclass(frozen=True)
class _Table:
    """The head of a file with a header, and the layout of the records below it."""

    head: _Head
    header: Header
    layout: Layout


def read_csv(path: Path, name: str, vocabulary: Vocabulary, workdir: Path) -> SheetsRead | None:
    """The sheet in the CSV file at `path`, called `name` (no extension); None if it is not a sheet of the contract.

    A file of 8 MiB or more is staged in `workdir` under a generated name; if it is plain, DuckDB scans it there later.
    """
    charset = parse.charset_of(path)
    if path.stat().st_size < LARGE_BYTES:
        return _read_whole(parse.decoded(path, charset), name, vocabulary)
    staged = parse.staged_utf8(path, charset, workdir / f"staged-{len(list(workdir.iterdir()))}.csv")
    text = parse.head_text(staged, _HEAD_BYTES)
    head = _head(text, name, vocabulary)
    if head is None:
        return None
    table = _table(head, name)
    if table and (source := _source(staged, text, table, vocabulary)):
        return SheetsRead((_staged_sheet(table, source),))
    return _read_whole(parse.decoded(staged, "utf-8"), name, vocabulary)


def _read_whole(text: str, name: str, vocabulary: Vocabulary) -> SheetsRead | None:
    head = _head(text, name, vocabulary)
    if head is None:
        return None
    if head.kind is SheetKind.COVER:
        records = parse.records(parse.readable(text), head.delimiter)
        return read_cover(grid_of(name, (record for record in records if record.cells)), vocabulary)
    table = _table(head, name)
    if table is None:
        return SheetsRead((), (obstacles.no_header(name, parse.readable(text[:_TITLES])),))
    read = read_records(parse.records(text, head.delimiter), table.layout)
    if len(read.refused) >= parse.MOST_BROKEN:
        return SheetsRead((), (obstacles.too_many_broken(name, parse.MOST_BROKEN),))
    found = read_table(read.grid, head.kind, vocabulary)
    return SheetsRead(found.sheets, (*found.obstacles, *read.refused))


def _head(text: str, name: str, vocabulary: Vocabulary) -> _Head | None:
    """Find delimiter, kind and header in the first records; None if the kind is unknown."""

    def score(cells: list[str]) -> int:
        plain = [without_references(cell) for cell in cells]
        return max(sum(vocabulary.field_of(kind, cell) is not None for cell in plain) for kind in SheetKind)

    delimiter = parse.best_delimiter(text, score)
    records = tuple(islice(parse.records(text, delimiter), _HEAD_RECORDS))
    shown = ([parse.readable(cell) for cell in record.cells or [""]] for record in records)
    grid = grid_of(name, (Record(number, cells) for number, cells in enumerate(shown, start=1)))
    kind = kind_of_grid(grid, vocabulary)
    return None if kind is None else _Head(delimiter, kind, find_header(grid, kind, vocabulary), records, grid)


def _table(head: _Head, name: str) -> _Table | None:
    if head.header is None:
        return None
    width = len(head.records[head.header.bottom].cells or [])
    return _Table(head, head.header, Layout(name, head.header.bottom + 1, width))


def _source(staged: Path, text: str, table: _Table, vocabulary: Vocabulary) -> CsvSource | None:
    """The source for a scan by DuckDB; None if the file must be read whole. `text` is the beginning of the file."""
    head, header, layout = table.head, table.header, table.layout
    cells = header_cells(head.grid.row(header.bottom), header, head.kind, vocabulary)
    if not _is_simple(table):
        return None
    above = text[: parse.end_of_records(text, head.delimiter, layout.header_row)]
    start = len(above.encode())
    if not is_plain(staged, start, head.delimiter, cells):
        return None
    is_one_line = layout.header_row == 1 and '"' not in above
    return CsvSource(
        path=staged if is_one_line else parse.with_plain_head(staged, start, layout.header_row),
        delimiter=head.delimiter,
        header_row=layout.header_row,
        fields=(*header.fields, *[None] * layout.width)[: layout.width],
        key=table_columns(header, head.kind, vocabulary).key,
        kept=tuple(at for at in kept_columns(header, vocabulary) if at < layout.width),
    )


def _is_simple(table: _Table) -> bool:
    """Whether the sheet is not a cover, every column has a header, and no field occurs twice.

    The records down to the header must not be broken either.
    """
    header, layout = table.header, table.layout
    texts = header.texts[: layout.width]
    above = read_records(table.head.records[: layout.header_row], layout)
    return table.head.kind is not SheetKind.COVER and all(texts) and not duplicated(header) and not above.refused


def _staged_sheet(table: _Table, source: CsvSource) -> ReceivedSheet:
    header = table.header
    fields = [field for field in source.fields if field]
    schema = pa.schema([("row_number", pa.int32()), *((field, pa.string()) for field in fields)])
    above = read_records(table.head.records[: source.header_row], table.layout).grid
    return ReceivedSheet(
        kind=table.head.kind,
        name=table.layout.name,
        header_row=source.header_row,
        columns=tuple(
            ReceivedColumn(field, text, column_letter(at))
            for at, (field, text) in enumerate(zip(header.fields, header.texts, strict=True))
            if text
        ),
        rows=schema.empty_table(),
        set_aside=titles_above(above, header),
        csv=source,
    )

"""A CSV file as a sheet: small ones as rows, large ones staged for DuckDB."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from ingest.contract.vocabulary import Vocabulary
from ingest.model.received import CsvSource, Obstacle, ReceivedColumn, ReceivedSheet, SetAside, SheetKind
from ingest.parsing.references import without_references
from ingest.reading import obstacles
from ingest.reading.csv import parse
from ingest.reading.csv.parse import Record
from ingest.reading.tables.cover import read_cover
from ingest.reading.tables.grid import Grid, column_letter, make_grid
from ingest.reading.tables.header import Header, duplicated, find_header, tables_beside
from ingest.reading.tables.kinds import kind_of_grid
from ingest.reading.tables.sheets import SheetsRead, header_ranges, read_table, sampled_encodings

LARGE_BYTES = 8 << 20
_HEAD_BYTES = 1 << 18
_HEAD_RECORDS = 60
_TITLES = 1_000
"""Letters at the beginning of a file in which its header stands."""


@dataclass(frozen=True)
class _Dialect:
    """How one file is written, and what it holds; `header` is None where no header was found."""

    charset: str
    delimiter: str
    kind: SheetKind
    header: Header | None


def read_csv(path: Path, name: str, vocabulary: Vocabulary, workdir: Path) -> SheetsRead | None:
    """The sheet in the CSV file at `path`, called `name` (no extension); None where it is none of the contract's.

    From 8 MiB on, and without NUL bytes, it is staged in `workdir` under a generated name.
    """
    charset = parse.charset_of(path)
    size = path.stat().st_size
    if size < LARGE_BYTES or parse.has_nul(path) != charset.startswith("utf-16"):
        return _read_whole(path, name, charset, vocabulary)
    return _read_staged(path, name, charset, vocabulary, workdir)


def _read_whole(path: Path, name: str, charset: str, vocabulary: Vocabulary) -> SheetsRead | None:
    text = parse.decoded(path, charset)
    dialect = _dialect(text, name, charset, vocabulary)
    if dialect is None:
        return None
    records = list(parse.records(text, dialect.delimiter))
    if sum(record.cells is None for record in records) >= parse.MOST_BROKEN:
        return SheetsRead((), (obstacles.too_many_broken(name, parse.MOST_BROKEN),))
    if dialect.kind is SheetKind.COVER:
        return read_cover(_grid(name, [record for record in records if record.cells]), vocabulary)
    if dialect.header is None:
        return SheetsRead((), (obstacles.no_header(name, text[:_TITLES]),))
    width = _width(records, dialect.header)
    refused = {record.number: found for record in records if (found := _refused(name, record, dialect.header, width))}
    grid = _grid(name, [record for record in records if record.cells and record.number not in refused])
    read = read_table(grid, dialect.kind, vocabulary)
    return SheetsRead(read.sheets, (*read.obstacles, *refused.values()))


def _read_staged(path: Path, name: str, charset: str, vocabulary: Vocabulary, workdir: Path) -> SheetsRead | None:
    staged = parse.staged_utf8(path, charset, workdir / f"staged-{len(list(workdir.iterdir()))}.csv")
    head = parse.head_text(staged, _HEAD_BYTES)
    dialect = _dialect(head, name, "utf-8", vocabulary)
    if dialect is None:
        return None
    header = dialect.header
    if header is None:
        return SheetsRead((), (obstacles.no_header(name, head[:_TITLES]),))
    if beside := tables_beside(header):
        return SheetsRead((), (obstacles.side_by_side(name, header_ranges(beside, header.bottom + 1)),))
    if twice := duplicated(header):
        return SheetsRead((), (obstacles.duplicate_column(name, twice[0], ""),))
    records = list(islice(parse.records(head, dialect.delimiter), header.bottom + 1))
    width = _width(records, header)
    source = CsvSource(
        path=parse.without_blank_lines(staged, dialect.delimiter, width),
        delimiter=dialect.delimiter,
        header_row=header.bottom + 1,
        fields=_to_width(header.fields, width),
        key=tuple(field for field in vocabulary.key_of(dialect.kind) if field in header.fields),
    )
    return SheetsRead((_staged_sheet(name, dialect.kind, header, source, records),))


def _dialect(text: str, name: str, charset: str, vocabulary: Vocabulary) -> _Dialect | None:
    """Delimiter, kind and header, from the first records."""

    def score(cells: list[str]) -> int:
        plain = [without_references(cell) for cell in cells]
        return max(sum(vocabulary.field_of(kind, cell) is not None for cell in plain) for kind in SheetKind)

    delimiter = parse.best_delimiter(text, score)
    head = [
        Record(record.number, record.cells or [""]) for record in islice(parse.records(text, delimiter), _HEAD_RECORDS)
    ]
    grid = _grid(name, head)
    kind = kind_of_grid(grid, vocabulary)
    return None if kind is None else _Dialect(charset, delimiter, kind, find_header(grid, kind, vocabulary))


def _staged_sheet(
    name: str, kind: SheetKind, header: Header, source: CsvSource, head: Sequence[Record]
) -> ReceivedSheet:
    samples = parse.sampled_records(source.path, source.delimiter, len(source.fields))
    texts = [pa.chunked_array([pa.array(values, pa.string())]) for values in zip(*samples, strict=True)]
    encodings = sampled_encodings(texts) if texts else []
    columns = tuple(
        ReceivedColumn(field, text, column_letter(index), encodings[index] if encodings else ReceivedColumn.encoding)
        for index, (field, text) in enumerate(zip(header.fields, header.texts, strict=True))
        if text
    )
    known = [field for field in source.fields if field]
    schema = pa.schema([("row_number", pa.int32()), *((field, pa.string()) for field in known)])
    return ReceivedSheet(
        kind=kind,
        name=name,
        header_row=source.header_row,
        columns=columns,
        rows=schema.empty_table(),
        set_aside=tuple(_titles(head[: header.top])),
        csv=source,
    )


def _titles(records: Iterable[Record]) -> Iterable[SetAside]:
    for record in records:
        if any(cell.strip() for cell in record.cells or []):
            yield SetAside(record.number, "title", " | ".join(cell for cell in record.cells or [] if cell)[:500])


def _grid(name: str, records: Sequence[Record]) -> Grid:
    """Records as a grid, short ones filled up with blanks."""
    width = max((len(record.cells or []) for record in records), default=0)
    rows = [
        [*(cell or None for cell in record.cells or []), *[None] * (width - len(record.cells or []))]
        for record in records
    ]
    columns = [pa.chunked_array([pa.array(values, pa.string())]) for values in zip(*rows, strict=True)]
    return make_grid(name, columns, pa.array([record.number for record in records], pa.int32()))


def _width(records: Sequence[Record], header: Header) -> int:
    return len(records[header.bottom].cells or [])


def _to_width(fields: Sequence[str | None], width: int) -> tuple[str | None, ...]:
    return (*fields[:width], *[None] * (width - len(fields)))


def _refused(name: str, record: Record, header: Header, width: int) -> Obstacle | None:
    """Why this record is no row of the table, where it is none."""
    if record.cells is None:
        return obstacles.broken_quotes(name, record.number, record.text)
    if any(parse.UNDECODABLE in cell for cell in record.cells):
        return obstacles.undecodable_record(name, record.number)
    if any("\0" in cell for cell in record.cells):
        return obstacles.nul_record(name, record.number, " | ".join(record.cells))
    below = record.number > header.bottom + 1
    if below and len(record.cells) != width and any(cell.strip() for cell in record.cells):
        return obstacles.ragged_record(name, record.number, len(record.cells), width, " | ".join(record.cells))
    return None

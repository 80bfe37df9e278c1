"""The records of a CSV file as a grid, without those that are no row of its table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from ingest.model.received import Obstacle
from ingest.reading import obstacles
from ingest.reading.csv import parse
from ingest.reading.csv.parse import Record
from ingest.reading.grid import Grid, make_grid

LONGEST_RECORD = 2_000_000
"""In bytes of UTF-8, as long as a record may be: DuckDB reads no longer one."""

_BATCH = 10_000


@dataclass(frozen=True)
class Layout:
    """The sheet's name, how many records its table begins below, and how many cells each record of the table has."""

    name: str
    header_row: int
    width: int


@dataclass(frozen=True)
class RecordsRead:
    """The records that are rows, with their numbers, and the obstacles of the others."""

    grid: Grid
    refused: tuple[Obstacle, ...]


def read_records(records: Iterable[Record], layout: Layout) -> RecordsRead:
    """The records as a grid, including blank ones.

    For a file with `MOST_BROKEN` refused records, reading stops there.
    """
    refused: list[Obstacle] = []
    grid = grid_of(layout.name, _accepted(records, layout, refused))
    return RecordsRead(grid, tuple(refused))


def _accepted(records: Iterable[Record], layout: Layout, refused: list[Obstacle]) -> Iterator[Record]:
    """The records that are rows; the obstacles of the others are added to `refused`."""
    for record in records:
        if (why := _refusal(record, layout)) is None:
            below = record.number > layout.header_row
            yield Record(record.number, (record.cells or [])[: layout.width]) if below else record
            continue
        refused.append(why)
        if len(refused) >= parse.MOST_BROKEN:
            return


def grid_of(name: str, records: Iterable[Record]) -> Grid:
    """Records as a grid, short ones padded with blanks."""
    records = iter(records)
    numbers: list[int] = []
    batches: list[list[pa.Array]] = []
    while batch := list(islice(records, _BATCH)):
        numbers.extend(record.number for record in batch)
        batches.append(_columns(batch))
    width = max(map(len, batches), default=0)
    filled = [[*batch, *[pa.nulls(len(batch[0]), pa.string())] * (width - len(batch))] for batch in batches if batch]
    columns = [pa.chunked_array(chunks) for chunks in zip(*filled, strict=True)]
    return make_grid(name, columns, pa.array(numbers, pa.int32()))


def _columns(records: list[Record]) -> list[pa.Array]:
    """The columns of some records; at least one."""
    width = max(1, *(len(record.cells or []) for record in records))
    rows = [
        [*(cell or None for cell in record.cells or []), *[None] * (width - len(record.cells or []))]
        for record in records
    ]
    return [pa.array(values, pa.string()) for values in zip(*rows, strict=True)]


def _refusal(record: Record, layout: Layout) -> Obstacle | None:
    """The obstacle of a record that is no row of the table; None for a row."""
    name, cells = layout.name, record.cells
    if cells is None:
        return obstacles.broken_quotes(name, record.number, parse.readable(record.text))
    text = " | ".join(cells)
    if parse.UNDECODABLE in text:
        return obstacles.undecodable_record(name, record.number)
    if "\0" in text:
        return obstacles.nul_record(name, record.number, text)
    if len(text) * 4 > LONGEST_RECORD and len("".join(cells).encode()) > LONGEST_RECORD:
        return obstacles.endless_record(name, record.number)
    if record.number > layout.header_row and not _fits(cells, layout.width):
        return obstacles.ragged_record(name, record.number, len(cells), layout.width, text)
    return None


def _fits(cells: list[str], width: int) -> bool:
    """Whether a record is as wide as its table: blank cells too many at its end are none, and a blank record fits."""
    return len(cells) == width or (len(cells) > width and not any(cells[width:])) or not any(map(str.strip, cells))

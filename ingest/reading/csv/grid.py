"""The records of a CSV file as a grid, without those that cannot be read or do not fit the table."""

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
"""Maximum length of a record in bytes of UTF-8, here and in scans by DuckDB."""

_BATCH = 10_000


@dataclass(frozen=True)
class Layout:
    """The sheet's name, the number of its lowest header record, and the number of cells in each record below."""

    name: str
    header_row: int
    width: int


@dataclass(frozen=True)
class RecordsRead:
    """The records that could be read, with their numbers, and an obstacle for each other record."""

    grid: Grid
    refused: tuple[Obstacle, ...]


def read_records(records: Iterable[Record], layout: Layout) -> RecordsRead:
    """Return the records as a grid, including blank ones.

    Reading stops after `MOST_BROKEN` refused records.
    """
    refused: list[Obstacle] = []
    grid = grid_of(layout.name, _accepted(records, layout, refused))
    return RecordsRead(grid, tuple(refused))


def _accepted(records: Iterable[Record], layout: Layout, refused: list[Obstacle]) -> Iterator[Record]:
    """Yield the records that are not refused; add an obstacle to `refused` for each other one."""
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
    """The columns of a batch, as many as its longest record has cells, at least one."""
    width = max(1, *(len(record.cells or []) for record in records))
    rows = [
        [*(cell or None for cell in record.cells or []), *[None] * (width - len(record.cells or []))]
        for record in records
    ]
    return [pa.array(values, pa.string()) for values in zip(*rows, strict=True)]


def _refusal(record: Record, layout: Layout) -> Obstacle | None:
    """The obstacle for a record that cannot be read or does not fit the table; None for any other."""
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
    """Whether a record has as many cells as the table; excess blank cells at its end and blank records are accepted."""
    return len(cells) == width or (len(cells) > width and not any(cells[width:])) or not any(map(str.strip, cells))

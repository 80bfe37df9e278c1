"""A sheet as a grid of texts, before its layout is understood. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

Position = tuple[int, int]
"""Row and column of a cell, from 0."""

_HEAD_ROWS = 10


@dataclass(frozen=True)
class Shown:
    """A number in the format `pattern`, as displayed; `text` is None if the display is not certain."""

    text: str | None
    pattern: str


@dataclass(frozen=True)
class Merged:
    """One merged block; rows and columns count from 0, and `bottom` and `right` belong to the block."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """One sheet: `columns` are equally long nullable texts; cells with only white space are null.

    Row i of the grid is row `numbers[i]` of the sender's file; all other attributes count grid rows from 0. `blank` are
    the rows that hold only white space. `filled_down` has, by column, the rows that were filled from their merged
    block. `zeros` are the cells with a formula whose result is zero, `shown` the displayed texts of numbers in custom
    formats, `stored` the numbers that were replaced by their displayed texts. `dates` has, by column, the runs of rows
    with a date value. If `unread`, hidden rows and error cells may be missing.
    """

    name: str
    columns: tuple[pa.ChunkedArray, ...]
    length: int
    numbers: pa.Array
    blank: tuple[int, ...] = ()
    merged: tuple[Merged, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    filled_down: Mapping[int, frozenset[int]] = field(default_factory=dict)
    zeros: frozenset[Position] = frozenset()
    shown: Mapping[Position, Shown] = field(default_factory=dict)
    stored: Mapping[Position, str] = field(default_factory=dict)
    dates: Mapping[int, tuple[range, ...]] = field(default_factory=dict)
    unread: bool = False

    def row(self, index: int) -> list[str | None]:
        """The cells of one row."""
        return [column[index].as_py() for column in self.columns]

    def head(self) -> str:
        """The texts of the first ten rows, where a header is expected."""
        return " ".join(cell for row in range(min(self.length, _HEAD_ROWS)) for cell in self.row(row) if cell)

    def number(self, index: int) -> int:
        """The number of this grid row in the sender's file."""
        return int(self.numbers[index].as_py())

    def filled(self) -> pa.ChunkedArray:
        """The number of non-blank cells in each row (int32)."""
        return filled_cells(self.columns, self.length)


def make_grid(name: str, columns: list[pa.ChunkedArray], numbers: pa.Array | None = None) -> Grid:
    """A grid of parsed columns; rows are numbered from 1, or by `numbers`."""
    length = len(columns[0]) if columns else 0
    trimmed = tuple(_without_blanks(column) for column in columns)
    blank = (
        _blank_rows(columns, trimmed, length) if any(a is not b for a, b in zip(columns, trimmed, strict=True)) else []
    )
    numbers = pa.array(range(1, length + 1), pa.int32()) if numbers is None else numbers
    return Grid(name, trimmed, length, numbers, tuple(blank))


def filled_cells(columns: tuple[pa.ChunkedArray, ...] | list[pa.ChunkedArray], length: int) -> pa.ChunkedArray:
    """For each row, how many of these columns have a value (int32)."""
    total: pa.ChunkedArray = pa.chunked_array([pa.array([0] * length, pa.int32())])
    for column in columns:
        total = pc.add(total, column.is_valid().cast(pa.int32()))
    return total


def _blank_rows(columns: list[pa.ChunkedArray], trimmed: tuple[pa.ChunkedArray, ...], length: int) -> list[int]:
    """The rows that hold only white space."""
    before, after = filled_cells(columns, length), filled_cells(trimmed, length)
    rows: list[int] = pc.indices_nonzero(pc.and_(pc.greater(before, 0), pc.equal(after, 0))).to_pylist()
    return rows


def _without_blanks(column: pa.ChunkedArray) -> pa.ChunkedArray:
    blank = pc.utf8_is_space(column)
    return pc.if_else(blank, pa.scalar(None, pa.string()), column) if pc.any(blank).as_py() else column


def column_letter(index: int) -> str:
    """The letters of the column with this index (from 0): A … Z, AA …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

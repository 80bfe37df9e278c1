"""Which rows under a header are data, and why the others are skipped. Pure.

A row with a value in a key column is data, unless that value marks a total, a group or a signature line. Each skipped
line has a reason. A set-based test finds the rows that are surely data, which most are; only the others are classified
one by one, whether they come from a grid or from a CSV file that DuckDB scans.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ingest.model.received import SkippedLine
from ingest.parsing.keys import normalised
from ingest.reading.grid import Grid, filled_cells
from ingest.reading.tables.header import spellings

_TOTAL = re.compile(
    r"(?:tổng|cộng|lũy kế)(?: (?:\d+|cộng|số|toàn|cả|chung|các|theo|trong|đến|kỳ|trang|từ|cấp|mục|của)\b.*| *)"
)
_FOOTER = re.compile(
    r"(?:người lập|thủ trưởng|nơi nhận|người duyệt|người kiểm|kế toán|xác nhận|ký tên|ký ghi rõ|ký và ghi|ký họ tên|"
    r"ký đóng dấu|tm |t m |kt |k t |lưu vt|như trên|như kính gửi|chủ tịch$|phó chủ tịch$|bí thư$|phó bí thư$|"
    r"ghi chú \S|[^\d,]* ngày (?:\d+ )?tháng (?:\d+ )?năm).*"
)
_ORDINAL = re.compile(r"(?:[IVXLC]+|[A-ZĐ])\.?|(?:[IVXLC]+|[A-ZĐ]|\d{1,2})[.)-]\s*\D{4,}")
_END = re.compile(r"\W+|tc|hết", re.IGNORECASE)
"""The only text in a line that ends a table: `./.`, or a word that means total or end."""

_UNIT_NAME = re.compile(
    r"(?:\w+ )?(?:xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh|khối|cấp|đơn vị|lĩnh vực|quý|tháng|năm|"
    r"p|x|tt|tx|tp|h)\b"
)
_NUMBER = re.compile(r"[\d.,\s%-]+")
_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,2}|[A-Z])[)\]]?(?:\s*=.*)?")
DATA_FIELDS = 3
"""A row with values in this many known fields and a digit in its key is surely data."""

KEY_DIGIT = "[0-9]"
NUMBERED_ROWS = 3
"""Number of rows below a header that may hold column numbers, which look like data."""

_COVER_FIELDS = 2
_LONGEST_SKIPPED = 500

Mask = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class TableColumns:
    """Indices of the columns that the contract knows, and of the key columns among them.

    If the table is not `grouped` (a cover), a unit's name in a key column is a value, not the heading of a group.
    """

    known: tuple[int, ...]
    key: tuple[int, ...]
    grouped: bool = True


@dataclass(frozen=True)
class UnsureRows:
    """Rows that are not surely data, ascending: three arrays of the same length.

    `rows` are their grid rows, `offsets` their positions below the header, from 0, `sure_above` how many of the rows
    above each are surely data.
    """

    rows: Indices
    offsets: Indices
    sure_above: Indices


@dataclass(frozen=True)
class SortedRows:
    """The grid rows with data, and those of skipped lines with their reasons; empty rows are neither."""

    data: Indices
    skipped: tuple[tuple[int, str], ...]


def sort_rows(grid: Grid, start: int, stop: int, columns: TableColumns) -> SortedRows:
    """Sort the rows `start` to `stop` (excluded) of the grid into data and skipped lines."""
    sure = _sure_rows(grid, start, stop - start, columns)
    (unsure,) = np.nonzero(~sure)
    above = np.cumsum(sure, dtype=np.int64)[unsure]
    found = sort_unsure(grid, UnsureRows(unsure + start, unsure, above), columns)
    data = np.concatenate([np.nonzero(sure)[0] + start, found.data])
    return SortedRows(np.sort(data), found.skipped)


def sort_unsure(grid: Grid, unsure: UnsureRows, columns: TableColumns) -> SortedRows:
    """Sort rows of the grid that are not surely data into data and skipped lines."""
    cells = [column.take(pa.array(unsure.rows)) for column in grid.columns]
    filled = np.asarray(filled_cells(cells, len(unsure.rows))) > 0
    classifier = _LineClassifier(columns)
    places = zip(unsure.rows[filled].tolist(), unsure.offsets[filled], unsure.sure_above[filled], strict=True)
    lines = (_Line(row, grid.row(row), int(offset), int(above)) for row, offset, above in places)
    found = [(line.row, classifier.reason(line)) for line in lines]
    blank = np.intersect1d(unsure.rows[~filled], np.array(grid.blank, dtype=np.int64)).tolist()
    skipped = [(row, reason) for row, reason in found if reason] + [(row, "blank_formatted") for row in blank]
    data = [row for row, reason in found if reason is None]
    return SortedRows(np.array(data, dtype=np.int64), tuple(sorted(skipped)))


def skipped_line(grid: Grid, row: int, reason: str, columns: Iterable[int]) -> SkippedLine:
    """A skipped line, with the cells in these columns only: cells in other columns must not be stored."""
    cells = grid.row(row)
    text = " | ".join(cell for at in columns if (cell := cells[at]))
    return SkippedLine(grid.number(row), reason, text[:_LONGEST_SKIPPED])


def _sure_rows(grid: Grid, start: int, length: int, columns: TableColumns) -> Mask:
    """Whether each row is surely data."""
    key = [grid.columns[at].slice(start, length) for at in columns.key]
    fields = np.asarray(filled_cells([grid.columns[at].slice(start, length) for at in columns.known], length))
    sure = (fields >= DATA_FIELDS) & _any_digit(key, length)
    sure[:NUMBERED_ROWS] = False
    return sure


def _any_digit(columns: Iterable[object], length: int) -> Mask:
    """Whether each row has a digit, as codes have, in one of these columns."""
    found = np.zeros(length, dtype=bool)
    for column in columns:
        found |= np.asarray(pc.fill_null(pc.match_substring_regex(column, KEY_DIGIT), False))
    return found


@dataclass(frozen=True)
class _Line:
    """A row that is not surely data: its grid row, its cells, and its position as in `UnsureRows`."""

    row: int
    cells: list[str | None]
    offset: int
    sure_above: int

    def first_of(self, columns: Iterable[int]) -> str | None:
        """The first text in these columns."""
        return next((text for at in columns if (text := self.cells[at])), None)


class _LineClassifier:
    """Classifies lines from top to bottom; it remembers whether the signature block has started."""

    def __init__(self, columns: TableColumns) -> None:
        self._columns = columns
        self._sure_above_footer: int | None = None

    def reason(self, line: _Line) -> str | None:
        """The reason to skip the line; None for data."""
        reason = self._reason(line)
        if reason is None:
            self._sure_above_footer = None
        if reason == "footer":
            self._sure_above_footer = line.sure_above
        return reason

    def _reason(self, line: _Line) -> str | None:
        key = line.first_of(self._columns.key)
        fields = sum(line.cells[at] is not None for at in self._columns.known)
        texts = [text for text in line.cells if text]
        if line.offset < NUMBERED_ROWS and _is_column_numbers(texts):
            return "column_numbers"
        if _is_total(key, texts, fields):
            return "total"
        if len(texts) == 1 and _END.fullmatch(texts[0].strip()):
            return "footer"
        if key and fields >= (DATA_FIELDS if self._columns.grouped else _COVER_FIELDS):
            return None
        if self._in_footer(line) or any(_says(_FOOTER, text) for text in texts):
            return "footer"
        return "group" if (self._columns.grouped or key is None) and _is_group(key, texts) else None

    def _in_footer(self, line: _Line) -> bool:
        """Whether the signature block has started, with no data row since."""
        return self._sure_above_footer == line.sure_above


def _is_total(key: str | None, texts: list[str], fields: int) -> bool:
    first = texts[:1] if fields < DATA_FIELDS else []
    return any(_says(_TOTAL, text) for text in ([key, *first] if key else texts[:2]))


def _says(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= 200 and any(pattern.fullmatch(normalised(spelling)) for spelling in spellings(text))


def _is_column_numbers(texts: list[str]) -> bool:
    """Whether the texts number the columns: (1) (2) (3), also A B 1 2 and (5)=(3)+(4)."""
    found = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
    marks = [match[1] for match in found if match]
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    return len(marks) == len(texts) >= 3 and all(b - a == 1 for a, b in pairwise(numbers))


def _is_group(key: str | None, texts: list[str]) -> bool:
    """Whether the line is the heading of a group: `I | Xã Mộc Bắc`, with or without counts, or a name alone."""
    words = [text for text in texts if not _NUMBER.fullmatch(text)]
    if not words or len(words) > 2:
        return False
    if key is None:
        return len(texts) <= 2 or _ORDINAL.fullmatch(words[0].strip()) is not None
    return len(texts) <= 2 and _is_title(key)


def _is_title(text: str) -> bool:
    if _ORDINAL.fullmatch(text.strip()):
        return True
    named = any(_UNIT_NAME.match(normalised(spelling)) for spelling in spellings(text))
    return " " in text.strip() and (named or not any(char.isdigit() for char in text))

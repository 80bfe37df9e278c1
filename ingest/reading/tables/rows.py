"""Which rows under a header are data, and why the others are not. Pure.

A row with a value in a key column is data, unless that value is a total, a group's name or a signature line: no row of
data is lost, and each row that is set aside says why.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from ingest.parsing.keys import normalised
from ingest.reading.tables.grid import Grid, filled_cells
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
"""What stands below a table, alone: ./. or the word for a total or the end."""

_UNIT_NAME = re.compile(
    r"(?:\w+ )?(?:xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh|khối|cấp|đơn vị|lĩnh vực|quý|tháng|năm|"
    r"p|x|tt|tx|tp|h)\b"
)
_NUMBER = re.compile(r"[\d.,\s%-]+")
_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,2}|[A-Z])[)\]]?(?:\s*=.*)?")
_DATA_FIELDS = 3
_COVER_FIELDS = 2
_NUMBERS_WITHIN = 3

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Sorted:
    """Grid rows of data, and grid rows set aside with their reason."""

    data: npt.NDArray[np.int64]
    aside: tuple[tuple[int, str], ...]


def sort_rows(
    grid: Grid, start: int, stop: int, known: Sequence[int], key: Sequence[int], *, grouped: bool = True
) -> Sorted:
    """The rows `start` to `stop` (not inside) of the grid, told apart.

    `known` are the indices of the columns that the contract knows, `key` those of the key fields. Where the table is
    not `grouped` (a cover), a unit's name in the key column is what it says and no heading of a group.
    """
    length = stop - start
    columns = [column.slice(start, length) for column in grid.columns]
    filled = np.asarray(filled_cells(columns, length))
    fields = np.asarray(filled_cells([columns[index] for index in known], length))
    sure = (fields >= _DATA_FIELDS) & _any_digit(columns, key, length)
    sure[:_NUMBERS_WITHIN] = False  # a row of column numbers looks like data
    sorter = _Sorter(grid, start, tuple(key), sure, grouped=grouped)
    blank = set(grid.blank)
    for offset in np.nonzero(~sure)[0].tolist():
        if filled[offset]:
            sorter.sort(offset, int(fields[offset]))
        elif start + offset in blank:
            sorter.aside.append((start + offset, "blank_formatted"))
    data = np.concatenate([np.nonzero(sure)[0], np.array(sorter.data, dtype=np.int64)]) + start
    return Sorted(np.sort(data), tuple(sorter.aside))


def _any_digit(columns: Sequence[object], key: Sequence[int], length: int) -> Mask:
    """Rows with a digit in a key cell, as codes have."""
    found = np.zeros(length, dtype=bool)
    for index in key:
        found |= np.asarray(pc.fill_null(pc.match_substring_regex(columns[index], "[0-9]"), False))
    return found


class _Sorter:
    """Looks at the rows that are not plainly data, from the first to the last."""

    def __init__(self, grid: Grid, start: int, key: tuple[int, ...], sure: Mask, *, grouped: bool) -> None:
        self._grid = grid
        self._start = start
        self._key = key
        self._sure = sure
        self._grouped = grouped
        self._last_footer: int | None = None
        self.data: list[int] = []
        self.aside: list[tuple[int, str]] = []

    def sort(self, offset: int, fields: int) -> None:
        cells = self._grid.row(self._start + offset)
        reason = self._reason(offset, cells, fields)
        if reason is None:
            self.data.append(offset)
            self._last_footer = None
            return
        if reason == "footer":
            self._last_footer = offset
        self.aside.append((self._start + offset, reason))

    def _reason(self, offset: int, cells: list[str | None], fields: int) -> str | None:
        key = next((text for index in self._key if (text := cells[index])), None)
        texts = [text for text in cells if text]
        if offset < _NUMBERS_WITHIN and _is_column_numbers(texts):
            return "column_numbers"
        first = texts[:1] if fields < _DATA_FIELDS else []
        if any(_says(_TOTAL, text) for text in ([key, *first] if key else texts[:2])):
            return "total"
        if len(texts) == 1 and _END.fullmatch(texts[0].strip()):
            return "footer"
        if key and fields >= (_DATA_FIELDS if self._grouped else _COVER_FIELDS):
            return None
        if self._in_footer(offset) or any(_says(_FOOTER, text) for text in texts):
            return "footer"
        return "group" if (self._grouped or key is None) and _is_group(key, texts) else None

    def _in_footer(self, offset: int) -> bool:
        """Whether a signature footer has begun, with no data since."""
        return self._last_footer is not None and not self._sure[self._last_footer : offset].any()


def _says(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= 200 and any(pattern.fullmatch(normalised(spelling)) for spelling in spellings(text))


def _is_column_numbers(texts: list[str]) -> bool:
    """(1) (2) (3), also A B 1 2 and (5)=(3)+(4)."""
    found = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
    marks = [match[1] for match in found if match]
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    return len(marks) == len(texts) >= 3 and all(b - a == 1 for a, b in pairwise(numbers))


def _is_group(key: str | None, texts: list[str]) -> bool:
    """A line such as `I | Xã Mộc Bắc`, with counts or without, or a name alone."""
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

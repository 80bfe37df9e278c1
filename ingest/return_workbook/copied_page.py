"""Write one page of a copy: every received cell at its position, in a readable format instead of its own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol

from ingest.reading.pages import Page
from ingest.return_workbook.report import AUTHOR
from warehouse.exports import cell_text, looks_like_formula, text_width

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOMENT = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?: \d\d:\d\d:\d\d)?")
_NARROWEST, _WIDEST, _WIDEST_HEAD = 8, 60, 24
_HEAD_ROWS = 3
"""Maximum number of header rows above the data."""


@dataclass(frozen=True)
class Layout:
    """The first data row by page; `as_written` is whether dates are copied as texts, as for CSV files."""

    first_rows: Mapping[str, int] = field(default_factory=dict)
    as_written: bool = False


def write_page(sheet: Any, page: Page, book: Any, notes: Mapping[str, str], layout: Layout) -> None:
    """Write a copy of `page` in constant memory: columns as wide as their content, the header bold and frozen."""
    formats, widths, waiting = _Formats(book, layout.as_written), _Widths(), _Notes(sheet, notes)
    first = layout.first_rows.get(page.name, 1)
    for number, cells in page.lines():
        if number > _LAST_ROW:
            break
        waiting.write_up_to(number)
        texts = [(column, text) for column, text in enumerate(cells[:_LAST_COLUMN]) if text is not None]
        kind = _kind(number, len(texts), first)
        _set_row(sheet, number, _height([text for _, text in texts], kind), is_hidden=number in page.hidden_rows)
        for column, text in texts:
            widths.add(column, formats.write(sheet, number - 1, column, text, kind), kind)
    waiting.write_up_to(_LAST_ROW)
    widths.set(sheet)
    if first > 1:
        sheet.freeze_panes(first - 1, 0)
        sheet.repeat_rows(max(first - 1 - _HEAD_ROWS, 0), first - 2)
    _finish(sheet, page)


def _kind(number: int, filled: int, first: int) -> str:
    """The kind of a row: `head`, `title` (a single text, which runs over the next cells) or `data`."""
    if number >= first:
        return "data"
    return "title" if filled < 2 else "head" if number >= first - _HEAD_ROWS else "data"


def _height(texts: Sequence[str], kind: str) -> float | None:
    """The height in points at which texts of several lines are readable; None for the default height."""
    letters = _WIDEST_HEAD if kind == "head" else _WIDEST
    lines = max((-(-len(text) // (letters - 4)) for text in texts if len(text) > letters), default=1)
    return None if kind == "title" or lines == 1 else min(15.0 * lines, 400.0)


def _set_row(sheet: Any, number: int, height: float | None, *, is_hidden: bool) -> None:
    if is_hidden or height:
        sheet.set_row(number - 1, height, None, {"hidden": True} if is_hidden else {})


def _finish(sheet: Any, page: Page) -> None:
    for block in page.merged:
        if (block.top, block.left) != (block.bottom, block.right):
            sheet.merge.append([block.top, block.left, block.bottom, block.right])
    if page.hidden:
        sheet.hide()
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


class _Widths:
    """The width of each column, for its longest text except titles."""

    def __init__(self) -> None:
        self._widths: dict[int, int] = {}

    def add(self, column: int, shown: str, kind: str) -> None:
        """Widen the column for a cell; a header may wrap, but not inside a word."""
        if kind == "title":
            return
        longest = text_width(shown)
        if kind == "head" and longest > _WIDEST_HEAD:
            longest = max(_WIDEST_HEAD, *map(len, shown.split()))
        self._widths[column] = max(self._widths.get(column, _NARROWEST), min(longest, _WIDEST))

    def set(self, sheet: Any) -> None:
        for column, width in self._widths.items():
            sheet.set_column(column, column, width + 2)


class _Notes:
    """The notes of a sheet, written row by row: in constant memory, nothing can be added to an earlier row."""

    def __init__(self, sheet: Any, notes: Mapping[str, str]) -> None:
        self._sheet = sheet
        self._waiting = sorted(((*xl_cell_to_rowcol(cell), text) for cell, text in notes.items()), reverse=True)

    def write_up_to(self, number: int) -> None:
        """Write the notes of the rows up to `number`, from 1."""
        while self._waiting and self._waiting[-1][0] < number:
            row, column, text = self._waiting.pop()
            self._sheet.write_comment(row, column, text, {"author": AUTHOR, "x_scale": 2.4, "y_scale": 1.5})


class _Formats:
    """Writes received texts: dates and instants from a workbook as such, all others as text; long texts are wrapped."""

    def __init__(self, book: Any, as_written: bool) -> None:
        plain: dict[str, object] = {"num_format": "@", "valign": "top"}
        long = {**plain, "text_wrap": True}
        looks = {
            "data": plain,
            "title": plain,
            "long": long,
            "head": {**long, "bold": True, "bg_color": "#DCE6F1", "border": 1},
        }
        self._looks = {
            (name, is_quoted): book.add_format({**look, "quote_prefix": is_quoted})
            for name, look in looks.items()
            for is_quoted in (False, True)
        }
        self._day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        self._instant = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss", "valign": "top"})
        self._as_written = as_written

    def write(self, sheet: Any, row: int, column: int, text: str, kind: str) -> str:
        """Write one cell and return its displayed text."""
        if not self._as_written and _MOMENT.fullmatch(text) and (moment := _moment(text)):
            is_day = len(text) == 10
            sheet.write_datetime(row, column, moment, self._day if is_day else self._instant)
            return f"{moment:%d/%m/%Y}" if is_day else f"{moment:%d/%m/%Y %H:%M:%S}"
        look = "long" if kind == "data" and len(text) > _WIDEST else kind
        sheet.write_string(row, column, cell_text(text), self._looks[look, looks_like_formula(text)])
        return text


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None

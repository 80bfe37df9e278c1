"""A table as an .xlsx file: title and facts, then typed cells under a frozen header. Pure: no file is written.

Dates and times become date cells, shares numbers in per cent, missing values blank cells; text stays text even if it
looks like a formula (see `warehouse.exports`).
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.text import labels
from warehouse.exports import SAFE_OPTIONS, cell_text, looks_like_formula
from warehouse.invisible import visible


@dataclass(frozen=True)
class Measure:
    """A number shown with `digits` decimals; a share is a fraction shown in per cent."""

    value: float
    digits: int = 1
    is_share: bool = False

    @property
    def look(self) -> str:
        """The number format of the cell."""
        decimals = f".{'0' * self.digits}" if self.digits else ""
        return f"0{decimals}\\ %" if self.is_share else f"#,##0{decimals}"


Value = str | int | float | bool | date | datetime | Measure | None
Row = Sequence[Value]


@dataclass(frozen=True)
class Table:
    """Rows of typed values, each as long as `headers`."""

    headers: tuple[str, ...]
    rows: Sequence[Row]


@dataclass(frozen=True)
class About:
    """The title of a workbook, and the facts below it as names and values."""

    title: str
    facts: tuple[tuple[str, Value], ...]


NARROWEST, WIDEST = 9, 60
"""Limits of column widths in characters; longer text is wrapped."""
MEASURED_ROWS = 2_000
_BAD_IN_SHEETS = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET = 31
_DAY, _INSTANT, _COUNT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "#,##0"


def as_workbook(sheet: str, about: About, table: Table) -> bytes:
    """Return the bytes of the file; rows are written one by one to limit memory."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True, **SAFE_OPTIONS}) as book:
        book.set_properties({"title": about.title})
        page = book.add_worksheet(_BAD_IN_SHEETS.sub(" ", sheet)[:_LONGEST_SHEET].strip())
        cells, first = _Cells(book, page), len(about.facts) + 2
        _write_about(cells, about)
        cells.write_all(first, table.headers, cells.header)
        for number, row in enumerate(table.rows, start=first + 1):
            cells.write_all(number, row)
        _arrange(page, first, len(table.headers), len(table.rows))
        for column, width in enumerate(widths(about, table)):
            page.set_column(column, column, width)
    return target.getvalue()


def _write_about(cells: "_Cells", about: About) -> None:
    cells.write(0, 0, about.title, cells.title)
    for number, (name, value) in enumerate(about.facts, start=1):
        cells.write(number, 0, name, cells.name)
        cells.write(number, 1, value, cells.fact(value))


def _arrange(page: Worksheet, first: int, columns: int, rows: int) -> None:
    """Freeze the header, filter the table, set up printing."""
    page.freeze_panes(first + 1, 0)
    page.autofilter(first, 0, first + rows, columns - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{first + rows + 1}"})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(first)


def widths(about: About, table: Table) -> list[int]:
    """Return the column widths: the longest cell, with room for the filter button in the header.

    The first column also fits the names of the facts above.
    """
    longest = [len(header) + 3 for header in table.headers]
    longest[0] = max(longest[0], *(len(name) + 1 for name, _ in about.facts), 0)
    for row in islice(table.rows, MEASURED_ROWS):
        longest = [max(width, _length(value)) for width, value in zip(longest, row, strict=True)]
    return [min(max(width, NARROWEST), WIDEST) for width in longest]


def _length(value: Value) -> int:
    match value:
        case None:
            return 0
        case datetime():
            return len(_INSTANT) + 1
        case date():
            return len(_DAY) + 1
        case str():
            return max(map(len, value.splitlines()), default=0) + 1
        case _:
            return 10


class _Cells:
    """Writes the cells of one sheet, each in the format of its kind."""

    def __init__(self, book: xlsxwriter.Workbook, page: Worksheet) -> None:
        self._book, self._page = book, page
        self._known: dict[tuple[object, ...], Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.name = book.add_format({"font_color": "#5b6775"})
        self.header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1,
                                       "bg_color": "#f6f8fa"})  # fmt: skip

    def write_all(self, row: int, values: Iterable[Value], look: Format | None = None) -> None:
        for column, value in enumerate(values):
            self.write(row, column, value, look)

    def write(self, row: int, column: int, value: Value, look: Format | None = None) -> None:
        """Write one cell; leave it blank if there is no value."""
        match value:
            case None | "":
                return
            case bool():
                self._page.write_string(row, column, labels.YES_NO[value], look or self._look(text_wrap=True))
            case datetime():
                minute = value.replace(second=0, microsecond=0)
                self._page.write_datetime(row, column, minute, look or self._look(num_format=_INSTANT))
            case date():
                self._page.write_datetime(row, column, value, look or self._look(num_format=_DAY))
            case Measure():
                self._page.write_number(row, column, value.value, look or self._look(num_format=value.look))
            case int() | float():
                self._page.write_number(row, column, value, look or self._look(num_format=_COUNT))
            case _:
                is_marked = looks_like_formula(value)
                text_look = self._look(text_wrap=True, quote_prefix=True) if is_marked else None
                self._page.write_string(
                    row, column, cell_text(visible(value)), text_look or look or self._look(text_wrap=True)
                )

    def fact(self, value: Value) -> Format:
        """Return the format of a fact above the table: left-aligned and not wrapped to the width of the first
        column."""
        look = {datetime: _INSTANT, date: _DAY, int: _COUNT}.get(type(value), "General")
        return self._look(num_format=look, align="left")

    def _look(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._known:
            self._known[key] = self._book.add_format({"valign": "top", **properties})
        return self._known[key]

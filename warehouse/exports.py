"""What people wrote, on its way into a file that a spreadsheet opens: text stays text. Pure but for the library.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is computed by a spreadsheet that reads it from
CSV, and again by one in which someone edits it; what a sender wrote must never be computed on another's machine.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d+)*\s?%?")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
LONGEST_CELL = 32_767
"""Letters that a cell of a workbook can hold."""

Value = str | int | float | bool | date | datetime | None


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet may take `text` for a formula; a number with its sign is none."""
    return text.lstrip(" \u00a0\ufeff").startswith(_STARTS) and not _NUMBER.fullmatch(text.strip())


def csv_text(value: Value) -> str:
    """A cell of a CSV file: what looks like a formula begins with an apostrophe, as spreadsheets mark text."""
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and looks_like_formula(text) else text


def cell_text(text: str) -> str:
    """`text` as a workbook can hold it: without control characters, shortened where it is longer than a cell."""
    clean = _ILLEGAL.sub("\ufffd", text)
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - 1] + "…"


def as_csv(headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A CSV file (UTF-8 with BOM, so that spreadsheets read Vietnamese) in which no cell is computed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([csv_text(header) for header in headers])
    writer.writerows([csv_text(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(sheet: str, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """An .xlsx with one sheet: a frozen bold header, days as days, numbers as numbers, text as nothing but text."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **SAFE_OPTIONS}) as book:
        formats = TextFormats(book)
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        page.write_row(0, 0, [cell_text(header) for header in headers], book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                formats.write(page, number, column, value)
        page.set_column(0, max(len(headers) - 1, 0), 18)
    return target.getvalue()


SAFE_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of an xlsxwriter workbook that writes text as text."""


class TextFormats:
    """Writes values of all kinds into the cells of one workbook, each in a format of its kind over `look`."""

    def __init__(self, book: "xlsxwriter.Workbook", look: dict[str, object] | None = None) -> None:
        base = look or {}
        self._plain = book.add_format(base)
        self._quoted = book.add_format(base | {"quote_prefix": True})
        self._day = book.add_format(base | {"num_format": "dd/mm/yyyy"})
        self._instant = book.add_format(base | {"num_format": "dd/mm/yyyy hh:mm"})

    def write(self, page: "xlsxwriter.worksheet.Worksheet", row: int, column: int, value: Value) -> None:
        """Writes one cell; text that looks like a formula is marked as text, so that editing it computes nothing."""
        match value:
            case None:
                return
            case bool():
                page.write_string(row, column, "Có" if value else "Không", self._plain)
            case datetime():
                page.write_datetime(row, column, value, self._instant)
            case date():
                page.write_datetime(row, column, value, self._day)
            case int() | float():
                page.write_number(row, column, value, self._plain)
            case _:
                look = self._quoted if looks_like_formula(value) else self._plain
                page.write_string(row, column, cell_text(value), look)

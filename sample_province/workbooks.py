"""Write feed sheets as an .xlsx workbook or a .zip of CSV files; the same sheets give the same bytes."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from ingest.model.received import SheetKind
from sample_province.layout import Line, LineKind, Sheet
from sample_province.styles import Cell, Style

_WIDTHS = {
    SheetKind.COVER: 34,
    SheetKind.DIALOGUES: 15,
    SheetKind.PETITIONS: 17,
    SheetKind.TENURES: 18,
    SheetKind.PLANS: 22,
    SheetKind.TRAININGS: 26,
    SheetKind.DECISIONS: 24,
    SheetKind.PRACTICES: 32,
}
_SUMMARY_COLUMN, _SUMMARY_WIDTH = 6, 60
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LOOKS: dict[LineKind, dict[str, object]] = {
    LineKind.TITLE: {"bold": True},
    LineKind.BANNER: {"bold": True, "font_color": "#B00020"},
    LineKind.HEADER: {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True},
    LineKind.NUMBERS: {"italic": True, "border": 1, "align": "center"},
    LineKind.GROUP: {"bold": True, "border": 1},
    LineKind.DATA: {"border": 1, "valign": "top"},
    LineKind.TOTAL: {"bold": True, "border": 1},
    LineKind.FOOTER: {"italic": True},
    LineKind.BLANK: {},
}


@dataclass(frozen=True)
class _Formats:
    """The workbook's formats for one kind of line."""

    text: Any
    day: Any
    instant: Any


def write_workbook(path: Path, sheets: Iterable[Sheet], style: Style, created: datetime, lists: Iterable[str]) -> None:
    """Write the sheets to the workbook `path`, and a hidden sheet with `lists` if the style hides things."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"created": created, "title": "Dữ liệu mẫu", "comments": "Số liệu do máy đặt ra"})
        formats = {kind: _formats(book, style, kind) for kind in LineKind}
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, formats)
        if style.hides:
            hidden = book.add_worksheet("DanhMuc")
            hidden.write_column(0, 0, list(lists))
            hidden.hide()


def _formats(book: Any, style: Style, kind: LineKind) -> _Formats:
    look = _LOOKS[kind] | {"font_name": style.font}
    return _Formats(
        book.add_format(look),
        book.add_format(look | {"num_format": "dd/mm/yyyy"}),
        book.add_format(look | {"num_format": "dd/mm/yyyy hh:mm"}),
    )


def _write_sheet(worksheet: Any, sheet: Sheet, formats: dict[LineKind, _Formats]) -> None:
    worksheet.set_column(0, 0, 6)
    worksheet.set_column(1, sheet.width - 1, _WIDTHS[sheet.kind])
    if sheet.kind is SheetKind.PETITIONS:
        worksheet.set_column(_SUMMARY_COLUMN, _SUMMARY_COLUMN, _SUMMARY_WIDTH)
    for merge in sheet.merges:
        if (merge.first_line, merge.first_column) != (merge.last_line, merge.last_column):
            look = formats[sheet.lines[merge.first_line].kind].text
            worksheet.merge_range(merge.first_line, merge.first_column, merge.last_line, merge.last_column, "", look)
    for number, line in enumerate(sheet.lines):
        _write_line(worksheet, number, line, formats[line.kind])


def _write_line(worksheet: Any, number: int, line: Line, formats: _Formats) -> None:
    if line.hidden:
        worksheet.set_row(number, None, None, {"hidden": True})
    for column, cell in enumerate(line.cells):
        if isinstance(cell, datetime):
            worksheet.write_datetime(number, column, cell, formats.instant)
        elif isinstance(cell, date):
            worksheet.write_datetime(number, column, cell, formats.day)
        elif isinstance(cell, int):
            worksheet.write_number(number, column, cell, formats.text)
        elif cell is not None:
            worksheet.write_string(number, column, cell, formats.text)
        elif line.kind is LineKind.DATA:
            worksheet.write_blank(number, column, None, formats.text)


def write_csv_zip(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write one CSV file per sheet, with the English name of its kind, into the archive `path`.

    They have semicolons and are in UTF-8 with BOM. Like a system's export, they have no signatures or totals; the
    banner stands above the header.
    """
    with zipfile.ZipFile(path, "w") as archive:
        for sheet in sheets:
            entry = zipfile.ZipInfo(f"{sheet.kind.value}.csv", _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _csv_text(sheet).encode("utf-8-sig"))


def _csv_text(sheet: Sheet) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    banner = [line.cells for line in sheet.lines if line.kind is LineKind.BANNER]
    data = [line.cells for line in sheet.lines if line.kind is LineKind.DATA]
    for cells in (*banner, _leaf_headers(sheet), *data):
        writer.writerow([_csv_cell(cells[n]) if n < len(cells) else "" for n in range(sheet.width)])
    return text.getvalue()


def _leaf_headers(sheet: Sheet) -> tuple[Cell, ...]:
    """The header of each column: the lowest text in the merged header rows."""
    rows = [line.cells for line in sheet.lines if line.kind is LineKind.HEADER]
    return tuple(next(row[n] for row in reversed(rows) if row[n] is not None) for n in range(sheet.width))


def _csv_cell(cell: Cell) -> str:
    return "" if cell is None else str(cell)

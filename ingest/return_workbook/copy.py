"""Write the return workbook as a copy: all received cells at their positions, in constant memory."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from ingest.contract.generated_sheets import RESULT_SHEET, is_own
from ingest.reading.pages import Page
from ingest.return_workbook.copied_page import Layout, write_page
from ingest.return_workbook.marks import Marks
from ingest.return_workbook.report import COLORS, SENTINEL, WIDTHS, Cell, Report, height
from warehouse.exports import SAFE_OPTIONS

_CHUNK = 400
"""Maximum number of ranges per conditional format; spreadsheets refuse longer lists."""


def write_copy(target: Path, report: Report, pages: Sequence[Page], layout: Layout, workdir: Path) -> None:
    """Write the result sheet and a copy of each page to `target`; rows beyond a sheet's limit are only listed."""
    options = {"constant_memory": True, "tmpdir": str(workdir), **SAFE_OPTIONS}
    with xlsxwriter.Workbook(str(target), options) as book:
        names = sheet_names([page.name for page in pages if not is_own(page.name)])
        looks, colors = _looks(book), {tier: book.add_format({"bg_color": f"#{it}"}) for tier, it in COLORS.items()}
        _write_report(book.add_worksheet(RESULT_SHEET), report, names, looks)
        for page in pages:
            if not is_own(page.name):
                sheet = book.add_worksheet(names[page.name])
                marks = report.marks.get(page.name, Marks())
                write_page(sheet, page, book, marks.notes, layout)
                _color(sheet, marks, colors)


def sheet_names(names: Sequence[str]) -> dict[str, str]:
    """A valid, unique sheet name for each page: at most 31 characters, none of which spreadsheets forbid."""
    given: dict[str, str] = {}
    taken = {RESULT_SHEET.lower()}
    for name in names:
        clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name).strip("'")[:31] or "Trang"
        number = 1
        while clean.lower() in taken:
            number += 1
            clean = f"{clean[:26]} ({number})"
        given.setdefault(name, clean)
        taken.add(clean.lower())
    return given


def _looks(book: Any) -> dict[str, Any]:
    wrap = {"text_wrap": True, "valign": "top"}
    tiers = {tier: book.add_format({**wrap, "bg_color": f"#{color}", "bold": True}) for tier, color in COLORS.items()}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "strong": book.add_format({"bold": True}),
        "plain": book.add_format({}),
        "head": book.add_format({**wrap, "bold": True, "border": 1, "bg_color": "#DCE6F1"}),
        "text": book.add_format(wrap),
        "quoted": book.add_format({**wrap, "quote_prefix": True}),
        "link": book.add_format({**wrap, "font_color": "#1F4E79", "underline": 1}),
        "reason": book.add_format({**wrap, "border": 1, "bg_color": "#EAF3EA"}),
        "key": book.add_format({"font_color": "#8A8A8A"}),
        **tiers,
    }


def _write_report(sheet: Any, report: Report, names: Mapping[str, str], looks: Mapping[str, Any]) -> None:
    for at, width in enumerate(WIDTHS):
        hidden = {"hidden": True} if at == len(WIDTHS) - 1 else {}
        sheet.set_column(at, at, width, None, hidden)
    for number, row in enumerate(report.rows):
        sheet.set_row(number, height(row))
        for at, cell in enumerate(row):
            look = looks["plain"] if number < report.header and cell.look == "text" else looks[cell.look]
            _write_result(sheet, (number, at), cell, names, looks["quoted"] if cell.quoted else look)
    sheet.freeze_panes(report.header + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(report.header)


def _write_result(sheet: Any, place: tuple[int, int], cell: Cell, names: Mapping[str, str], look: Any) -> None:
    if cell.link and cell.link.sheet in names:
        written = names[cell.link.sheet].replace("'", "''")
        sheet.write_url(*place, f"internal:'{written}'!{cell.link.a1}", look, str(cell.value))
    elif isinstance(cell.value, int):
        sheet.write_number(*place, cell.value, look)
    else:
        sheet.write_string(*place, cell.value, look)


def _color(sheet: Any, marks: Marks, colors: Mapping[str, Any]) -> None:
    for tier, found in marks.ranges.items():
        for start in range(0, len(found), _CHUNK):
            some = found[start : start + _CHUNK]
            rule = {
                "type": "formula",
                "criteria": f"={SENTINEL}",
                "format": colors[tier],
                "multi_range": " ".join(some),
            }
            sheet.conditional_format(some[0], rule)

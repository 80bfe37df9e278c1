"""Write the template as a workbook: a cover, one page for each other sheet of the contract, and the hidden lists."""

from pathlib import Path
from typing import Any

import xlsxwriter

from ingest.contract.generated_sheets import LISTS_SHEET
from ingest.contract.sheet_contract import Contracts, SheetContract
from ingest.model.received import SheetKind
from ingest.template.content import TemplateContent, period_title
from ingest.template.cover_page import write_cover
from ingest.template.lists import Lists, Offered, offered, referred
from ingest.template.looks import Looks
from ingest.template.pen import Pen
from ingest.template.table_page import FIRST, write_table
from warehouse.exports import SAFE_OPTIONS


def write_template(target: Path, contracts: Contracts, content: TemplateContent) -> None:
    """Write the template to `target`; the same content gives the same sheets."""
    with xlsxwriter.Workbook(str(target), {"in_memory": True, **SAFE_OPTIONS}) as book:
        book.set_properties({"title": f"Báo cáo {content.sender.title} kỳ {content.period.code}"})
        looks = Looks(book)
        pages = {kind: book.add_worksheet(sheet.name) for kind, sheet in contracts.sheets.items()}
        pen = Pen(contracts, content, looks, _write_lists(book, contracts, content))
        for kind, sheet in contracts.sheets.items():
            _print_setup(pages[kind], content)
            if kind is SheetKind.COVER:
                write_cover(pages[kind], sheet, pen)
            else:
                write_table(pages[kind], sheet, pen)


def _print_setup(page: Any, content: TemplateContent) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_footer(f"&L{content.sender.title} – {period_title(content.period)}&R&P/&N".replace("&amp;", "&&"))


def _write_lists(book: Any, contracts: Contracts, content: TemplateContent) -> Lists:
    """Write the hidden sheet: one column per list, its name in the first row."""
    page = book.add_worksheet(LISTS_SHEET)
    page.hide()
    names: dict[str, str] = {}
    for choices in _all_lists(contracts, content):
        if choices.name in names or not choices.values:
            continue
        column = len(names)
        page.write_string(0, column, choices.name)
        page.write_column(1, column, choices.values)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        name = f"danh_muc_{column + 1}"
        book.define_name(name, f"='{LISTS_SHEET}'!${letter}$2:${letter}${len(choices.values) + 1}")
        names[choices.name] = f"={name}"
    return Lists(names | _define_keys(book, contracts))


def _define_keys(book: Any, contracts: Contracts) -> dict[str, str]:
    """Define a name for the codes of each sheet that another one refers to; return the formulas by sheet name."""
    sheets = contracts.sheets
    others = [referred(column, sheets) for sheet in sheets.values() for column in sheet.columns]
    found = {other.name: other for other in others if other}
    for other in found.values():
        letter = xlsxwriter.utility.xl_col_to_name([each.field for each in other.columns].index(other.key[0]))
        book.define_name(f"ma_{other.kind}", f"='{other.name}'!${letter}${FIRST + 1}:${letter}${FIRST + 2_000}")
    return {name: f"=ma_{other.kind}" for name, other in found.items()}


def _all_lists(contracts: Contracts, content: TemplateContent) -> list[Offered]:
    sheets: list[SheetContract] = list(contracts.sheets.values())
    found = [offered(sheet, column, content) for sheet in sheets for column in sheet.columns]
    return [choices for choices in found if choices]

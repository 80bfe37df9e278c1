"""The child process that marks a sender's own workbook; it runs with limits and imports nothing from the project.

    python -I child.py WORKBOOK PLAN TARGET MEMORY_MB CPU_SECONDS

Writes the workbook at WORKBOOK, with the result sheet, colours and notes in PLAN (JSON), to TARGET. Formats are kept,
macros are dropped, and the marks of an earlier check are removed first. The exit code is 0 if TARGET was written; a
workbook may also crash the process.
"""

import json
import os
import re
import resource
import runpy
import sys
import zipfile
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

_CUT = "\n\n———\n"
_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)>(<f[^>]*>[^<]*</f>|<f[^>]*/>)<v\s*/?>(?:</v>)?</c>')
_TYPE = re.compile(rb' t="\w+"')


def main(arguments: list[str]) -> int:
    """Mark the workbook named in `arguments`; return 0."""
    workbook, plan_file, target, memory_mb, cpu_seconds = arguments
    resource.setrlimit(resource.RLIMIT_AS, (int(memory_mb) << 20, int(memory_mb) << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds), int(cpu_seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    plan = json.loads(Path(plan_file).read_text(encoding="utf-8"))

    book = _opened(Path(workbook))
    _put_lists(book, workbook)
    _take_out(book, plan)
    for sheet in book.worksheets:
        marks = plan["marks"].get(sheet.title)
        if marks:
            _mark(sheet, marks, plan)
    computed = _computed(workbook, book)
    _put_report(book, plan)
    book.save(target)
    if computed:
        _put_computed(Path(target), {sheet.title: n for n, sheet in enumerate(book.worksheets, start=1)}, computed)
    return 0


def _put_lists(book: Any, workbook: str) -> None:
    """Restore the drop-down lists that openpyxl drops; `kept_lists` is loaded by path, as the child has no package."""
    module = runpy.run_path(str(Path(__file__).with_name("kept_lists.py")))
    for title, validations in module["validations_apart"](workbook).items():
        for each in validations:
            book[title].add_data_validation(each)


def _opened(workbook: Path) -> Any:
    """Open the workbook with every number as it is stored.

    A number in a date format, if converted to a date, would be written back slightly changed, or as an error.
    """
    from openpyxl.reader.excel import ExcelReader

    class Reader(ExcelReader):  # type: ignore[misc]  # untyped library
        def read_worksheets(self) -> None:
            self.wb._date_formats, self.wb._timedelta_formats = set(), set()
            super().read_worksheets()

    reader = Reader(workbook, rich_text=True)
    reader.read()
    return reader.wb


def _take_out(book: Any, plan: Any) -> None:
    """Remove the additions of an earlier check: the result sheet, its colours and its notes."""
    from openpyxl.formatting.formatting import ConditionalFormattingList

    for sheet in [each for each in book.worksheets if each.title == plan["sheet"]]:
        book.remove(sheet)
    for sheet in book.worksheets:
        kept = ConditionalFormattingList()
        for block in sheet.conditional_formatting:
            for rule in block.rules:
                if not any(plan["sentinel"] in formula for formula in rule.formula):
                    kept.add(str(block.sqref), rule)
        sheet.conditional_formatting = kept
        for cell in sheet._cells.values():
            if cell.comment is not None and cell.comment.author == plan["author"]:
                cell.comment = _of_sender(cell.comment)
            elif _is_answered(cell, plan):
                cell.comment = None


def _is_answered(cell: Any, plan: Any) -> bool:
    """Whether a cell has a note from an older template that has been answered; headers keep their notes."""
    noted = cell.comment is not None and cell.comment.author == plan["template"]
    return noted and cell.row > plan["template_header"] and cell.value is not None


def _of_sender(comment: Any) -> Any:
    """The sender's own note, which stands above ours; None if there is none."""
    from openpyxl.comments import Comment

    own, cut, _ = comment.text.partition(_CUT)
    return Comment(own, "") if cut else None


def _mark(sheet: Any, marks: Any, plan: Any) -> None:
    from openpyxl.comments import Comment
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    for tier, found in marks["ranges"].items():
        color = plan["colors"][tier]
        look = DifferentialStyle(fill=PatternFill(bgColor=color, fill_type="solid"))
        for start in range(0, len(found), 400):
            rule = Rule(type="expression", dxf=look, formula=[plan["sentinel"]])
            sheet.conditional_formatting.add(" ".join(found[start : start + 400]), rule)
    for place, text in marks["notes"].items():
        cell = _anchor(sheet, place)
        before = f"{cell.comment.text}{_CUT}" if cell.comment is not None else ""
        cell.comment = Comment(before + text, plan["author"], width=380, height=60 + 18 * (len(text) // 45 + 1))


def _anchor(sheet: Any, place: str) -> Any:
    """The cell at `place`; for a merged block, its first cell."""
    cell = sheet[place]
    for block in sheet.merged_cells.ranges if type(cell).__name__ == "MergedCell" else ():
        if place in block:
            return sheet.cell(block.min_row, block.min_col)
    return cell


def _put_report(book: Any, plan: Any) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet = book.create_sheet(plan["sheet"], 0)
    looks = _looks(plan)
    titles = {each.title for each in book.worksheets}
    for number, row in enumerate(plan["rows"], start=1):
        for at, entry in enumerate(row, start=1):
            cell = sheet.cell(number, at)
            cell.value = entry["value"]
            if isinstance(entry["value"], str):
                cell.data_type = "s"
            plain = number <= plan["header"] and entry["look"] == "text"
            for name, value in looks["plain" if plain else entry["look"]].items():
                setattr(cell, name, value)
            cell.quotePrefix = entry["quoted"]
            link = entry["link"]
            if link and link["sheet"] in titles:
                quoted = link["sheet"].replace("'", "''")
                location = f"'{quoted}'!{link['letter']}{link['row']}"
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location)
    for number, height in enumerate(plan["heights"], start=1):
        sheet.row_dimensions[number].height = height
    for at, width in enumerate(plan["widths"], start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.column_dimensions[get_column_letter(len(plan["widths"]))].hidden = True
    sheet.freeze_panes = f"A{plan['header'] + 2}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    for each in book.worksheets:
        each.sheet_view.tabSelected = False
    book.active = 0


def _looks(plan: Any) -> Any:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    face = "Calibri"
    wrap, line = Alignment(wrap_text=True, vertical="top"), Side(style="thin")
    box = Border(left=line, right=line, top=line, bottom=line)

    def filled(color: str) -> Any:
        return PatternFill("solid", fgColor=color)

    tiers = {
        tier: {"alignment": wrap, "fill": filled(color), "font": Font(name=face, bold=True)}
        for tier, color in plan["colors"].items()
    }
    return {
        "title": {"font": Font(name=face, bold=True, size=16)},
        "strong": {"font": Font(name=face, bold=True)},
        "plain": {"font": Font(name=face)},
        "head": {"alignment": wrap, "border": box, "fill": filled("DCE6F1"), "font": Font(name=face, bold=True)},
        "text": {"alignment": wrap, "font": Font(name=face)},
        "link": {"alignment": wrap, "font": Font(name=face, color="1F4E79", underline="single")},
        "reason": {"alignment": wrap, "border": box, "fill": filled("EAF3EA")},
        "key": {"font": Font(name=face, color="8A8A8A")},
        **tiers,
    }


def _computed(workbook: str, book: Any) -> dict[str, dict[str, Any]]:
    """The stored result of each formula, by sheet and cell: openpyxl writes formulas without it."""
    from openpyxl import load_workbook

    formulas = {
        sheet.title: {cell.coordinate for cell in sheet._cells.values() if cell.data_type == "f"}
        for sheet in book.worksheets
    }
    if not any(formulas.values()):
        return {}
    values = load_workbook(workbook, data_only=True)
    return {title: {place: values[title][place].value for place in places} for title, places in formulas.items()}


def _put_computed(target: Path, parts: dict[str, int], computed: dict[str, dict[str, Any]]) -> None:
    """Restore the results of formulas, so that programs that do not calculate read the same values."""
    by_part = {f"xl/worksheets/sheet{parts[title]}.xml": values for title, values in computed.items() if values}
    unfinished = target.with_suffix(".part")
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in source.infolist():
            content = source.read(member)
            values = by_part.get(member.filename)
            if values:
                content = _FORMULA.sub(partial(_with_result, values), content)
            copy.writestr(member.filename, content)
    unfinished.replace(target)


def _with_result(values: dict[str, Any], found: Any) -> bytes:
    kind, text = _stored(values.get(found[1].decode()))
    if not text:
        return bytes(found[0])
    attributes = _TYPE.sub(b"", found[2]) + (f' t="{kind}"'.encode() if kind else b"")
    return b'<c r="%s"%s>%s<v>%s</v></c>' % (found[1], attributes, found[3], text.encode())


def _stored(value: Any) -> tuple[str, str]:
    """The type and the text with which a workbook stores a result."""
    from openpyxl.utils.datetime import to_excel

    if value is None:
        return "", ""
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, (int, float)):
        return "", repr(value)
    if isinstance(value, str):
        return ("e" if value.startswith("#") and value.isupper() else "str"), escape(value, quote=False)
    return "", repr(to_excel(value))


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))

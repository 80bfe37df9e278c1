"""One page of a template: a header with notes, lists for its cells, and the rows that go on."""

from typing import Any

from ingest.contracts import Column, SheetContract
from ingest.template.cells import suggestion, validation, write_cell
from ingest.template.content import Row, TemplateContent, period_title
from ingest.template.lists import offered, referred
from ingest.template.looks import is_wrapped, width
from ingest.template.notes import need, note
from ingest.template.pen import Pen

_NEEDS, _HEADER, FIRST = 2, 3, 4
"""Rows from 0: what is required, the header, the first row of data."""

_LAST = 1_048_575
_NOTE = {"author": "Mẫu báo cáo", "x_scale": 2.6, "y_scale": 2.0, "font_size": 10}


def write_table(page: Any, sheet: SheetContract, pen: Pen) -> None:
    """Header, notes and validations of every column, then the rows carried over."""
    content, looks = pen.content, pen.looks
    rows = content.rows.get(sheet.kind, ())
    page.write_string(0, 0, f"{sheet.name} – {content.sender.title} – {period_title(content.period)}", looks.title)
    asked = _by_cell(sheet, content)
    page.write_string(1, 0, _hint(content, len(rows), len(asked)), looks.hint)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, width(column), looks.cell(column))
        page.write_string(_NEEDS, at, need(column), looks.need)
        page.write_string(_HEADER, at, column.header, looks.required if column.required else looks.optional)
        page.write_comment(_HEADER, at, note(sheet, column, content), _NOTE)
        allowed = _allowed(sheet, column, pen)
        if allowed:
            page.data_validation(FIRST, at, _LAST, at, allowed)
    for number, row in enumerate(rows, start=FIRST):
        page.set_row(number, _height(sheet, row))
        for at, column in enumerate(sheet.columns):
            write_cell(page, (number, at), column, row.get(column.field), pen)
    for (number, at), text in asked.items():
        page.write_comment(number, at, text, _NOTE)
        is_blank = rows[number - FIRST].get(sheet.columns[at].field) is None
        page.conditional_format(
            number, at, number, at, {"type": "blanks" if is_blank else "no_blanks", "format": looks.asked}
        )
    page.set_row(_HEADER, 46)
    page.freeze_panes(FIRST, max(len(sheet.key), 1))
    page.repeat_rows(_HEADER)
    page.set_selection(FIRST + len(rows), 0, FIRST + len(rows), 0)


def _height(sheet: SheetContract, row: Row) -> float:
    """The height in points at which the row's longest text can be read whole."""
    lines = (-(-len(str(row.get(each.field) or "")) // (width(each) - 4)) for each in sheet.columns if is_wrapped(each))
    return 15.0 * max(1, *lines, 1)


def _allowed(sheet: SheetContract, column: Column, pen: Pen) -> dict[str, object] | None:
    allowed = validation(column, pen.lists.source(offered(sheet, column, pen.content)))
    other = referred(column, pen.contracts.sheets)
    if allowed or other is None:
        return allowed
    return suggestion(pen.lists.names[other.name])


def _by_cell(sheet: SheetContract, content: TemplateContent) -> dict[tuple[int, int], str]:
    """What is asked at each cell of the page, by row and column from 0."""
    at = {column.field: number for number, column in enumerate(sheet.columns)}
    asked: dict[tuple[int, int], str] = {}
    for each in content.asked.get(sheet.kind, ()):
        place = (FIRST + each.row, at[each.field])
        asked[place] = f"{asked[place]}\n{each.text}" if place in asked else each.text
    return asked


def _hint(content: TemplateContent, carried: int, asked: int) -> str:
    if not carried:
        return "Mỗi dòng một mục, ghi ngay dưới dòng tiêu đề. Cột nền đậm là bắt buộc."
    of = f"tệp kỳ {content.carried_from}"
    todo = f" {asked} ô nền vàng còn phải bổ sung: xem ghi chú tại ô." if asked else ""
    said = f"{carried} dòng dưới đây chuyển từ {of} sang, còn hiệu lực: cập nhật tại chỗ, rồi ghi thêm dòng mới ở cuối."
    return said + todo

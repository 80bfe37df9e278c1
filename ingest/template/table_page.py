"""Write one page of a template: headers with notes, drop-down lists, and the carried-over rows."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ingest.contract.generated_sheets import TEMPLATE_AUTHOR
from ingest.contract.sheet_contract import Column, SheetContract, ValueType
from ingest.template.cells import suggestion, validation, write_cell
from ingest.template.content import Row, TemplateContent, period_title
from ingest.template.lists import offered, referred, shown
from ingest.template.looks import is_wrapped, width
from ingest.template.notes import need, note
from ingest.template.pen import Pen
from warehouse.exports import text_width

_NEEDS, _HEADER, FIRST = 2, 3, 4
"""Row numbers from 0: which columns are required, the header, and the first data row."""

_LAST = 1_048_575
_TEXTS = (ValueType.CODE, ValueType.NAME, ValueType.UNIT, ValueType.FIELD, ValueType.CHOICE)
_WIDEST = 60
_ASKED = "Ô còn phải bổ sung"
_LONGEST_MESSAGE = 255
"""Maximum number of characters in a validation message."""

_NOTE = {"author": TEMPLATE_AUTHOR, "x_scale": 2.6, "y_scale": 2.0, "font_size": 10}


def write_table(page: Any, sheet: SheetContract, pen: Pen) -> None:
    """Write the header, note and validations of every column, then the carried-over rows."""
    content, looks = pen.content, pen.looks
    rows = content.rows.get(sheet.kind, ())
    page.write_string(0, 0, f"{sheet.name} – {content.sender.title} – {period_title(content.period)}", looks.title)
    questions = _by_cell(sheet, content)
    page.write_string(1, 0, _hint(content, len(rows), len(questions)), looks.hint)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, _width(column, rows, content), looks.cell(column))
        page.write_string(_NEEDS, at, need(column), looks.need)
        page.write_string(_HEADER, at, column.header, looks.required if column.required else looks.optional)
        page.write_comment(_HEADER, at, note(sheet, column, content), _NOTE)
        messages = {row: text for (row, place), text in questions.items() if place == at}
        _validate(page, at, _allowed(sheet, column, pen), messages)
    for number, row in enumerate(rows, start=FIRST):
        page.set_row(number, _height(sheet, row))
        for at, column in enumerate(sheet.columns):
            write_cell(page, (number, at), column, row.get(column.field), pen)
    for number, at in questions:
        is_blank = rows[number - FIRST].get(sheet.columns[at].field) is None
        page.conditional_format(
            number, at, number, at, {"type": "blanks" if is_blank else "no_blanks", "format": looks.question}
        )
    page.set_row(_HEADER, 46)
    page.freeze_panes(FIRST, max(len(sheet.key), 1))
    page.repeat_rows(_HEADER)
    page.set_selection(FIRST + len(rows), 0, FIRST + len(rows), 0)


def _validate(page: Any, at: int, allowed: Mapping[str, object] | None, messages: Mapping[int, str]) -> None:
    """Set the validations of a column's cells; cells with a message in `messages`, by row, show it when selected.

    A note, in contrast, would stay after the cell has been filled. Ranges of validations must not overlap.
    """
    edges = [FIRST - 1, *sorted(messages), _LAST + 1]
    free = [[above + 1, at, below - 1, at] for above, below in pairwise(edges) if below - above > 1]
    if allowed:
        page.data_validation(*free[0], {**allowed, "other_cells": free[1:]})
    for text in dict.fromkeys(messages.values()):
        first, *others = [[row, at, row, at] for row, message in messages.items() if message == text]
        message = {"input_title": _ASKED, "input_message": _shortened(text), "other_cells": others}
        page.data_validation(*first, {"validate": "any", **(allowed or {}), **message})


def _shortened(text: str) -> str:
    """The text, cut to the length of a validation message."""
    return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"


def _width(column: Column, rows: Sequence[Row], content: TemplateContent) -> int:
    """The width in characters at which carried-over values are readable, up to a limit; wrapped columns keep theirs."""
    if is_wrapped(column) or column.type not in _TEXTS:
        return width(column)
    texts = (str(shown(column, row.get(column.field), content) or "") for row in rows)
    return min(max([width(column), *(text_width(text) + 2 for text in texts)]), _WIDEST)


def _height(sheet: SheetContract, row: Row) -> float:
    """The height in points at which the row's longest text is fully readable."""
    lines = (-(-len(str(row.get(each.field) or "")) // (width(each) - 4)) for each in sheet.columns if is_wrapped(each))
    return 15.0 * max(1, *lines, 1)


def _allowed(sheet: SheetContract, column: Column, pen: Pen) -> dict[str, object] | None:
    allowed = validation(column, pen.lists.source(offered(sheet, column, pen.content)))
    other = referred(column, pen.contracts.sheets)
    if allowed or other is None:
        return allowed
    return suggestion(pen.lists.names[other.name])


def _by_cell(sheet: SheetContract, content: TemplateContent) -> dict[tuple[int, int], str]:
    """The questions at cells of the page, by row and column from 0."""
    at = {column.field: number for number, column in enumerate(sheet.columns)}
    questions: dict[tuple[int, int], str] = {}
    for each in content.questions.get(sheet.kind, ()):
        place = (FIRST + each.row, at[each.field])
        questions[place] = f"{questions[place]}\n{each.text}" if place in questions else each.text
    return questions


def _hint(content: TemplateContent, carried: int, questions: int) -> str:
    if not carried:
        return "Mỗi dòng một mục, ghi ngay dưới dòng tiêu đề. Cột nền đậm là bắt buộc."
    of = f"tệp kỳ {content.carried_from}"
    todo = f" {questions} ô nền vàng còn phải bổ sung: chọn ô để đọc phải ghi gì." if questions else ""
    said = f"{carried} dòng dưới đây chuyển từ {of} sang, còn hiệu lực: cập nhật tại chỗ, rồi ghi thêm dòng mới ở cuối."
    return said + todo

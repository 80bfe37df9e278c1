"""Write the cover of a template: its labels, with the values that are known."""

from typing import Any

from ingest.contract.sheet_contract import SheetContract
from ingest.template.cells import validation, write_cell
from ingest.template.content import TemplateContent, period_title
from ingest.template.lists import offered
from ingest.template.notes import note
from ingest.template.pen import Pen

_FIRST = 4
_HINTS = (
    "Chỉ điền vào các ô trống; giữ nguyên tên trang và dòng tiêu đề. Đưa chuột lên tiêu đề để xem cách ghi.",
    "Trong kỳ không có gì phát sinh: ghi «Có» vào ô «Không phát sinh» và ghi người duyệt.",
)
_NOTE = {"author": "Mẫu báo cáo", "x_scale": 2.6, "y_scale": 1.6, "font_size": 10}


def write_cover(page: Any, sheet: SheetContract, pen: Pen) -> None:
    """Write the cover with sender and period filled in, each with its name in words to the right."""
    content, looks = pen.content, pen.looks
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 24)
    page.set_column(2, 2, 60)
    page.write_string(0, 0, "BÁO CÁO HỘI NGHỊ ĐỐI THOẠI VÀ GIẢI QUYẾT KIẾN NGHỊ", looks.title)
    for number, sentence in enumerate(_HINTS, start=1):
        page.write_string(number, 0, sentence, looks.hint)
    known = {"sender_unit_code": content.sender.code, "period": content.period.code}
    words = {"sender_unit_code": content.sender.title, "period": _period_words(content)}
    for row, column in enumerate(sheet.columns, start=_FIRST):
        page.write_string(row, 0, column.header, looks.label_required if column.required else looks.label)
        page.write_comment(row, 0, note(sheet, column, content), _NOTE)
        if column.field in known:
            page.write_string(row, 1, known[column.field], looks.cell(column, border=True))
            page.write_string(row, 2, words[column.field], looks.hint)
        else:
            write_cell(page, (row, 1), column, None, pen, border=True)
            allowed = validation(column, pen.lists.source(offered(sheet, column, content)))
            if allowed:
                page.data_validation(row, 1, row, 1, allowed)
    page.set_selection(_FIRST + len(known), 1, _FIRST + len(known), 1)


def _period_words(content: TemplateContent) -> str:
    period = content.period
    return f"{period_title(period)} ({period.start:%d/%m/%Y} – {period.end:%d/%m/%Y})"

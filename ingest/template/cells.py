"""Write one cell of a template in its column's format, and define the validation of a column's cells."""

from datetime import date, datetime
from typing import Any

from ingest.contract.sheet_contract import DATES, Column, ValueType
from ingest.template.lists import shown
from ingest.template.pen import Pen
from warehouse.exports import cell_text, looks_like_formula

_FIRST_DAY = date(2000, 1, 1)
_BAD_DATE = "Ghi ngày theo dạng dd/mm/yyyy, ví dụ 05/09/2024."
_TITLE = "Chưa đúng mẫu"


def write_cell(
    page: Any, place: tuple[int, int], column: Column, value: object, pen: Pen, *, border: bool = False
) -> None:
    """Write a typed value in the form that the reader accepts; a blank cell keeps its format."""
    (row, at), looks = place, pen.looks
    match shown(column, value, pen.content):
        case None:
            page.write_blank(row, at, None, looks.cell(column, border=border))
        case bool(said):
            page.write_string(row, at, "Có" if said else "Không", looks.cell(column, border=border))
        case datetime() as instant:
            look = looks.cell(column, number_format="dd/mm/yyyy hh:mm", border=border)
            page.write_datetime(row, at, instant, look)
        case date() as day:
            page.write_datetime(row, at, day, looks.cell(column, border=border))
        case int(number):
            page.write_number(row, at, number, looks.cell(column, border=border))
        case text:
            quoted = looks_like_formula(str(text))
            page.write_string(row, at, cell_text(str(text)), looks.cell(column, quoted=quoted, border=border))


def validation(column: Column, source: str | None) -> dict[str, object] | None:
    """The validation of a column's cells, with the list at `source` if there is one; None if anything is allowed."""
    if source and column.type is ValueType.UNIT:
        return _listed(source, "warning", "Đơn vị này không có trong danh sách. Có thể ghi riêng mã đơn vị. Giữ lại?")
    if source:
        return _listed(source, "stop", f"Chọn một giá trị trong danh sách của cột «{column.header}».")
    if column.type in DATES:
        return _compared("date", _FIRST_DAY, _BAD_DATE)
    if column.type is ValueType.INTEGER:
        return _compared("integer", 0, "Ghi một số nguyên từ 0 trở lên, không kèm chữ.")
    if column.type is ValueType.YEAR:
        return _compared("integer", _FIRST_DAY.year, "Ghi năm bằng bốn chữ số, ví dụ 2024.")
    return None


def suggestion(source: str) -> dict[str, object]:
    """A drop-down list that suggests values and forbids none."""
    return {"validate": "list", "source": source, "show_error": False}


def _listed(source: str, severity: str, message: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": source,
        "error_type": severity,
        "error_title": _TITLE,
        "error_message": message,
    }


def _compared(kind: str, least: object, message: str) -> dict[str, object]:
    return {"validate": kind, "criteria": ">=", "value": least, "error_title": _TITLE, "error_message": message}

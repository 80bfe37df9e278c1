"""The formats and column widths of a template."""

from typing import Any

from ingest.contract.sheet_contract import Column, ValueType

_FONT: dict[str, object] = {"font_name": "Times New Roman", "font_size": 11}
_DEEP, _PALE, _INK = "#1F4E79", "#DCE6F1", "#5F6B7A"
_QUESTION = "#FFF2B3"
_WIDTHS = {
    ValueType.CODE: 17,
    ValueType.NAME: 24,
    ValueType.FREE_TEXT: 52,
    ValueType.UNIT: 30,
    ValueType.FIELD: 28,
    ValueType.CHOICE: 19,
    ValueType.DAY: 13,
    ValueType.INSTANT: 17,
    ValueType.INTEGER: 11,
    ValueType.YEAR: 9,
    ValueType.YES_NO: 13,
}
_NUMBER_FORMATS = {
    ValueType.DAY: "dd/mm/yyyy",
    ValueType.INSTANT: "dd/mm/yyyy",
    ValueType.INTEGER: "0",
    ValueType.YEAR: "0",
}
_TEXT = "@"


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._cells: dict[tuple[str, bool], Any] = {}
        self.title = book.add_format({**_FONT, "bold": True, "font_size": 14, "font_color": _DEEP})
        self.hint = book.add_format({**_FONT, "italic": True, "font_color": _INK})
        head = {**_FONT, "bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
        self.required = book.add_format({**head, "bg_color": _DEEP, "font_color": "#FFFFFF"})
        self.optional = book.add_format({**head, "bg_color": _PALE})
        self.need = book.add_format({**_FONT, "italic": True, "font_size": 9, "font_color": _INK, "align": "center"})
        self.question = book.add_format({"bg_color": _QUESTION})
        self.label = book.add_format({**_FONT, "bold": True, "border": 1, "bg_color": _PALE})
        self.label_required = book.add_format({**_FONT, "bold": True, "border": 1, **_deep()})

    def cell(self, column: Column, *, number_format: str = "", quoted: bool = False, border: bool = False) -> Any:
        """The format of a cell of this column; text by default."""
        code = number_format or _NUMBER_FORMATS.get(column.type, _TEXT)
        key = (f"{code}{border}{is_wrapped(column)}", quoted)
        if key not in self._cells:
            look: dict[str, object] = {**_FONT, "num_format": code, "valign": "top", "quote_prefix": quoted}
            look |= {"border": 1} if border else {}
            look |= {"text_wrap": True} if is_wrapped(column) else {}
            self._cells[key] = self._book.add_format(look)
        return self._cells[key]


def width(column: Column) -> int:
    """The width of a column in characters."""
    return _WIDTHS.get(column.type, 18)


def is_wrapped(column: Column) -> bool:
    """Whether the column holds sentences, which need several lines."""
    return column.type is ValueType.FREE_TEXT


def _deep() -> dict[str, object]:
    return {"bg_color": _DEEP, "font_color": "#FFFFFF"}

"""Lay out one sheet as lines: titles, merged headers, groups by unit, totals, signatures. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from random import Random

from ingest.contract.sheet_contract import Column, SheetContract
from ingest.model.received import SheetKind
from sample_province.letters import Letters, encoded
from sample_province.places import Unit
from sample_province.rows import Row, Value
from sample_province.styles import Cell, DayForm, Style, day_text, written_cell
from sample_province.views import FeedView

BANNER = "DỮ LIỆU MẪU – số liệu và tên người trong tệp này đều do máy đặt ra"


class LineKind(StrEnum):
    """The kinds of lines in a sheet."""

    TITLE = "title"
    BANNER = "banner"
    HEADER = "header"
    NUMBERS = "numbers"
    GROUP = "group"
    DATA = "data"
    TOTAL = "total"
    FOOTER = "footer"
    BLANK = "blank"


@dataclass(frozen=True)
class Merge:
    """A merged block of cells; lines and columns count from 0, and the last ones belong to the block."""

    first_line: int
    first_column: int
    last_line: int
    last_column: int


@dataclass(frozen=True)
class Line:
    """One line of cells from column A on."""

    kind: LineKind
    cells: tuple[Cell, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet ready to be written."""

    kind: SheetKind
    name: str
    lines: tuple[Line, ...]
    merges: tuple[Merge, ...]
    width: int


@dataclass(frozen=True)
class Form:
    """What the layout of one sheet needs."""

    view: FeedView
    style: Style
    contract: SheetContract
    units: Mapping[str, Unit]
    field_names: Mapping[str, str]
    title: str
    signers: tuple[str, str]
    extra_header: str | None = None
    extra_cell: str | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.contract.columns if column.field not in self.style.left_out)

    @property
    def width(self) -> int:
        return len(self.columns) + 1 + (self.extra_header is not None)

    def text(self, text: str) -> str:
        return encoded(text, self.style.letters)


_SPANS: Mapping[SheetKind, tuple[tuple[str, str, str], ...]] = {
    SheetKind.COVER: (),
    SheetKind.DIALOGUES: (
        ("Thông tin chung về hội nghị", "dialogue_code", "form"),
        ("Việc chủ trì hội nghị", "chair_name", "chaired_by_head"),
        ("Chuẩn bị hội nghị", "in_programme", "detailed_programme"),
        ("Diễn biến tại hội nghị", "participants", "answered_at_once"),
        ("Sau hội nghị", "conclusion_no", "supervised_on"),
    ),
    SheetKind.PETITIONS: (
        ("Việc tiếp nhận", "petition_code", "summary"),
        ("Phân công giải quyết", "responsible_unit_code", "due_on"),
        ("Việc gia hạn (nếu có)", "extension_no", "extended_on"),
        ("Kết quả giải quyết", "outcome", "satisfaction"),
    ),
    SheetKind.TENURES: (("Thời gian giữ chức vụ", "from_on", "to_on"),),
    SheetKind.PLANS: (("Kế hoạch năm của đơn vị", "year", "programme_no"),),
    SheetKind.TRAININGS: (("Lớp tập huấn", "held_on", "participants"),),
    SheetKind.DECISIONS: (("Đối tượng", "unit_code", "leader_code"), ("Nội dung quyết định", "form", "reason")),
    SheetKind.PRACTICES: (),
}
_SUMMED = ("participants", "opinions_raised", "answered_at_once", "planned_dialogues")
_UNGROUPED = (SheetKind.PLANS, SheetKind.TRAININGS)
"""The sheets with about one row per unit, which need no group headings."""


def sheet_of(form: Form, rows: Iterable[Row], rng: Random) -> Sheet:
    """The whole sheet: titles, table and footer."""
    if form.contract.kind is SheetKind.COVER and not form.style.csv:
        return _cover(form, next(iter(rows)), rng)
    titles = _titles(form)
    headers, merges = _headers(form, len(titles))
    lines = [*titles, *headers, *_body(form, list(rows), rng), *_footer(form)]
    merges += [Merge(n, 1, n, form.width - 1) for n, line in enumerate(lines) if line.kind is LineKind.GROUP]
    return Sheet(form.contract.kind, _sheet_name(form), tuple(lines), tuple(merges), form.width)


def _sheet_name(form: Form) -> str:
    """The name on the sheet's tab; it has no font, so a sender with TCVN3 fonts keeps the contract's name."""
    return form.contract.name if form.style.letters is Letters.TCVN3 else form.text(form.contract.name)


def _cover(form: Form, row: Row, rng: Random) -> Sheet:
    """The cover of a workbook: one label and its value per line."""
    lines = _titles(form)
    for number, column in enumerate(form.columns, start=1):
        cell = written_cell(rng, form.style, column, row[column.field], form.field_names)
        lines.append(Line(LineKind.DATA, (number, form.text(column.header), cell)))
    return Sheet(form.contract.kind, _sheet_name(form), tuple(lines), (), 3)


def _titles(form: Form) -> list[Line]:
    """The lines above the table: the agency and the motto side by side, then the banner, the title and the period."""
    right = form.width // 2
    pairs = (
        (f"UBND {form.view.sender.display}".upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("VĂN PHÒNG", "Độc lập - Tự do - Hạnh phúc"),
    )
    lines = [_placed(form, LineKind.TITLE, {0: left, right: motto}) for left, motto in pairs]
    return [
        *lines,
        Line(LineKind.BLANK),
        _placed(form, LineKind.BANNER, {0: BANNER}),
        _placed(form, LineKind.TITLE, {0: form.title}),
        _placed(form, LineKind.TITLE, {0: form.view.period.title}),
        Line(LineKind.BLANK),
    ]


def _placed(form: Form, kind: LineKind, texts: Mapping[int, str]) -> Line:
    """A line with the given texts at the given columns."""
    return Line(kind, tuple(form.text(texts[n]) if n in texts else None for n in range(max(texts) + 1)))


def _headers(form: Form, at: int) -> tuple[list[Line], list[Merge]]:
    """The header rows, merged, from line `at` on, and the row of column numbers below them."""
    names = [form.style.number_header, *(column.header for column in form.columns)]
    if form.extra_header:
        names.append(form.extra_header)
    spans = _spans(form)
    depth = form.style.header_rows if spans else 1
    spanned = {column for span in spans for column in range(span.first, span.last + 1)}
    grid: list[list[str | None]] = [[None] * len(names) for _ in range(depth)]
    for n, name in enumerate(names):
        grid[depth - 1 if n in spanned else 0][n] = name
    for span in spans:
        grid[0][span.first] = span.text
    merges = [Merge(at, span.first, at + depth - 2, span.last) for span in spans]
    merges += [Merge(at, n, at + depth - 1, n) for n in range(len(names)) if depth > 1 and n not in spanned]
    lines = [Line(LineKind.HEADER, tuple(form.text(text) if text else None for text in row)) for row in grid]
    numbers = tuple(n if form.style.plain_numbers else f"({n})" for n in range(1, len(names) + 1))
    return [*lines, Line(LineKind.NUMBERS, numbers)], merges


@dataclass(frozen=True)
class _Span:
    """A heading above several columns, from `first` to `last`, both included."""

    text: str
    first: int
    last: int


def _spans(form: Form) -> list[_Span]:
    fields = [column.field for column in form.columns]
    spans = []
    for text, first, last in _SPANS[form.contract.kind]:
        order = [column.field for column in form.contract.columns]
        inside = [n for n, f in enumerate(fields, start=1) if order.index(first) <= order.index(f) <= order.index(last)]
        spans.append(_Span(text, inside[0], inside[-1]))
    return spans


def _body(form: Form, rows: list[Row], rng: Random) -> list[Line]:
    """The data lines, with a total; if the sender reports for several units, each unit has a heading.

    Dialogues also have a sum for each unit with more than one.
    """
    if form.contract.kind is SheetKind.COVER:
        return [_data(form, number, row, rng) for number, row in enumerate(rows, start=1)]
    ordered = sorted(rows, key=lambda row: _rank(form, row))
    several = form.view.sender.level == "district" and form.contract.kind not in _UNGROUPED
    lines: list[Line] = []
    for number, (code, group) in enumerate(groupby(ordered, key=lambda row: str(row["unit_code"])), start=1):
        members = list(group)
        if several:
            lines.append(Line(LineKind.GROUP, (_roman(number), form.text(_unit_name(form, code)))))
        lines += [_data(form, n, row, rng) for n, row in enumerate(members, start=1)]
        if several and len(members) > 1 and form.contract.kind is SheetKind.DIALOGUES:
            lines.append(_total(form, "Cộng", members))
    return [*lines, _total(form, "Tổng cộng", ordered)] if ordered else lines


def _rank(form: Form, row: Row) -> tuple[bool, str]:
    """The sender's own rows first, then its communes by code."""
    code = str(row["unit_code"])
    return code != form.view.sender.code, code


def _unit_name(form: Form, code: str) -> str:
    return form.units[code].display if code in form.units else "Đơn vị khác"


def _data(form: Form, number: int, row: Row, rng: Random) -> Line:
    cells: list[Cell] = [number]
    cells += [written_cell(rng, form.style, column, row[column.field], form.field_names) for column in form.columns]
    if form.extra_header:
        cells.append(form.extra_cell)
    filtered = form.style.hides and form.contract.kind is SheetKind.PETITIONS and number % 9 == 0
    return Line(LineKind.DATA, tuple(cells), hidden=filtered)


def _total(form: Form, word: str, rows: list[Row]) -> Line:
    """A total line: the word in the first column, and sums below the counts that can be added up."""
    sums = (sum(_number(row[c.field]) for row in rows) if c.field in _SUMMED else None for c in form.columns)
    return Line(LineKind.TOTAL, (form.text(word), *sums))


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _footer(form: Form) -> list[Line]:
    """The lines below the table: place and date, the two people who sign, and who gets a copy."""
    right = max(2, form.width * 2 // 3)
    prepared = f"{form.view.sender.name}, {day_text(form.view.prepared_on, DayForm.LONG)}"
    by, approved = form.signers
    return [
        Line(LineKind.BLANK),
        _placed(form, LineKind.FOOTER, {right: prepared}),
        _placed(form, LineKind.FOOTER, {1: "Người lập biểu", right: "Thủ trưởng đơn vị"}),
        _placed(form, LineKind.FOOTER, {1: "(Ký, ghi rõ họ tên)", right: "(Ký tên, đóng dấu)"}),
        Line(LineKind.BLANK),
        _placed(form, LineKind.FOOTER, {1: by, right: approved}),
        _placed(form, LineKind.FOOTER, {0: "Nơi nhận: Ban Dân vận Tỉnh ủy; lưu văn thư."}),
    ]


_ROMAN = ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text

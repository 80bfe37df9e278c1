"""Hypothesis strategies for workbooks of valid rows in every sheet, in the layouts that clerks use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import strategies as st
from xlsxwriter.utility import xl_col_to_name

from ingest.contract import load
from ingest.contract.sheet_contract import Column, SheetContract, ValueType
from ingest.model.received import SheetKind
from warehouse.exports import SAFE_OPTIONS

START, END = date(2024, 7, 1), date(2024, 9, 30)
UNITS = ("347", "13285", "13291", "13294", "13306")
FIELDS = ("land", "economy", "security", "other")
SHEETS: Mapping[SheetKind, SheetContract] = {
    kind: sheet for kind, sheet in load.load().sheets.items() if kind is not SheetKind.COVER
}
COVER = {"sender_unit_code": "347", "period": "2024Q3"}

Row = dict[str, Any]
Book = dict[SheetKind, list[Row]]

# --------------------------------------------------------------------------------------------------------- valid rows

WORDS = (
    "đề nghị",
    "sửa đường",
    "thôn Đông",
    "cấp nước",
    "Nguyễn",
    "hòa giải",
    "= 5 hộ",
    "-",
    "@ủy ban",
    "+ thêm",
    "đất",
)
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join).filter(lambda text: text != "-")
DAYS = st.dates(START, END)
NUMBERS = st.integers(0, 5_000)
SOME_UNIT = st.sampled_from(UNITS)
BODIES = st.sampled_from(("party", "government"))


@st.composite
def dialogue(draw: st.DrawFn) -> Row:
    held = draw(DAYS)
    opinions = draw(NUMBERS)
    concluded = draw(st.booleans())
    return {
        "unit_code": draw(SOME_UNIT),
        "held_on": held,
        "form": draw(st.sampled_from(("periodic", "extraordinary", "thematic"))),
        "chair_name": draw(SENTENCES),
        "chaired_by_head": draw(st.booleans()),
        "in_programme": draw(st.booleans()),
        "notice_on": draw(st.none() | st.just(held - timedelta(days=draw(st.integers(0, 20))))),
        "detailed_programme": draw(st.booleans()),
        "participants": draw(st.none() | NUMBERS),
        "opinions_raised": opinions,
        "answered_at_once": draw(st.integers(0, opinions)),
        "conclusion_no": f"{draw(st.integers(1, 900))}/TB" if concluded else None,
        "conclusion_on": held if concluded else None,
        "main_field": draw(st.none() | st.sampled_from(FIELDS)),
        "note": draw(st.none() | SENTENCES),
    }


@st.composite
def petition(draw: st.DrawFn) -> Row:
    received = draw(DAYS)
    moment = draw(st.just(time.min) | st.times().map(lambda at: at.replace(microsecond=0)))
    settled = draw(st.booleans())
    outcome = draw(
        st.sampled_from(("resolved", "explained", "transferred") if settled else ("in_progress", "not_started"))
    )
    due = received + timedelta(days=draw(st.integers(0, 60)))
    return {
        "unit_code": draw(SOME_UNIT),
        "received_on": datetime.combine(received, moment) if moment != time.min else received,
        "field": draw(st.sampled_from(FIELDS)),
        "summary": draw(st.none() | SENTENCES),
        "responsible_unit_code": draw(SOME_UNIT),
        "responsible_body": draw(BODIES),
        "due_on": due + timedelta(days=1),
        "outcome": outcome,
        "settled_on": min(received + timedelta(days=draw(st.integers(1, 5))), END + timedelta(days=1))
        if settled
        else None,
    }


@st.composite
def tenure(draw: st.DrawFn) -> Row:
    since = draw(st.dates(date(2021, 1, 1), date(2024, 6, 1)))
    return {
        "full_name": draw(SENTENCES),
        "unit_code": draw(SOME_UNIT),
        "body": draw(BODIES),
        "post": draw(st.none() | SENTENCES),
        "from_on": since,
        "to_on": draw(st.none() | st.just(since + timedelta(days=draw(st.integers(1, 20))))),
    }


def plan() -> st.SearchStrategy[Row]:
    number = st.integers(1, 400).map("{}/CTr-UBND".format)
    return st.fixed_dictionaries(
        {"unit_code": SOME_UNIT, "planned_dialogues": st.integers(0, 40), "programme_no": st.none() | number}
    )


def training() -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {"unit_code": SOME_UNIT, "held_on": DAYS, "topic": SENTENCES, "participants": st.none() | NUMBERS}
    )


def decision() -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {
            "decided_on": DAYS,
            "kind": st.sampled_from(("reward", "discipline", "reminder")),
            "unit_code": SOME_UNIT,
            "form": st.none() | SENTENCES,
            "reason": st.none() | SENTENCES,
        }
    )


def practice() -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {"unit_code": SOME_UNIT, "title": SENTENCES, "summary": st.none() | SENTENCES, "published_on": DAYS}
    )


LETTERS = {
    SheetKind.DIALOGUES: "HN",
    SheetKind.PETITIONS: "KN",
    SheetKind.TENURES: "CB",
    SheetKind.TRAININGS: "TH",
    SheetKind.DECISIONS: "QĐ",
    SheetKind.PRACTICES: "CLH",
}
"""How the keys of a sheet begin; a plan's key is its unit and year."""


@st.composite
def books(draw: st.DrawFn, fewest: int = 0) -> Book:
    """A workbook of valid rows with unique keys; every sheet has at least `fewest` rows."""
    found: Book = {
        SheetKind.DIALOGUES: draw(st.lists(dialogue(), min_size=1, max_size=4)),
        SheetKind.PETITIONS: draw(st.lists(petition(), min_size=12, max_size=14)),
        SheetKind.TENURES: draw(st.lists(tenure(), min_size=fewest, max_size=3)),
        SheetKind.PLANS: draw(st.lists(plan(), min_size=fewest, max_size=2)),
        SheetKind.TRAININGS: draw(st.lists(training(), min_size=fewest, max_size=2)),
        SheetKind.DECISIONS: draw(st.lists(decision(), min_size=fewest, max_size=2)),
        SheetKind.PRACTICES: draw(st.lists(practice(), min_size=fewest, max_size=2)),
    }
    for kind, letters in LETTERS.items():
        for number, row in enumerate(found[kind], start=1):
            row[SHEETS[kind].key[0]] = f"{letters}-{number:03}"
    for number, row in enumerate(found[SheetKind.PLANS]):
        row["year"] = START.year + number
    return found


# ------------------------------------------------------------------------------------------------------------- layout


@dataclass(frozen=True)
class Layout:
    """The layout of a workbook.

    Title rows above the headers, an STT column before them, a row of column numbers below them, a signature at the end,
    and the order of the columns by sheet.
    """

    titles: int
    is_counted: bool
    is_numbered: bool
    is_signed: bool
    orders: Mapping[SheetKind, Sequence[int]]

    def columns(self, kind: SheetKind) -> list[Column]:
        return [SHEETS[kind].columns[at] for at in self.orders[kind]]

    def row(self, at: int) -> int:
        """The row number in Excel of the data row `at`, counted from 0."""
        return self.titles + 2 + self.is_numbered + at

    def letter(self, kind: SheetKind, field: str) -> str:
        place = [column.field for column in self.columns(kind)].index(field)
        return str(xl_col_to_name(place + self.is_counted))

    def cell(self, kind: SheetKind, field: str, at: int) -> str:
        """The reference of a cell as findings give it."""
        return f"{SHEETS[kind].name}!{self.letter(kind, field)}{self.row(at)}"


PLAIN = Layout(0, False, False, False, {kind: range(len(sheet.columns)) for kind, sheet in SHEETS.items()})


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    orders = {kind: draw(st.permutations(range(len(sheet.columns)))) for kind, sheet in SHEETS.items()}
    return Layout(draw(st.integers(0, 4)), draw(st.booleans()), draw(st.booleans()), draw(st.booleans()), orders)


def write(path: Path, book: Book, fields: Mapping[str, str], layout: Layout, cover: Mapping[str, str]) -> None:
    """Write a cover and the sheets of `book`, with all columns of their contracts and values as people type them."""
    with xlsxwriter.Workbook(str(path), {**SAFE_OPTIONS}) as out:
        page = out.add_worksheet("Thông tin")
        labels = {column.field: column.header for column in load.load().sheets[SheetKind.COVER].columns}
        for line, (field, value) in enumerate(cover.items()):
            page.write_string(line, 0, labels[field])
            page.write_string(line, 1, value)
        formats = [out.add_format({"num_format": f"dd/mm/yyyy{more}"}) for more in ("", " hh:mm:ss")]
        for kind, rows in book.items():
            page = out.add_worksheet(SHEETS[kind].name)
            for number, cells in enumerate(lines(kind, rows, fields, layout)):
                for at, cell in enumerate(cells):
                    _write(page, (number, at), cell, formats)


def lines(kind: SheetKind, rows: Sequence[Row], fields: Mapping[str, str], layout: Layout) -> Iterator[list[Any]]:
    """The lines of one sheet, from its titles to its signature."""
    columns = layout.columns(kind)
    before = ["STT"] if layout.is_counted else []
    yield from [["UỶ BAN NHÂN DÂN THÀNH PHỐ", *[None] * 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]] * layout.titles
    yield [*before, *(column.header for column in columns)]
    if layout.is_numbered:
        yield [f"({number})" for number in range(1, len(before) + len(columns) + 1)]
    for number, row in enumerate(rows, start=1):
        yield [*([number] if before else []), *(shown(each, row.get(each.field), fields) for each in columns)]
    if layout.is_signed and rows:
        yield []
        yield [None, None, "Người lập biểu", None, "Thủ trưởng đơn vị"]


def _write(page: Any, place: tuple[int, int], cell: Any, formats: Sequence[Any]) -> None:
    day, instant = formats
    if isinstance(cell, datetime):
        page.write_datetime(*place, cell, instant)
    elif isinstance(cell, date):
        page.write_datetime(*place, cell, day)
    elif isinstance(cell, int):
        page.write_number(*place, cell)
    elif cell is not None:
        page.write_string(*place, cell)


def shown(column: Column, value: Any, fields: Mapping[str, str]) -> Any:
    """A value as people type it: labels for codes, Có and Không; a text that breaks the cell's rules is unchanged."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if column.type is ValueType.FIELD:
        return fields.get(value, value)
    return next((choice.label for choice in column.choices if choice.code == value), value)


def expected(column: Column, row: Row) -> Any:
    """The value that lands for a cell: an instant for a date, false for a blank yes/no, else the value itself."""
    value = row.get(column.field)
    if column.type is ValueType.INSTANT and isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time.max if column.edge == "end" else time.min)
    if column.type is ValueType.YES_NO and value is None:
        return False
    return value

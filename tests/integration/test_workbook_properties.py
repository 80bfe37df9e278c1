"""Whatever valid rows a workbook holds, they come back equal; whatever one cell is spoiled by, it is found there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse.home
import warehouse.settings
from ingest import contracts
from ingest.check import CheckedFeed, check_feed
from ingest.contracts import Column, SheetContract, ValueType
from ingest.findings import Tier
from ingest.received import SheetKind
from warehouse.border_checks import Engine
from warehouse.connection import connect
from warehouse.exports import SAFE_OPTIONS
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw
from warehouse.settings import Settings

NOW = datetime(2024, 10, 5, 12)
START, END = date(2024, 7, 1), date(2024, 9, 30)
UNITS = ("347", "13285", "13291", "13294", "13306")
SHEETS: Mapping[SheetKind, SheetContract] = {
    kind: sheet for kind, sheet in contracts.load().sheets.items() if kind is not SheetKind.COVER
}
QUIET = settings(
    derandomize=True,
    deadline=None,
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

Row = dict[str, Any]
Book = dict[SheetKind, list[Row]]


@dataclass(frozen=True)
class Desk:
    """A connection with the lookups, and a folder to write in."""

    con: duckdb.DuckDBPyConnection
    settings: Settings
    folder: Path
    fields: Mapping[str, str]

    def check(self, book: Book) -> CheckedFeed:
        path = self.folder / "feed.xlsx"
        write(path, book, self.fields)
        return check_feed(path, self.settings, self.con, NOW, self.folder / "work", engine=Engine.SQL)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = warehouse.home.create(tmp_path_factory.mktemp("home"))
    with connect(Path(":memory:")) as con:
        create_raw(con)
        load_lookups(con, home)
        fields = dict(con.execute("select field_code, field_name from lookups.fields").fetchall())
        yield Desk(con, warehouse.settings.load(home), tmp_path_factory.mktemp("feeds"), fields)


# ------------------------------------------------------------------------------------------------- writing a workbook


def write(path: Path, book: Book, fields: Mapping[str, str]) -> None:
    """Writes a cover and each sheet of `book`, with all columns of its contract, each value as people type it."""
    with xlsxwriter.Workbook(str(path), {**SAFE_OPTIONS}) as out:
        cover = out.add_worksheet("Thông tin")
        for line, (label, value) in enumerate((("Mã đơn vị gửi", "347"), ("Kỳ báo cáo", "2024Q3"))):
            cover.write_string(line, 0, label)
            cover.write_string(line, 1, value)
        day, instant = (out.add_format({"num_format": f"dd/mm/yyyy{more}"}) for more in ("", " hh:mm:ss"))
        for kind, rows in book.items():
            page = out.add_worksheet(SHEETS[kind].name)
            for at, column in enumerate(SHEETS[kind].columns):
                page.write_string(0, at, column.header)
                for number, row in enumerate(rows, start=1):
                    cell = shown(column, row.get(column.field), fields)
                    if isinstance(cell, datetime):
                        page.write_datetime(number, at, cell, instant)
                    elif isinstance(cell, date):
                        page.write_datetime(number, at, cell, day)
                    elif isinstance(cell, int):
                        page.write_number(number, at, cell)
                    elif cell is not None:
                        page.write_string(number, at, cell)


def shown(column: Column, value: Any, fields: Mapping[str, str]) -> Any:
    """A value as the clerk sees it: labels for codes, Có and Không; a text that spoils the cell stays as it is."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if column.type is ValueType.FIELD:
        return fields.get(value, value)
    return next((choice.label for choice in column.choices if choice.code == value), value)


# --------------------------------------------------------------------------------------------------------- valid rows

WORDS = ("đề nghị", "sửa đường", "thôn Đông", "cấp nước", "Nguyễn", "hòa giải", "=1+1", "-", "@ủy ban", "+ thêm", "đất")
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join).filter(lambda text: text != "-")
DAYS = st.dates(START, END)
NUMBERS = st.integers(0, 5_000)


@st.composite
def dialogue(draw: st.DrawFn) -> Row:
    held = draw(DAYS)
    opinions = draw(NUMBERS)
    concluded = draw(st.booleans())
    return {
        "unit_code": draw(st.sampled_from(UNITS)),
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
        "note": draw(st.none() | SENTENCES),
    }


@st.composite
def petition(draw: st.DrawFn, fields: tuple[str, ...]) -> Row:
    received = draw(DAYS)
    moment = draw(st.just(time.min) | st.times().map(lambda at: at.replace(microsecond=0)))
    settled = draw(st.booleans())
    outcome = draw(
        st.sampled_from(("resolved", "explained", "transferred") if settled else ("in_progress", "not_started"))
    )
    due = received + timedelta(days=draw(st.integers(0, 60)))
    return {
        "unit_code": draw(st.sampled_from(UNITS)),
        "received_on": datetime.combine(received, moment) if moment != time.min else received,
        "field": draw(st.sampled_from(fields)),
        "summary": draw(st.none() | SENTENCES),
        "responsible_unit_code": draw(st.sampled_from(UNITS)),
        "responsible_body": draw(st.sampled_from(("party", "government"))),
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
        "unit_code": draw(st.sampled_from(UNITS)),
        "body": draw(st.sampled_from(("party", "government"))),
        "post": draw(st.none() | SENTENCES),
        "from_on": since,
        "to_on": draw(st.none() | st.just(since + timedelta(days=draw(st.integers(1, 20))))),
    }


@st.composite
def books(draw: st.DrawFn) -> Book:
    """A workbook of valid rows, each with a key of its own."""
    fields = ("land", "economy", "security", "other")
    found: Book = {
        SheetKind.DIALOGUES: draw(st.lists(dialogue(), min_size=1, max_size=4)),
        SheetKind.PETITIONS: draw(st.lists(petition(fields), min_size=12, max_size=14)),
        SheetKind.TENURES: draw(st.lists(tenure(), max_size=3)),
    }
    for kind, letters in ((SheetKind.DIALOGUES, "HN"), (SheetKind.PETITIONS, "KN"), (SheetKind.TENURES, "CB")):
        for number, row in enumerate(found[kind], start=1):
            row[SHEETS[kind].key[0]] = f"{letters}-{number:03}"
    return found


# ------------------------------------------------------------------------------------------------------ they come back


def expected(sheet: SheetContract, column: Column, row: Row) -> Any:
    """What lands for a cell: an instant for a day, no for a blank yes/no, and so on."""
    value = row.get(column.field)
    if column.type is ValueType.INSTANT and isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time.max if column.edge == "end" else time.min)
    if column.type is ValueType.YES_NO and value is None:
        return False
    return value


@given(book=books())
@QUIET
def test_any_valid_workbook_comes_back_equal(desk: Desk, book: Book) -> None:
    feed = desk.check(book)
    errors = [(each.rule, each.cell, each.value) for each in feed.findings if each.tier is not Tier.WARN]
    assert errors == []
    for typed in feed.sheets:
        sheet = typed.staged.contract
        names = ", ".join(column.field for column in sheet.columns)
        landed = desk.con.execute(f"select {names} from {typed.view} order by row_number").fetchall()
        rows = book[sheet.kind]
        assert landed == [tuple(expected(sheet, column, row) for column in sheet.columns) for row in rows]
    assert feed.rows_landed == sum(map(len, book.values()))


# ------------------------------------------------------------------------------------------- one corruption is found

BAD: Mapping[ValueType, tuple[tuple[str, str], ...]] = {
    ValueType.DAY: (("31/02/2024", "impossible_date"), ("hôm qua", "not_a_date")),
    ValueType.INSTANT: (("30/02/2024", "impossible_date"), ("sớm", "not_a_date")),
    ValueType.INTEGER: (("đông", "not_a_number"), ("-4", "negative_number")),
    ValueType.YES_NO: (("có lẽ", "not_yes_no"),),
    ValueType.CHOICE: (("lạ lắm", "unknown_choice"),),
    ValueType.FIELD: (("bói toán", "unknown_field"),),
    ValueType.UNIT: (("99999", "unknown_unit"),),
}
CORRUPTIONS = [
    (kind, column.field, bad, rule)
    for kind in (SheetKind.DIALOGUES, SheetKind.PETITIONS, SheetKind.TENURES)
    for column in SHEETS[kind].columns
    for bad, rule in BAD.get(column.type, ())
]
BLANKS = [
    (kind, column.field, None, "missing_value")
    for kind in (SheetKind.DIALOGUES, SheetKind.PETITIONS, SheetKind.TENURES)
    for column in SHEETS[kind].columns
    if column.required
]
ACROSS: list[tuple[SheetKind, str, Any, str]] = [
    (SheetKind.PETITIONS, "settled_on", date(2024, 6, 1), "settled_before_received"),
    (SheetKind.DIALOGUES, "conclusion_on", date(2024, 6, 1), "conclusion_before_dialogue"),
    (SheetKind.TENURES, "to_on", date(2020, 1, 1), "tenure_ends_before_start"),
]


@given(book=books(), spoil=st.sampled_from([*CORRUPTIONS, *BLANKS, *ACROSS]), place=st.integers(0, 13))
@settings(QUIET, max_examples=40)
def test_any_single_corruption_is_found_at_its_cell(
    desk: Desk, book: Book, spoil: tuple[SheetKind, str, Any, str], place: int
) -> None:
    kind, field, bad, rule = spoil
    rows = book[kind]
    if not rows:
        return
    at = place % len(rows)
    if rule == "settled_before_received":
        rows[at]["outcome"] = "resolved"
    rows[at][field] = bad
    letter = xlsxwriter.utility.xl_col_to_name([column.field for column in SHEETS[kind].columns].index(field))
    cell = f"{SHEETS[kind].name}!{letter}{at + 2}"
    feed = desk.check(book)
    assert (rule, cell) in {(each.rule, each.cell) for each in feed.findings}
    elsewhere = {each.cell for each in feed.findings if each.tier is Tier.ROW and each.row_number != at + 2}
    assert elsewhere == set(), "the other rows are as good as before"


@given(book=books(), pair=st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda two: two[0] != two[1]))
@settings(QUIET, max_examples=5)
def test_a_repeated_key_is_found_in_both_rows(desk: Desk, book: Book, pair: tuple[int, int]) -> None:
    rows = book[SheetKind.PETITIONS]
    rows[pair[0]]["petition_code"] = rows[pair[1]]["petition_code"]
    found = {each.cell for each in desk.check(book).findings if each.rule == "duplicate_key"}
    assert found == {f"Kiến nghị!A{number + 2}" for number in pair}

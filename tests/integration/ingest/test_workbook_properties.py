"""Property tests: valid rows of any workbook are read back unchanged, and a spoiled cell is reported at its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse.home
import warehouse.settings
from ingest.checking.check import check_feed
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.contract.load import landed_columns
from ingest.contract.sheet_contract import Column, ValueType
from ingest.model.findings import Tier
from ingest.model.received import SheetKind
from tests.integration.valid_books import COVER, PLAIN, SHEETS, Book, Layout, books, expected, layouts, write
from warehouse.border_checks import Engine
from warehouse.connection import connect
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw
from warehouse.settings import Settings

NOW = datetime(2024, 10, 5, 12)
QUIET = settings(
    derandomize=True,
    deadline=None,
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass(frozen=True)
class Checker:
    """A connection with the lookups, and a folder for files."""

    con: duckdb.DuckDBPyConnection
    settings: Settings
    folder: Path
    fields: Mapping[str, str]

    def check(self, book: Book, layout: Layout = PLAIN, cover: Mapping[str, str] = COVER) -> CheckedFeed:
        path = self.folder / "feed.xlsx"
        write(path, book, self.fields, layout, cover)
        return check_feed(path, self.settings, self.con, NOW, self.folder / "work", engine=Engine.SQL)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    home = warehouse.home.create(tmp_path_factory.mktemp("home"))
    with connect(Path(":memory:")) as con:
        create_raw(con, landed_columns())
        load_lookups(con, home)
        fields = dict(con.execute("select field_code, field_name from lookups.fields").fetchall())
        yield Checker(con, warehouse.settings.load(home), tmp_path_factory.mktemp("feeds"), fields)


# ------------------------------------------------------------------------------------------------------ the round trip


@given(book=books(), layout=layouts())
@settings(QUIET, max_examples=12)
def test_any_valid_workbook_is_read_back_unchanged(checker: Checker, book: Book, layout: Layout) -> None:
    feed = checker.check(book, layout)
    errors = [(each.rule, each.cell, each.value) for each in feed.findings if each.tier is not Tier.WARN]
    assert errors == []
    for typed in feed.sheets:
        sheet = typed.staged.contract
        names = ", ".join(column.field for column in sheet.columns)
        landed = checker.con.execute(f"select {names} from {typed.view} order by row_number").fetchall()
        assert landed == [tuple(expected(column, row) for column in sheet.columns) for row in book[sheet.kind]]
    assert feed.rows_landed == sum(map(len, book.values()))


# ------------------------------------------------------------------------------------------- one corruption is found

BAD: Mapping[ValueType, tuple[tuple[str, str], ...]] = {
    ValueType.DAY: (("31/02/2024", "impossible_date"), ("hôm qua", "not_a_date")),
    ValueType.INSTANT: (("30/02/2024", "impossible_date"), ("sớm", "not_a_date")),
    ValueType.INTEGER: (("đông", "not_a_number"), ("-4", "negative_number")),
    ValueType.YEAR: (("năm nay", "not_a_year"),),
    ValueType.YES_NO: (("có lẽ", "not_yes_no"),),
    ValueType.CHOICE: (("lạ lắm", "unknown_choice"),),
    ValueType.FIELD: (("bói toán", "unknown_field"),),
    ValueType.UNIT: (("99999", "unknown_unit"),),
    ValueType.CODE: (("#N/A", "cell_error"),),
    ValueType.NAME: (("#REF!", "cell_error"),),
    ValueType.FREE_TEXT: (("#VALUE!", "cell_error"),),
}
UNCHECKED = {(SheetKind.DIALOGUES, "unit_name")}
"""Columns that are read only if the one next to them is blank."""

Spoil = tuple[SheetKind, str, Any, str]


def spoils(kind: SheetKind, column: Column) -> Iterator[Spoil]:
    """Every way to spoil a cell of the column, with the rule that finds it."""
    if (kind, column.field) not in UNCHECKED:
        yield from ((kind, column.field, bad, rule) for bad, rule in BAD[column.type])
    if column.required:
        yield kind, column.field, None, "missing_value"


SPOILS = [each for kind, sheet in SHEETS.items() for column in sheet.columns for each in spoils(kind, column)]
ACROSS: list[Spoil] = [
    (SheetKind.PETITIONS, "settled_on", date(2024, 6, 1), "settled_before_received"),
    (SheetKind.DIALOGUES, "conclusion_on", date(2024, 6, 1), "conclusion_before_dialogue"),
    (SheetKind.DIALOGUES, "answered_at_once", 9_999, "more_answers_than_opinions"),
    (SheetKind.TENURES, "to_on", date(2020, 1, 1), "tenure_ends_before_start"),
    (SheetKind.DIALOGUES, "held_on", date(2025, 1, 2), "future_date"),
]


TOGETHER = list(zip_longest(*([each for each in [*SPOILS, *ACROSS] if each[0] is kind] for kind in SHEETS)))
"""Ways to spoil one cell in each sheet at a time, until every way has been used."""


@pytest.mark.parametrize("spoiled", [[*filter(None, each)] for each in TOGETHER])
@given(book=books(fewest=1), layout=layouts(), place=st.integers(0, 13))
@settings(QUIET, max_examples=1)
def test_a_corruption_in_each_sheet_is_found_at_its_cell(
    checker: Checker, book: Book, layout: Layout, spoiled: list[Spoil], place: int
) -> None:
    at = {kind: place % len(book[kind]) for kind, *_ in spoiled}
    for kind, field, bad, rule in spoiled:
        if rule == "settled_before_received":
            book[kind][at[kind]]["outcome"] = "resolved"
        book[kind][at[kind]][field] = bad
    feed = checker.check(book, layout)
    found = {(each.rule, each.cell) for each in feed.findings}
    assert {(rule, layout.cell(kind, field, at[kind])) for kind, field, _, rule in spoiled} <= found
    rows = {(kind, layout.row(row)) for kind, row in at.items()}
    elsewhere = {
        each.cell for each in feed.findings if each.tier is Tier.ROW and (each.sheet_kind, each.row_number) not in rows
    }
    assert elsewhere == set(), "the other rows are as good as before"


@given(book=books(), pair=st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda two: two[0] != two[1]))
@settings(QUIET, max_examples=5)
def test_a_repeated_key_is_found_in_both_rows(checker: Checker, book: Book, pair: tuple[int, int]) -> None:
    rows = book[SheetKind.PETITIONS]
    rows[pair[0]]["petition_code"] = rows[pair[1]]["petition_code"]
    found = {each.cell for each in checker.check(book).findings if each.rule == "duplicate_key"}
    assert found == {f"Kiến nghị!A{number + 2}" for number in pair}


@given(book=books(), spoiled=st.sampled_from((("sender_unit_code", "999", "unknown_sender"),
                                              ("period", "quý ba", "wrong_period"),
                                              ("period", "2031Q1", "future_period"))))  # fmt: skip
@settings(QUIET, max_examples=4)
def test_a_spoiled_cover_rejects_the_feed_at_its_cell(
    checker: Checker, book: Book, spoiled: tuple[str, str, str]
) -> None:
    field, bad, rule = spoiled
    feed = checker.check(book, cover={**COVER, field: bad})
    assert feed.verdict is Verdict.REJECTED
    assert (rule, f"Thông tin!B{list(COVER).index(field) + 1}") in {(each.rule, each.cell) for each in feed.findings}

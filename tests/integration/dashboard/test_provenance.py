"""From a published value to its cell: versions, sheets, blocks, merged cells and labels of the contracts."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from dashboard.queries import provenance
from dashboard.queries.provenance import FieldChange, ReceivedCell, RowVersion
from dashboard.queries.scope import EVERYTHING, Connection
from ingest.checking.checked_feed import Verdict
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, PLAN, TENURE, petitions, write_feed
from tests.integration.homes import home_with, land, published
from warehouse.connection import connect

NOW = datetime(2024, 10, 20)
CHAIRMAN = TENURE | {"from_on": "02/01/2023", "post": "Phó Chủ tịch"}


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A snapshot of a feed sent as CSV files, then as a workbook with petitions in two blocks and on a second sheet."""
    root = tmp_path_factory.mktemp("provenance")
    open_ones = petitions(30, outcome="in_progress", settled_on="")
    first = write_feed(root / "a", petitions=open_ones, tenures=[CHAIRMAN], plans=[PLAN])
    home = home_with(root / "home", first, datetime(2024, 10, 4))
    assert land(home, _workbook(root / "b.xlsx"), datetime(2024, 10, 6)) is Verdict.ACCEPTED
    snapshot = published(home, as_of=NOW, known_at=NOW, now=NOW)
    with connect(snapshot.path, read_only=True) as connection:
        yield connection


def _workbook(path: Path) -> Path:
    """P1 is settled, P2 before its receipt; P1 to P3 share a merged unit; P4 is in another block, P5 on sheet 2."""
    rows = petitions(30, outcome="Đang giải quyết", settled_on="")
    rows[0] |= {"outcome": "Đã giải quyết", "settled_on": "10/8/2024"}
    rows[1] |= {"outcome": "Đã giải quyết", "settled_on": "10/7/2024"}
    order = list(PETITION)
    with xlsxwriter.Workbook(path) as book:
        cover = book.add_worksheet("Thông tin")
        for row, pair in enumerate(COVER.items()):
            cover.write_row(row, 0, pair)
        _table(book.add_worksheet("Hội nghị"), 0, list(DIALOGUE), [DIALOGUE])
        page = book.add_worksheet("Kiến nghị")
        _table(page, 0, order, rows[:3])
        page.merge_range(1, 1, 3, 1, "13285", book.add_format())
        _table(page, 6, ["unit_code", "petition_code", *order[2:]], rows[3:4])
        _table(book.add_worksheet("Kiến nghị (2)"), 0, [*order[2:], "petition_code", "unit_code"], rows[4:])
        _table(book.add_worksheet("Lãnh đạo"), 0, list(CHAIRMAN), [CHAIRMAN | {"post": "Chủ tịch"}])
        _table(book.add_worksheet("Kế hoạch"), 0, list(PLAN), [PLAN | {"planned_dialogues": "3"}])
    return path


def _table(page: xlsxwriter.worksheet.Worksheet, top: int, fields: list[str], rows: Sequence[dict[str, str]]) -> None:
    page.write_row(top, 0, fields)
    for number, row in enumerate(rows, start=top + 1):
        page.write_row(number, 0, [row.get(field, "") for field in fields])


def newest(con: Connection, key: str) -> RowVersion:
    return provenance.row_versions(con, EVERYTHING, key)[0]


def cell(con: Connection, key: str, field: str) -> ReceivedCell:
    (found,) = (each for each in provenance.cells(con, EVERYTHING, newest(con, key)) if each.field == field)
    return found


def test_a_change_is_shown_in_words_under_its_header(con: Connection) -> None:
    assert newest(con, "P1").changes == (
        FieldChange("Tình trạng", "changed", "Đang giải quyết", "Đã giải quyết"),
        FieldChange("Ngày giải quyết xong", "changed", "", "10/08/2024"),
    )


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("L1 / 13285 / government / 2023-01-02", FieldChange("Chức vụ", "changed", "Phó Chủ tịch", "Chủ tịch")),
        ("13285 / 2024", FieldChange("Số hội nghị kế hoạch", "changed", "2", "3")),
    ],
)
def test_a_row_with_a_key_of_several_columns_is_found_with_its_changes(
    con: Connection, key: str, change: FieldChange
) -> None:
    versions = provenance.row_versions(con, EVERYTHING, key)
    assert [(each.feed.version, each.changes) for each in versions] == [(2, (change,)), (1, ())]


def test_a_row_with_a_new_error_names_it(con: Connection) -> None:
    version = newest(con, "P2")
    assert (version.row_status, version.changes) == ("quarantined", (FieldChange("", "set_aside", "", ""),))
    assert version.faults.startswith("Ngày giải quyết xong")


@pytest.mark.parametrize(
    ("key", "sheet", "row", "letter"),
    [("P3", "Kiến nghị", 4, "A"), ("P4", "Kiến nghị", 8, "B"), ("P5", "Kiến nghị (2)", 2, "F")],
)
def test_a_cell_has_the_column_letter_of_its_sheet_and_block(
    con: Connection, key: str, sheet: str, row: int, letter: str
) -> None:
    version = newest(con, key)
    assert (version.sheet, version.row_number, cell(con, key, "petition_code").letter) == (sheet, row, letter)


def test_only_the_first_cell_of_a_merged_block_has_a_value(con: Connection) -> None:
    first, second = cell(con, "P1", "unit_code"), cell(con, "P3", "unit_code")
    assert (first.received, first.is_repaired) == ("13285", False)
    assert (second.received, second.read, second.is_repaired) == ("", "13285", True)
    assert cell(con, "P3", "settled_on").received == ""
    assert not cell(con, "P3", "settled_on").is_repaired

"""Snippets: each row with a finding and its neighbouring rows, with values masked, converted to Unicode and cut."""

from pathlib import Path

import pytest

import warehouse.home
import warehouse.settings
from ingest.findings.snippets import LONGEST_CELL, Snippet, SnippetColumn, SnippetRow, labelled, table
from ingest.model.received import Encoding, ReceivedColumn
from ingest.pipeline import check_paths
from tests.integration.feed_files import petitions, write_feed
from warehouse.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return warehouse.home.create(tmp_path / "home")


def snippets(home: Home, feed: Path, now: object) -> dict[str, Snippet]:
    (checked,) = check_paths([feed], home, warehouse.settings.load(home), now)  # type: ignore[arg-type]
    return {each.sheet: each for each in checked.snippets}


def test_a_reported_row_is_shown_between_its_neighbours(home: Home, tmp_path: Path, now: object) -> None:
    rows = petitions(12)
    rows[2]["received_on"] = "32/13/2024"
    found = snippets(home, write_feed(tmp_path / "feed", petitions=rows), now)["petitions"]
    assert [row.row_number for row in found.rows] == [3, 4, 5]
    assert found.columns[2] == SnippetColumn("C", "received_on", "received_on")
    assert [row.cells[2] for row in found.rows] == ["01/08/2024", "32/13/2024", "01/08/2024"]


def test_snippets_are_masked_as_in_the_warehouse(home: Home, tmp_path: Path, now: object) -> None:
    rows = petitions(2, summary="Gọi 0912 345 678")
    rows[0]["received_on"] = "32/13/2024"
    found = snippets(home, write_feed(tmp_path / "feed", petitions=rows), now)["petitions"]
    assert {row.cells[-1] for row in found.rows} == {"Gọi [số điện thoại đã che]"}


def test_a_feed_without_a_finding_at_a_row_has_no_snippet(home: Home, tmp_path: Path, now: object) -> None:
    assert snippets(home, write_feed(tmp_path / "feed"), now) == {}


def test_legacy_letters_are_shown_in_unicode_and_long_texts_are_cut() -> None:
    columns = {"unit_name": ReceivedColumn("unit_name", "Đơn vị", "D", Encoding.TCVN3)}
    shown = table("Hội nghị", columns, [(12, ("Kim B¶ng",)), (13, ("a" * 500,)), (14, (None,))])
    assert [row.cells[0] for row in shown.rows] == ["Kim Bảng", "a" * (LONGEST_CELL - 1) + "…", ""]


def test_a_sheet_of_labels_and_values_has_one_row_per_label() -> None:
    columns = {
        "sender_unit_code": ReceivedColumn("sender_unit_code", "Mã đơn vị gửi", "C", row=8),
        "period": ReceivedColumn("period", "Kỳ báo cáo", "C", row=9),
    }
    shown = labelled("Thông tin", columns, [(8, ("347", "2024Q3"))])
    assert [column.letter for column in shown.columns] == ["", "C"]
    assert shown.rows == (SnippetRow(8, ("Mã đơn vị gửi", "347")), SnippetRow(9, ("Kỳ báo cáo", "2024Q3")))

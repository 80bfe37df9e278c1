"""Check results as tables for download: findings by sheet and cell, files, changes."""

from collections.abc import Callable
from dataclasses import replace
from unittest.mock import patch

from dashboard.check_result import Change, SheetChanges
from dashboard.components import file_views
from dashboard.page import downloads
from dashboard.sheets import check_result, provenance
from dashboard.uploads.session import Uploads
from tests.unit.dashboard.uploads.test_session import FILE, LANDED, WAITS


def test_findings_are_exported_with_separate_sheet_cell_and_column() -> None:
    found = replace(WAITS, sheet="petitions", cell="petitions!E13", value="=1+1", count=1, message="Báo cáo kỳ 2023Q1.")
    (row,) = provenance.findings([found]).rows
    assert row[:6] == ("cần lý do", "Kiến nghị", "E13", "Ngày báo", "=1+1", "Báo cáo Quý I/2023.")
    assert row[7:] == (1, None, None)


def test_files_are_exported_with_their_outcome() -> None:
    known = Uploads({"a": FILE, "b": FILE, "c": "Quá lâu", "d": None}, {"b": LANDED})
    table = check_result.files([("a", "a.xlsx"), ("b", "b.xlsx"), ("c", "c.xlsx"), ("d", "d.xlsx")], known)
    assert table.rows[0] == ("a.xlsx", "Phủ Lý", "Quý III/2024", "Nhận được", 3, 0, 0, 2, 0)
    assert [row[3] for row in table.rows[1:]] == ["Đã nhận thành 347-2024Q3-v1", "Quá lâu", "Sẽ kiểm tra lại khi xem"]


def test_changes_are_exported_with_the_names_of_sheets() -> None:
    assert check_result.sheets([SheetChanges("plans", 1, 0, 2, 0)]).rows == [("Kế hoạch", 1, 0, 2, 0)]
    change = Change("P1", "changed", "Kiến nghị!E2", "Tình trạng", "Đang", "")
    assert check_result.changes([change]).rows == [("P1", "sửa", "Kiến nghị!E2", "Tình trạng", "Đang", "")]


def test_a_download_of_findings_is_named_after_sender_and_period() -> None:
    offered: list[tuple[str, str]] = []

    def noted(name: str, file: str, _make: Callable[[], bytes], _label: str) -> None:
        offered.append((name, file))

    with patch.object(downloads, "button", noted):
        file_views.offer_findings(FILE)
        file_views.offer_findings(replace(FILE, findings=()))
    assert offered == [("Lỗi và lưu ý", "Phủ Lý - Quý III-2024 - Lỗi và lưu ý.xlsx")]

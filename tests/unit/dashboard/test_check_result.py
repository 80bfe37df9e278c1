"""Check results: the JSON of the command line becomes findings, each with its neighbouring cells."""

from typing import Any

import pytest

from dashboard.check_result import CheckedFile, by_row, parse_check
from dashboard.excerpts import Excerpt, ExcerptRow, excerpt_around
from dashboard.render import html
from dashboard.text import file_check as texts
from dashboard.uploads.cli_client import safe_name

LETTERS = "BCDEFGHI"
FINDING = {
    "tier": "row", "rule": "impossible_date", "sheet": "Kiến nghị", "cell": "Kiến nghị!E13", "row_number": 13,
    "header": "Ngày tiếp nhận", "field": "received_on", "value": "32/13/2024", "message": "…", "remedy": "…",
    "identity": "what the page does not know",
}  # fmt: skip
SAID: dict[str, Any] = {
    "file": "f.xlsx", "verdict": "accepted", "feed_id": None, "rows": 168, "quarantined": 2,
    "findings": [
        FINDING,
        {**FINDING, "tier": "warn", "rule": "repaired_date", "count": 9},
        {**FINDING, "tier": "warn", "rule": "hidden_rows", "cell": "Kiến nghị", "row_number": None,
         "needs_reason": True},
    ],
    "snippets": [{
        "sheet": "Kiến nghị",
        "columns": [{"letter": each, "header": f"Cột {each}", "field": each.lower()} for each in LETTERS],
        "rows": [{"row_number": row, "cells": [f"{each}{row}" for each in LETTERS]} for row in (12, 13, 14, 20)],
    }],
}  # fmt: skip


def checked(**changes: Any) -> CheckedFile:
    return parse_check({**SAID, **changes})


def test_a_cell_is_shown_with_its_neighbours_and_the_key_of_its_row() -> None:
    file = checked()
    assert excerpt_around(file.findings[:1], file.blocks) == Excerpt(
        letters=("B", "C", "D", "E", "F", "G"),
        headers=("Cột B", "Cột C", "Cột D", "Cột E", "Cột F", "Cột G"),
        rows=(
            ExcerptRow(12, ("B12", "C12", "D12", "E12", "F12", "G12")),
            ExcerptRow(13, ("B13", "C13", "D13", "32/13/2024", "F13", "G13"), is_marked=True),
            ExcerptRow(14, ("B14", "C14", "D14", "E14", "F14", "G14")),
        ),
        marked=(3,),
    )


def test_findings_of_one_row_share_a_grid_and_marked_cells_show_the_received_text() -> None:
    other = {**FINDING, "cell": "Kiến nghị!G13", "value": "2024-10-05"}
    file = checked(findings=[FINDING, other, {**FINDING, "row_number": 14}, {**FINDING, "count": 9}])
    together, alone, many = by_row(file.findings)
    assert [len(each) for each in (together, alone, many)] == [2, 1, 1]
    sheet = excerpt_around(together, file.blocks)
    assert sheet is not None
    assert [sheet.rows[1].cells[column] for column in sheet.marked] == ["32/13/2024", "05/10/2024"]


def test_a_finding_about_a_whole_sheet_has_no_cells() -> None:
    file = checked()
    assert excerpt_around(file.findings[2:3], file.blocks) is None


def test_repaired_readings_are_separated_from_errors() -> None:
    file = checked()
    assert [each.rule for each in file.of_tier("warn")] == ["hidden_rows"]
    assert [each.count for each in file.repairs] == [9]
    assert [each.rule for each in file.waiting] == ["hidden_rows"]


def test_a_reading_without_its_required_reason_counts_as_a_warning() -> None:
    reading = {**FINDING, "tier": "warn", "rule": "repaired_unit", "needs_reason": True}
    waiting, given = checked(findings=[reading]), checked(findings=[{**reading, "reason": "tên cũ"}])
    assert (len(waiting.of_tier("warn")), len(waiting.repairs)) == (1, 0)
    assert (len(given.of_tier("warn")), len(given.repairs)) == (0, 1)


def test_findings_are_compared_only_with_a_version_that_has_findings() -> None:
    assert not checked().is_compared
    assert checked(findings=[{**FINDING, "standing": "new"}]).is_compared
    assert checked(fixed=[FINDING]).is_compared


def test_the_verdict_is_a_full_sentence() -> None:
    kept = "Nhận được 168 dòng; 2 dòng có lỗi sẽ bị giữ lại; 21 điểm cần lý do, 3 lưu ý."
    assert texts.verdict(checked(), [], 21, 3) == kept
    assert texts.verdict(checked(quarantined=0), [], 0, 0) == "Tệp đạt: nhận được cả 168 dòng, không có lỗi."
    assert texts.verdict(checked(quarantined=0), [], 0, 1) == "Tệp đạt: nhận được cả 168 dòng; 1 lưu ý."
    assert "347-2024Q3-v1" in texts.verdict(checked(verdict="already_landed", feed_id="347-2024Q3-v1"), [], 0, 0)


def test_a_single_blocking_finding_is_quoted_and_several_are_counted() -> None:
    rejected, many = checked(verdict="rejected"), "Tệp có 12/76 dòng dữ liệu có lỗi, quá mức cho phép 10%."
    assert texts.verdict(rejected, [many], 8, 9) == (
        "Chưa nhận được tệp: 12/76 dòng dữ liệu có lỗi, quá mức cho phép 10 %."
    )
    assert texts.verdict(rejected, ["a", "b", "c"], 0, 0) == "Chưa nhận được tệp: 3 lỗi phải sửa trước."


def test_a_place_names_every_range_and_the_sheets_of_csv_files_in_words() -> None:
    assert texts.place(("petitions!E13",), "Hạn", 1) == "Kiến nghị!E13 · Hạn"
    assert texts.place(("Kiến nghị!I20", "Kiến nghị!I24:I26"), "Hạn", 9, 5) == "Kiến nghị!I20, I24:I26, … · Hạn (9 ô)"


@pytest.mark.parametrize(
    ("code", "label"),
    [("2024Q3", "Quý III/2024"), ("2024H1", "6 tháng đầu năm 2024"), ("2024-9M", "9 tháng năm 2024"),
     ("2024", "Năm 2024"), ("2024Q7", "2024Q7"), ("", "")],
)  # fmt: skip
def test_a_period_has_the_label_of_the_other_pages(code: str, label: str) -> None:
    assert texts.label(code) == label


def test_periods_in_a_sentence_have_labels_and_ids_of_feeds_stay() -> None:
    sentence = "Còn tồn trong báo cáo kỳ 2023Q1, không có trong 347-2024Q3-v1 của năm 2024."
    assert texts.with_labels(sentence) == "Còn tồn trong báo cáo Quý I/2023, không có trong 347-2024Q3-v1 của năm 2024."


@pytest.mark.parametrize(
    ("text", "read"),
    [("2024-10-05", "05/10/2024"), ("2024-10-05 00:00:00", "05/10/2024"), ("2024-10-05 14:30:00", "05/10/2024 14:30"),
     ("5.10.24", "5.10.24"), ("2024-10-5", "2024-10-5")],
)  # fmt: skip
def test_a_date_cell_is_shown_in_vietnamese_format(text: str, read: str) -> None:
    assert texts.received(text) == read


def test_texts_of_senders_are_never_markup() -> None:
    hostile = "<script>alert(1)</script>"
    sheet = Excerpt(("B",), (hostile,), (ExcerptRow(1, (hostile,), is_marked=True),), (0,))
    drawn = html.excerpt(sheet) + html.finding(hostile, hostile, hostile, hostile)
    assert "<script>" not in drawn
    assert drawn.count("&lt;script&gt;") == 6
    assert '<td class="marked">! &lt;script&gt;' in drawn


def test_names_of_uploaded_files_cannot_change_paths() -> None:
    assert safe_name("../../etc/mật khẩu.xlsx") == "mật khẩu.xlsx"
    assert safe_name("C:\\feeds\\347.xlsx") == "347.xlsx"
    assert safe_name("..") == "tep-bao-cao"
    assert safe_name("a\x00b\n.xlsx") == "ab.xlsx"
    assert safe_name("a" * 5000 + ".xlsx") == "a" * 180 + ".xlsx"
    assert safe_name("ế" * 100 + ".xlsx") == "ế" * 60 + ".xlsx"
    assert len(safe_name("ế" * 100 + "." + "ế" * 100).encode()) <= 196
    assert safe_name("=cmd|calc.xlsx") == "=cmd|calc.xlsx"

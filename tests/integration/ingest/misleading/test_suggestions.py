"""As the guide promises, a value close to an allowed one, or its abbreviation, gets a suggestion and is not guessed."""

import re
from pathlib import Path

import pytest

from ingest.checking.checked_feed import CheckedFeed
from tests.integration.feed_files import COVER, PETITION, PLAN, write_feed
from tests.integration.ingest.misleading.checker import Checker, about


def checked(checker: Checker, values: list[str], field: str, *, sender: str = "347", **others: str) -> CheckedFeed:
    """Check a feed of one petition per value of `field`."""
    rows = [{**PETITION, **others, "petition_code": f"P{number}", field: it} for number, it in enumerate(values)]
    feed = write_feed(checker.folder / "f", cover={**COVER, "sender_unit_code": sender}, petitions=rows)
    return checker.checked(feed)


def suggestions(feed: CheckedFeed, rule: str) -> dict[str, str]:
    """Suggestions by value."""
    return {it.value: "".join(re.findall(r"^Có phải .*?\? ", it.remedy)).strip() for it in about(feed, rule)}


def test_an_abbreviated_or_misspelt_outcome_gets_a_suggestion(checker: Checker) -> None:
    resolved, either = "Có phải «Đã giải quyết»?", "Có phải «Đã giải quyết» hay «Đang giải quyết»?"
    expected = {
        "Đã GQ": resolved,
        "đã g.quyết": resolved,
        "Đã giải quyêt": resolved,
        "Đã GQ xong": resolved,
        "Đang GQ": "Có phải «Đang giải quyết»?",
        "Đang XL": "Có phải «Đang giải quyết»?",
        "Chưa GQ": "Có phải «Chưa giải quyết»?",
        "KTTQ": "Có phải «Không thuộc thẩm quyền»?",
        "Đ.GQ": either,
        "ĐGQ": either,
        "xong một nửa": "",
    }
    assert suggestions(checked(checker, list(expected), "outcome"), "unknown_choice") == expected


def test_an_abbreviated_or_longer_field_gets_a_suggestion(checker: Checker) -> None:
    expected = {
        "GPMB": "Có phải «Giải phóng mặt bằng»?",
        "TTHC": "Có phải «Thủ tục hành chính»?",
        "Môi truờng": "Có phải «Môi trường»?",
        "Giao thông vận tải": "Có phải «Giao thông»?",
        "Nông thôn mới": "Có phải «Nông nghiệp, nông thôn mới»?",
        "bói toán": "",
    }
    assert suggestions(checked(checker, list(expected), "field"), "unknown_field") == expected


def test_a_misspelt_unit_gets_a_suggestion_with_its_code(checker: Checker) -> None:
    expected = {
        "Huyện Kim Bản": "Có phải «350 – Huyện Kim Bảng»?",
        "Xã Tượng Lĩn": "Có phải «13396 – Xã Tượng Lĩnh»?",
        "Xã Tượng Lĩn, huyện Kim Bảng": "Có phải «13396 – Xã Tượng Lĩnh»?",
        "Xã Không Đâu Cả": "",
    }
    feed = checked(checker, list(expected), "unit_code", sender="350")
    assert suggestions(feed, "unknown_unit") == expected


def test_a_unit_of_another_sender_is_suggested_without_a_close_own_unit(checker: Checker) -> None:
    feed = checked(checker, ["Huyện Kim Bản"], "responsible_unit_code")
    assert suggestions(feed, "unknown_unit") == {"Huyện Kim Bản": "Có phải «350 – Huyện Kim Bảng»?"}


def test_a_misspelt_sender_gets_a_suggestion(checker: Checker) -> None:
    feed = checked(checker, ["13285"], "unit_code", sender="TP Phủ Lí")
    assert suggestions(feed, "unknown_sender") == {"TP Phủ Lí": "Có phải «347 – Thành phố Phủ Lý»?"}


@pytest.mark.parametrize("text", ["13396 - Xã Tượng Lỉnh", "13396 Xã Tượng Lĩn", "Phường Tượng Lỉnh (13396)"])
def test_a_valid_code_with_a_misspelt_name_is_read_with_a_note(checker: Checker, text: str) -> None:
    feed = checked(checker, [text, "13396"], "unit_code", sender="350")
    (note,) = [each for each in feed.findings if each.cell == "petitions!B2"]
    assert (note.rule, note.tier, note.value) == ("unit_name_differs", "warn", text)
    assert note.message.endswith("tên không khớp với mã; mã đó là Xã Tượng Lĩnh (13396).")
    assert feed.rows_landed == 3


def test_a_code_with_the_name_of_another_unit_is_reported_with_both(checker: Checker) -> None:
    (finding,) = about(checked(checker, ["13285 - Phường Minh Khai"], "unit_code"), "ambiguous_unit")
    assert "Phường Quang Trung (13285)" in finding.message
    assert "Phường Minh Khai (13294)" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Phường Quang Trung, TP Phủ Lý",
        "P. Quang Trung - TP. Phủ Lý",
        "Quang Trung - Phủ Lý",
        "P. Quang Trung (Phủ Lý)",
        "phường Quang Trung thành phố Phủ Lý, tỉnh Hà Nam",
        "Phuong Quang Trung",
        "F. Quang Trung",
        "13285 Phường Quang Trung",
        "13285-P. Quang Trung, TP. Phủ Lý",
        "Quang Trung (13285)",
        "13285.",
    ],
)
def test_a_unit_with_the_units_above_or_its_code_is_read(checker: Checker, text: str) -> None:
    feed = checked(checker, [text], "unit_code")
    assert [each for each in feed.findings if each.tier != "warn"] == []
    assert checker.con.execute("select unit_code from typed_rows_petitions").fetchall() == [("13285",)]


@pytest.mark.parametrize("text", ["Quang Trung (Kim Bảng)", "Phường Quang Trung, huyện Kim Bảng", "Xã Quang Trung"])
def test_a_unit_with_another_district_or_type_is_not_guessed(checker: Checker, text: str) -> None:
    feed = checked(checker, [text], "unit_code")
    assert suggestions(feed, "unknown_unit") == {text: "Có phải «13285 – Phường Quang Trung»?"}


def test_a_name_in_brackets_with_another_code_is_ambiguous(checker: Checker) -> None:
    assert about(checked(checker, ["Quang Trung (13288)"], "unit_code"), "ambiguous_unit")


READINGS = {
    "received_on": {
        "5.8.24": "2024-08-05 00:00:00",
        "ngày 05 tháng 8 năm 2024": "2024-08-05 00:00:00",
        "Thứ 2, 05/08/2024": "2024-08-05 00:00:00",
        "05-Aug-24": "2024-08-05 00:00:00",
    },
    "summary": {
        "ngh&#7883; quy&#7871;t": "nghị quyết",
        "uỷ ban hoà giải": "ủy ban hòa giải",
        "\u00a7Ò ngh\u00de s\u00f6a \u00ae\u00adêng": "Đề nghị sửa đường",
    },
    "unit_code": {
        "13285 – Phường Quang Trung": "13285",
        "13285 - P. Quang Trung": "13285",
        "13285": "13285",
        "Phường Quang Trung, TP Phủ Lý": "13285",
    },
}


@pytest.mark.parametrize("field", READINGS)
def test_forms_that_the_guide_promises_to_read(checker: Checker, field: str) -> None:
    feed = checked(checker, list(READINGS[field]), field)
    assert [each for each in feed.findings if each.tier != "warn"] == []
    read = checker.con.execute(f"select {field}::varchar from typed_rows_petitions order by row_id").fetchall()
    assert [value for (value,) in read] == list(READINGS[field].values())


def test_rows_that_the_guide_promises_to_count(checker: Checker) -> None:
    feed = write_feed(checker.folder / "f", plans=[{**PLAN, "planned_dialogues": "02 cuộc"}])
    found = checker.checked(feed)
    assert [each.rule for each in found.findings] == ["repaired_number"]
    assert checker.values("planned_dialogues", "plans") == [2]


def test_readings_and_questions_are_those_of_the_guide() -> None:
    guides = (Path(__file__).parents[4] / "docs").glob("*.md")
    guide = "\n".join(each.read_text(encoding="utf-8") for each in guides)
    named = ["5.9.24", "ngày 05 tháng 9 năm 2024", "Thứ 5, 05/09/2024", "05-Sep-24", "ngh&#7883;", "02 cuộc", "Đã GQ"]
    named += ["13285 – Phường Quang Trung", "Phường Quang Trung, TP Phủ Lý", "Huyện Kim Bản", "13396 - Xã Tượng Lỉnh"]
    assert [each for each in named if each not in guide] == []

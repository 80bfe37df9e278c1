"""What the guide promises: a value that is nearly one of a list, or short for one, is asked about and never guessed."""

import re
from pathlib import Path

import pytest

from ingest.checking.checked_feed import CheckedFeed
from tests.integration.feed_files import COVER, PETITION, PLAN, write_feed
from tests.integration.ingest.misleading.door import Door, about


def checked(door: Door, values: list[str], field: str, *, sender: str = "347", **others: str) -> CheckedFeed:
    """A feed of one petition for each value of `field`."""
    rows = [{**PETITION, **others, "petition_code": f"P{number}", field: it} for number, it in enumerate(values)]
    feed = write_feed(door.folder / "f", cover={**COVER, "sender_unit_code": sender}, petitions=rows)
    return door.checked(feed)


def asked(feed: CheckedFeed, rule: str) -> dict[str, str]:
    """By value, what is asked about it."""
    return {it.value: "".join(re.findall(r"^Có phải .*?\? ", it.remedy)).strip() for it in about(feed, rule)}


def test_a_short_or_misspelt_outcome_is_asked_about(door: Door) -> None:
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
    assert asked(checked(door, list(expected), "outcome"), "unknown_choice") == expected


def test_a_short_or_longer_field_is_asked_about(door: Door) -> None:
    expected = {
        "GPMB": "Có phải «Giải phóng mặt bằng»?",
        "TTHC": "Có phải «Thủ tục hành chính»?",
        "Môi truờng": "Có phải «Môi trường»?",
        "Giao thông vận tải": "Có phải «Giao thông»?",
        "Nông thôn mới": "Có phải «Nông nghiệp, nông thôn mới»?",
        "bói toán": "",
    }
    assert asked(checked(door, list(expected), "field"), "unknown_field") == expected


def test_a_unit_nearly_written_is_asked_about_with_its_code(door: Door) -> None:
    expected = {
        "Huyện Kim Bản": "Có phải «350 – Huyện Kim Bảng»?",
        "Xã Tượng Lĩn": "Có phải «13396 – Xã Tượng Lĩnh»?",
        "Xã Tượng Lĩn, huyện Kim Bảng": "Có phải «13396 – Xã Tượng Lĩnh»?",
        "Xã Không Đâu Cả": "",
    }
    feed = checked(door, list(expected), "unit_code", sender="350")
    assert asked(feed, "unknown_unit") == expected


def test_a_unit_of_another_sender_is_asked_about_where_no_own_one_is_near(door: Door) -> None:
    feed = checked(door, ["Huyện Kim Bản"], "responsible_unit_code")
    assert asked(feed, "unknown_unit") == {"Huyện Kim Bản": "Có phải «350 – Huyện Kim Bảng»?"}


def test_a_misspelt_sender_is_asked_about(door: Door) -> None:
    feed = checked(door, ["13285"], "unit_code", sender="TP Phủ Lí")
    assert asked(feed, "unknown_sender") == {"TP Phủ Lí": "Có phải «347 – Thành phố Phủ Lý»?"}


@pytest.mark.parametrize("text", ["13396 - Xã Tượng Lỉnh", "13396 Xã Tượng Lĩn", "Phường Tượng Lỉnh (13396)"])
def test_a_valid_code_with_a_slip_in_the_name_is_the_code_with_a_note(door: Door, text: str) -> None:
    feed = checked(door, [text, "13396"], "unit_code", sender="350")
    (note,) = [each for each in feed.findings if each.cell == "petitions!B2"]
    assert (note.rule, note.tier, note.value) == ("unit_name_differs", "warn", text)
    assert note.message.endswith("tên không khớp với mã; mã đó là Xã Tượng Lĩnh (13396).")
    assert feed.rows_landed == 3


def test_a_code_beside_the_name_of_another_unit_is_told_with_both(door: Door) -> None:
    (told,) = about(checked(door, ["13285 - Phường Minh Khai"], "unit_code"), "ambiguous_unit")
    assert "Phường Quang Trung (13285)" in told.message
    assert "Phường Minh Khai (13294)" in told.message


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
def test_a_unit_named_with_the_units_above_or_its_code_is_read(door: Door, text: str) -> None:
    feed = checked(door, [text], "unit_code")
    assert [each for each in feed.findings if each.tier != "warn"] == []
    assert door.con.execute("select unit_code from typed_rows_petitions").fetchall() == [("13285",)]


@pytest.mark.parametrize("text", ["Quang Trung (Kim Bảng)", "Phường Quang Trung, huyện Kim Bảng", "Xã Quang Trung"])
def test_a_unit_named_with_another_district_or_type_is_not_guessed(door: Door, text: str) -> None:
    feed = checked(door, [text], "unit_code")
    assert asked(feed, "unknown_unit") == {text: "Có phải «13285 – Phường Quang Trung»?"}


def test_a_name_in_brackets_with_another_code_is_either(door: Door) -> None:
    assert about(checked(door, ["Quang Trung (13288)"], "unit_code"), "ambiguous_unit")


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
def test_what_the_guide_says_is_read_is_read(door: Door, field: str) -> None:
    feed = checked(door, list(READINGS[field]), field)
    assert [each for each in feed.findings if each.tier != "warn"] == []
    read = door.con.execute(f"select {field}::varchar from typed_rows_petitions order by row_id").fetchall()
    assert [value for (value,) in read] == list(READINGS[field].values())


def test_what_the_guide_says_is_counted_is_counted(door: Door) -> None:
    feed = write_feed(door.folder / "f", plans=[{**PLAN, "planned_dialogues": "02 cuộc"}])
    found = door.checked(feed)
    assert [each.rule for each in found.findings] == ["repaired_number"]
    assert door.values("planned_dialogues", "plans") == [2]


def test_the_readings_and_questions_are_those_that_the_guide_names() -> None:
    guides = (Path(__file__).parents[4] / "docs").glob("*.md")
    guide = "\n".join(each.read_text(encoding="utf-8") for each in guides)
    named = ["5.9.24", "ngày 05 tháng 9 năm 2024", "Thứ 5, 05/09/2024", "05-Sep-24", "ngh&#7883;", "02 cuộc", "Đã GQ"]
    named += ["13285 – Phường Quang Trung", "Phường Quang Trung, TP Phủ Lý", "Huyện Kim Bản", "13396 - Xã Tượng Lỉnh"]
    assert [each for each in named if each not in guide] == []

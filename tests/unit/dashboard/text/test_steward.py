"""The sentences of the steward's pages, and the reminders to senders."""

from datetime import datetime

import pytest

from dashboard.text import file_check, reminders, steward

DEADLINE = datetime(2024, 10, 10, 23, 59, 59, 999999)
HERE = "Tỉnh Hà Nam"


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({}, "Quý III/2024: chưa đơn vị nào phải gửi báo cáo."),
        ({"on_time": 7}, "Quý III/2024: 7/7 báo cáo đã nhận."),
        ({"on_time": 4, "late": 1, "missing": 2}, "Quý III/2024: 5/7 báo cáo đã nhận (1 muộn), 2 chưa gửi."),
        ({"missing": 6, "not_due": 1}, "Quý III/2024: 0/7 báo cáo đã nhận, 6 chưa gửi, 1 chưa đến hạn."),
    ],
)
def test_the_board_names_missing_senders(counts: dict[str, int], message: str) -> None:
    assert steward.board_message("Quý III/2024", counts) == message


def test_a_late_feed_shows_its_delay_in_days() -> None:
    assert steward.state("late", 12) == "◷ muộn 12 ngày"
    assert steward.state("on_time", None) == "✓ đúng hạn"
    assert steward.state("missing", None) == "chưa gửi"
    assert (steward.sign("late", 12), steward.sign("on_time", None), steward.sign("missing", None)) == ("◷ 12", "✓", "")


def test_the_board_counts_findings_without_a_reason() -> None:
    message = steward.board_message("Quý III/2024", {"on_time": 7}, 21)
    assert message == "Quý III/2024: 7/7 báo cáo đã nhận; 21 điểm chờ lý do."


def test_the_quality_message_names_the_next_steps() -> None:
    assert steward.quality_message(11630, 16, 113) == "113 dấu hiệu chờ giải trình; 16/11.630 dòng bị giữ lại."
    assert steward.quality_message(10, 0, 0) == "Mọi dấu hiệu đã có giải trình; 0/10 dòng bị giữ lại."


def test_checks_are_described_in_words() -> None:
    message = steward.check("marts", "Bảng fct_petitions: cột sheet không được trống", "fct_petitions")
    assert message == "Cột sheet không được trống"
    assert steward.check("dbt", "every petition has a due date", "int_petitions") == "Mỗi kiến nghị có hạn giải quyết"
    assert steward.table("fct_petitions") == "kiến nghị (fct_petitions)"


def test_checks_are_counted() -> None:
    assert steward.suite_title(312) == "Mọi phép kiểm tra của bản số liệu (312) đã qua"


def test_a_later_version_shows_its_time_of_receipt() -> None:
    assert steward.renewed(3, datetime(2024, 10, 20, 9, 5)) == "nhận 09:05 20/10/2024"
    assert steward.renewed(1, datetime(2024, 10, 20, 9, 5)) == ""
    assert steward.renewed(None, None) == ""


def test_a_rate_without_rows_is_a_dash() -> None:
    assert steward.per_hundred(3, 0) == "–"
    assert steward.per_hundred(3, 200) == "1,5"


def test_a_reminder_names_unit_period_deadline_and_next_step() -> None:
    missing = reminders.MissingFeed(
        "Huyện Kim Bảng", "Quý III/2024", DEADLINE, 5, was_rejected=False, province_name=HERE
    )
    assert reminders.reminder(missing) == (
        "Kính gửi: UBND huyện Kim Bảng\n"
        "Báo cáo Quý III/2024 về hội nghị đối thoại và giải quyết kiến nghị có hạn gửi 10/10/2024, đến nay đã quá "
        "5 ngày mà chưa nhận được.\n"
        "Đề nghị gửi tệp báo cáo theo mẫu (trang Thông tin, Hội nghị, Kiến nghị và các trang khác nếu có phát sinh); "
        "nếu kỳ này không có hội nghị và kiến nghị thì ghi «Không phát sinh».\n"
        "Nơi nhận: bộ phận quản lý dữ liệu đối thoại, tỉnh Hà Nam."
    )


def test_the_sender_of_a_rejected_file_is_asked_to_correct_it() -> None:
    missing = reminders.MissingFeed("Huyện Lý Nhân", "Quý III/2024", DEADLINE, 1, was_rejected=True, province_name=HERE)
    assert "bị từ chối nên chưa được tính là đã nhận" in reminders.reminder(missing)


@pytest.mark.parametrize(
    ("unit", "to"),
    [
        ("Phường Phủ Lý", "UBND phường Phủ Lý"),
        ("Thành phố Phủ Lý", "UBND thành phố Phủ Lý"),
        ("Xã Xã Lộ", "UBND xã Xã Lộ"),
    ],
)
def test_a_letter_is_addressed_to_the_responsible_office(unit: str, to: str) -> None:
    assert reminders.addressee(unit) == to


def test_a_changed_field_shows_both_values() -> None:
    assert steward.change("changed", "Tình trạng", "", "Đã giải quyết") == "sửa «Tình trạng»: – → Đã giải quyết"


@pytest.mark.parametrize("kind", ["added", "withdrawn", "set_aside"])
def test_every_change_of_a_row_has_a_label(kind: str) -> None:
    assert steward.change(kind, "", "", "") == file_check.CHANGE_KINDS[kind]

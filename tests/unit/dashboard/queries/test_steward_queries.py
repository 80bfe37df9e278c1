"""Queries of the steward's pages on the tiny snapshot."""

from dataclasses import replace
from datetime import datetime

import pytest

from dashboard.model import Period
from dashboard.queries import catalogue, feeds, provenance, quality
from dashboard.queries.scope import EVERYTHING, Connection, Scope
from tests.unit.dashboard.conftest import tiny_snapshot

PHU_LY = Scope(("347",), ("347",))


@pytest.fixture
def third_quarter(con: Connection) -> Period:
    return next(each for each in catalogue.periods(con) if (each.calendar, each.code) == ("party", "2024Q3"))


def test_the_board_has_every_sender_of_the_period(con: Connection, third_quarter: Period) -> None:
    sent, awaited = feeds.expected(con, EVERYTHING, third_quarter)
    assert (sent.sender, sent.status, sent.rows_landed, sent.rows_quarantined, sent.unconfirmed) == (
        "Thành phố Phủ Lý", "on_time", 8, 1, 1,
    )  # fmt: skip
    assert (awaited.sender, awaited.status, awaited.feed_id) == ("Huyện Kim Bảng", "not_due", None)


def test_the_board_shows_first_receipt_and_receipt_of_the_version(con: Connection, third_quarter: Period) -> None:
    sent, awaited = feeds.expected(con, EVERYTHING, third_quarter)
    assert sent.received_at == datetime(2024, 10, 1)
    assert (sent.version, sent.version_received_at) == (2, datetime(2024, 10, 2))
    assert awaited.version_received_at is None


def test_a_missing_feed_shows_its_delay_and_a_rejected_file(con: Connection, third_quarter: Period) -> None:
    found = feeds.recent(con, EVERYTHING, third_quarter)
    missing = next(each for each in found if each.status == "missing")
    assert (missing.sender_unit_code, missing.days_overdue, missing.feeds_rejected) == ("350", 87, 1)
    assert (missing.province, missing.is_reminded) == ("Tỉnh Hà Nam", True)
    assert not replace(missing, level="province").is_reminded, "the province does not remind itself"
    assert [each.period_code for each in found] == ["2024Q2", "2024Q3", "2024Q2", "2024Q3"]


def test_periods_ending_together_are_sorted_by_length_and_the_running_one_is_marked() -> None:
    con = tiny_snapshot()
    con.execute(
        "insert into dim_periods (calendar, period_type, period_end, period_code, is_running, sort_order) "
        "values ('party', 'nine_months', '2024-09-30', '2024-9M', false, 3)"
    )
    con.execute(
        "insert into feed_status (sender_unit_code, calendar, period_code, period_end) values "
        "('347', 'party', '2024-9M', '2024-09-30'), ('347', 'party', '2024Q4', '2024-12-31')"
    )
    assert [(each.code, each.is_running) for each in feeds.owed_periods(con)] == [
        ("2024Q4", True), ("2024Q3", False), ("2024-9M", False), ("2024Q2", False),
    ]  # fmt: skip


def test_upcoming_deadlines_exclude_past_ones(con: Connection) -> None:
    found = feeds.deadlines(con, EVERYTHING, datetime(2024, 10, 5, 12))
    assert [each.period_code for each in found] == ["2024Q3", "2024Q4"]


def test_only_the_feeds_in_use_are_counted(con: Connection) -> None:
    assert [(each.rule, each.findings, each.senders) for each in quality.findings_by_rule(con, EVERYTHING)] == [
        ("settled_on_missing", 1, 1), ("repaired_date", 4, 1),
    ]  # fmt: skip
    (sender,) = quality.findings_by_sender(con, EVERYTHING)
    assert sender == quality.Tally("Thành phố Phủ Lý", 2, 1, 1, 14), "readings are no findings"
    assert [each.name for each in quality.findings_by_period(con, EVERYTHING)] == ["2024Q3", "2024Q2"]


def test_warnings_come_before_information(con: Connection) -> None:
    first, second = quality.flags(con, EVERYTHING)
    assert (first.flag_id, first.unit_name) == ("vanished|p7", "Phường Quang Trung")
    assert second.severity == "info"
    assert quality.flags(con, PHU_LY) == ()


def test_every_check_names_its_scope(con: Connection) -> None:
    assert quality.passed_checks(con) == (
        quality.PassedCheck("dbt", "Có hạn", "int_petitions", None),
        quality.PassedCheck("marts", "Mỗi kiến nghị một dòng", "fct_petitions", 8),
    )


def test_a_row_is_listed_in_every_version_with_its_changes(con: Connection) -> None:
    newest, older = provenance.row_versions(con, EVERYTHING, "p1")
    assert (newest.feed.feed_id, newest.feed.is_current, older.feed.is_current) == ("347-2024Q3-v2", True, False)
    assert newest.changes == (provenance.FieldChange("Tình trạng", "changed", "Đang giải quyết", "Đã giải quyết"),)
    assert older.changes == ()


def test_each_cell_is_listed_with_its_reading(con: Connection) -> None:
    newest, _ = provenance.row_versions(con, EVERYTHING, "p1")
    code, received, field = provenance.cells(con, EVERYTHING, newest)
    assert (code.letter, code.received, code.is_repaired) == ("B", "p1", False)
    assert (received.letter, received.received, received.read) == ("D", "20.6.24", "20/06/2024")
    assert (field.letter, field.received, field.is_repaired) == ("E", "", False), "blank, and no part of a merged block"


def test_a_blank_cell_of_a_merged_block_was_read_as_the_block(con: Connection) -> None:
    (version,) = provenance.row_versions(con, EVERYTHING, "p2")
    field = provenance.cells(con, EVERYTHING, version)[-1]
    assert (field.letter, field.received, field.read, field.is_repaired) == ("E", "", "Khác", True)


def test_a_cell_has_the_column_letter_of_its_own_page_and_block(con: Connection) -> None:
    (version,) = provenance.row_versions(con, EVERYTHING, "p3")
    assert [(each.letter, each.header) for each in provenance.cells(con, EVERYTHING, version)] == [("C", "Mã số")]


def test_columns_of_a_feed_of_an_earlier_release_are_those_of_every_page(con: Connection) -> None:
    _, older = provenance.row_versions(con, EVERYTHING, "p1")
    assert [(each.letter, each.received) for each in provenance.cells(con, EVERYTHING, older)] == [("A", "p1")]


def test_a_quarantined_row_shows_its_reasons(con: Connection) -> None:
    why = "Ô «Ngày giải quyết xong» để trống."
    assert provenance.quarantined(con, EVERYTHING, "347-2024Q3-v2") == (("Kiến nghị", 9, "p9", why),)
    (version,) = provenance.row_versions(con, EVERYTHING, "p9")
    assert (version.row_status, version.faults) == ("quarantined", why)
    assert version.changes == (provenance.FieldChange("", "set_aside", "", ""),)


def test_feeds_of_senders_outside_the_scope_are_hidden(con: Connection) -> None:
    assert provenance.feed(con, PHU_LY, "rejected-1") is None
    assert provenance.feed(con, EVERYTHING, "rejected-1") is not None
    assert [each.feed_id for each in provenance.newest_feeds(con, PHU_LY, 1)] == ["347-2024Q3-v2"]
    assert provenance.row_versions(con, Scope(("350",), ("350",)), "p1") == ()
    kim_bang = Scope(("350",), ("350",))
    newest, _ = provenance.row_versions(con, EVERYTHING, "p1")
    assert provenance.cells(con, kim_bang, newest) == ()
    assert provenance.quarantined(con, kim_bang, "347-2024Q3-v2") == ()
    assert provenance.findings(con, kim_bang, "347-2024Q3-v2") == ()
    assert [each.tier for each in provenance.findings(con, EVERYTHING, "347-2024Q3-v2")] == ["row", "warn"]

"""A matter keeps its identity across feeds; another matter under its code is reported and counted separately."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import CheckedFeed
from ingest.confirming import keep
from ingest.findings.confirmations import Speaker
from ingest.pipeline import check_paths, land_paths
from ingest.recheck import recheck
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, write_feed
from tests.integration.ingest.misleading.checker import CASES, about
from warehouse.home import Home

NOW = datetime(2024, 10, 5, 12)
DAY = timedelta(days=1)
Row = dict[str, str]
Q2 = {**COVER, "period": "2024Q2"}
EARLIER = {"received_on": "2024-05-10", "settled_on": "", "due_on": "2024-12-21", "outcome": "in_progress"}
ROAD, BRIDGE = {"summary": "Đề nghị sửa đường thôn 3"}, {"summary": "Xin xây cầu qua sông"}


def landed(home: Home, source: Path, now: datetime = NOW) -> CheckedFeed:
    (landing,) = land_paths([source], home, warehouse.settings.load(home), now)
    return landing.checked


def checked(home: Home, source: Path, now: datetime = NOW + DAY) -> CheckedFeed:
    (feed,) = check_paths([source], home, warehouse.settings.load(home), now)
    return feed


def reused(feed: CheckedFeed) -> list[tuple[str, int]]:
    return [(each.cell, each.count) for each in about(feed, "code_reused")]


def test_restarted_numbers_are_one_finding_per_sheet_with_cells(home: Home) -> None:
    landed(home, CASES / "codes_restart_2024Q2.xlsx")
    feed = checked(home, CASES / "codes_restart_2024Q3.xlsx")
    assert reused(feed) == [("Hội nghị!B2", 1), ("Kiến nghị!B2", 20)]
    _, findings = about(feed, "code_reused")
    assert findings.message.startswith("20/20 mã («KN-001», «KN-002», ")
    assert "báo cáo kỳ 2024Q2 của chính đơn vị (KN-001 ngày 11/04/2024 «Xin cấp nước cho việc số 1" in findings.message
    assert findings.message.endswith("nay ngày 11/07/2024). Đơn vị đánh số lại từ đầu mỗi kỳ?")
    assert "«KN-001-2024Q3»" in findings.remedy
    assert [each.reference for each in feed.groups["code_reused", "Kiến nghị!B2"].ranges] == ["B2:B21"]
    assert feed.waiting == 2
    assert reused(landed(home, CASES / "codes_restart_2024Q3.xlsx", NOW + DAY)) == reused(feed), "ingest says it too"


def test_a_finding_shows_nothing_of_another_sender_s_petition(home: Home) -> None:
    landed(home, CASES / "same_codes_347.xlsx")
    (finding,) = about(checked(home, CASES / "same_codes_349.xlsx"), "code_reused")
    assert "đã dùng cho việc khác trong báo cáo của đơn vị khác." in finding.message
    assert not [word for word in ("sửa đường", "347", "11/07") if word in finding.message + finding.remedy]
    assert "«KN-001-349»" in finding.remedy


def test_a_dialogue_of_the_same_day_in_another_unit_is_reported(home: Home, tmp_path: Path) -> None:
    landed(home, write_feed(tmp_path / "a"))
    rows = [DIALOGUE | {"unit_code": "13321"}]
    other = write_feed(tmp_path / "b", cover=COVER | {"sender_unit_code": "349"}, dialogues=rows, petitions=[])
    (finding,) = about(checked(home, other), "code_reused")
    assert finding.message.endswith("trong báo cáo của đơn vị khác.")


@pytest.mark.parametrize(
    ("before", "now", "cells"),
    [
        pytest.param(ROAD, BRIDGE, [("petitions!A2", 1)], id="another day and text"),
        pytest.param(ROAD, {"summary": "ĐỀ NGHỊ  sửa đường, thôn 3."}, [], id="the same text but for signs"),
        pytest.param(ROAD, BRIDGE | {"received_on": "10/05/2024"}, [], id="the same day"),
        pytest.param(ROAD, {"summary": ""}, [("petitions!A2", 1)], id="a blank text is like no other"),
        pytest.param({"summary": ""}, {"summary": "…"}, [("petitions!A2", 1)], id="two blank ones"),
        pytest.param(ROAD, BRIDGE | {"petition_code": "P2"}, [], id="another code"),
        pytest.param(ROAD, BRIDGE | {"outcome": "chưa rõ", "petition_code": "P1"}, [], id="a row that is kept out"),
    ],
)
def test_the_meaning_of_a_code_in_the_previous_report(
    home: Home, tmp_path: Path, before: Row, now: Row, cells: list[tuple[str, int]]
) -> None:
    landed(home, write_feed(tmp_path / "a", cover=Q2, dialogues=(), petitions=[PETITION | EARLIER | before]))
    rows = [PETITION | now, *({**PETITION, "petition_code": f"X{number}"} for number in range(20))]
    assert reused(checked(home, write_feed(tmp_path / "b", petitions=rows))) == cells


def test_a_repeated_second_matter_needs_no_new_reason(home: Home, tmp_path: Path) -> None:
    first = PETITION | EARLIER | ROAD
    second = PETITION | {"outcome": "in_progress", "settled_on": "", **BRIDGE}
    landed(home, write_feed(tmp_path / "a", cover=Q2, dialogues=(), petitions=[first]))
    landed(home, write_feed(tmp_path / "b", petitions=[second]), NOW + DAY)
    again = {**second, "received_on": "2024-08-02"}
    cover = {**COVER, "period": "2024Q4"}
    later = write_feed(tmp_path / "c", cover=cover, dialogues=(), petitions=[again])
    assert reused(checked(home, later, datetime(2025, 1, 5))) == []


def test_a_newer_version_corrects_a_dialogue_unless_another_report_listed_it(home: Home, tmp_path: Path) -> None:
    landed(home, write_feed(tmp_path / "a"))
    corrected = write_feed(tmp_path / "b", dialogues=[DIALOGUE | {"held_on": "2024-08-02"}])
    assert reused(checked(home, corrected)) == []
    half = {**COVER, "period": "2024-9M"}
    landed(home, write_feed(tmp_path / "c", cover=half))
    assert reused(checked(home, corrected)) == [("dialogues!A2", 1)]
    other_unit = write_feed(tmp_path / "d", cover=half, dialogues=[DIALOGUE | {"unit_code": "13288"}])
    (finding,) = about(checked(home, other_unit), "code_reused")
    assert "nay cùng ngày nhưng của đơn vị tổ chức khác)" in finding.message


def test_a_reason_is_valid_while_the_codes_mean_the_same(home: Home, tmp_path: Path) -> None:
    landed(home, write_feed(tmp_path / "a", cover=Q2, dialogues=(), petitions=[PETITION | EARLIER | ROAD]))
    feed = landed(home, write_feed(tmp_path / "b", petitions=[PETITION | BRIDGE]), NOW + DAY)
    (finding,) = about(feed, "code_reused")
    keep(home, {finding.confirmation_key: "Đánh số lại mỗi quý"}, [finding], Speaker("347", "Người Mẫu", NOW))
    tidied = PETITION | BRIDGE | {"received_on": "01/08/2024", "due_on": "2024-08-20"}
    other = checked(home, write_feed(tmp_path / "c", petitions=[tidied]))
    assert about(other, "code_reused") == [], "the version before lists it"
    moved = checked(home, write_feed(tmp_path / "d", petitions=[PETITION | ROAD | {"received_on": "2024-08-03"}]))
    assert about(moved, "code_reused") == [], "the text is that of the first"


def test_a_repeated_check_does_not_compare_a_feed_with_itself(home: Home, tmp_path: Path) -> None:
    landed(home, write_feed(tmp_path / "a", cover=Q2, dialogues=(), petitions=[PETITION | EARLIER | ROAD]))
    landed(home, write_feed(tmp_path / "b", petitions=[PETITION | BRIDGE]), NOW + DAY)
    settings = warehouse.settings.load(home)
    assert [each.would_change for each in recheck(home, settings, lambda _: None)] == [False, False]


SETTLING = ("rows_withdrawn", "settled_opened_again", "settled_day_moved")


def test_rows_dropped_by_a_resubmission_need_a_reason(home: Home) -> None:
    landed(home, CASES / "resent_full.xlsx")
    feed = checked(home, CASES / "resent_partial.xlsx")
    assert [(each.sheet, each.count, each.needs_reason) for each in about(feed, "rows_withdrawn")] == [
        ("Hội nghị", 4, True),
        ("Kiến nghị", 17, True),
    ]
    first, second = (each.message for each in about(feed, "rows_withdrawn"))
    assert first.endswith("4 hội nghị nay không còn trong tệp: HN-2, HN-3, HN-4, HN-5.")
    assert second.endswith(
        "17 kiến nghị đã có kết quả nay không còn trong tệp: KN-004, KN-005, KN-006, KN-007, KN-008, …."
    )
    told = landed(home, CASES / "resent_partial.xlsx", NOW + DAY)
    assert [each.rule for each in told.unexplained] == ["rows_withdrawn", "rows_withdrawn"], "ingest says it too"
    assert about(checked(home, CASES / "resent_full.xlsx", NOW + 2 * DAY), *SETTLING) == []


def test_settled_petitions_that_change_need_a_reason(home: Home, tmp_path: Path) -> None:
    rows = [{**PETITION, "petition_code": f"P{number}"} for number in range(1, 5)]
    landed(home, write_feed(tmp_path / "a", petitions=rows))
    opened = {"outcome": "in_progress", "settled_on": ""}
    now = [rows[0] | opened, rows[1] | {"settled_on": "2024-08-12"}, rows[2] | {"outcome": "explained"}, rows[3]]
    feed = checked(home, write_feed(tmp_path / "b", petitions=now))
    assert [(each.rule, each.cell, each.count) for each in about(feed, *SETTLING)] == [
        ("settled_opened_again", "petitions!E2", 1),
        ("settled_day_moved", "petitions!F3", 1),
    ]
    opened_again, moved = (each.message for each in about(feed, *SETTLING))
    assert "(P1: trước 10/08/2024, nay chưa xong)" in opened_again
    assert "(P2: trước 10/08/2024, nay 12/08/2024)" in moved
    landed(home, write_feed(tmp_path / "c", petitions=now), NOW + DAY)
    later = write_feed(tmp_path / "d", cover={**COVER, "period": "2024Q4"}, dialogues=(), petitions=now[:2])
    assert about(checked(home, later, datetime(2025, 1, 5)), *SETTLING) == [], "told once"

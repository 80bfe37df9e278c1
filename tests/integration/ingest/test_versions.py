"""Versions of a feed: fixed, open and new findings, changed and withdrawn rows, and confirmations."""

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import ingest.checking.vanished_petitions
import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.contract.load import load
from ingest.landing.land import Landing
from ingest.model.findings import Finding, Standing, Tier
from ingest.pipeline import check_paths, land_paths
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, TENURE, petitions, write_feed
from warehouse.border_checks import Evaluation, NotChecked, evaluate
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.state import Confirmation, open_state

NOW = datetime(2024, 10, 5, 12)
DAY = timedelta(days=1)
OPEN = {"outcome": "in_progress", "settled_on": ""}
LINES = "sheet_kind, row_key, change, field, before, after, row_number, cell"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return warehouse.home.create(tmp_path / "home")


def landed(home: Home, source: Path, now: datetime = NOW) -> Landing:
    (landing,) = land_paths([source], home, warehouse.settings.load(home), now)
    return landing


def checked(home: Home, source: Path, now: datetime = NOW) -> CheckedFeed:
    (feed,) = check_paths([source], home, warehouse.settings.load(home), now)
    return feed


COVERED_ELSEWHERE = ("rows_withdrawn", "code_reused", "settled_opened_again", "settled_day_moved")
"""Rules about withdrawn rows and changes of settled rows, which misleading/test_identity.py covers."""


def standings(findings: tuple[Finding, ...]) -> list[tuple[str, str, str | None]]:
    return [(each.rule, each.row_key, each.standing) for each in findings if each.rule not in COVERED_ELSEWHERE]


def changes(home: Home, feed_id: str) -> list[tuple[object, ...]]:
    with connect(home.warehouse, read_only=True) as con:
        return con.execute(
            f"select {LINES} from raw.changes where feed_id = ? order by 1, row_number nulls last, row_key, field",
            [feed_id],
        ).fetchall()


def counted(feed: CheckedFeed) -> list[tuple[str, int, int, int, int]]:
    assert feed.changes is not None
    return [(it.sheet_kind, it.added, it.changed, it.withdrawn, it.set_aside) for it in feed.changes.sheets]


def test_findings_are_compared_with_the_previous_record(home: Home, tmp_path: Path) -> None:
    late = {"due_on": "2032-08-21"}
    first = [
        PETITION | late | {"satisfaction": ""},
        *petitions(3)[1:],
        {**PETITION, "petition_code": "P9", "satisfaction": "tạm"},
    ]
    assert standings(landed(home, write_feed(tmp_path / "a", petitions=first)).findings) == [
        ("due_far_ahead", "P1", None),
        ("unknown_choice", "P9", None),
    ]
    moved = [*petitions(3)[1:], PETITION | late, {**PETITION, "petition_code": "P8", **late}]
    feed = checked(home, write_feed(tmp_path / "b", petitions=moved), NOW + DAY)
    assert feed.previous == "347-2024Q3-v1"
    assert standings(feed.findings) == [
        ("due_far_ahead", "P1", Standing.OPEN),
        ("due_far_ahead", "P8", Standing.NEW),
    ]
    assert standings(feed.fixed) == [("unknown_choice", "P9", Standing.FIXED)]
    assert (feed.fixed[0].cell, feed.fixed[0].value, feed.fixed[0].tier) == ("petitions!H5", "tạm", Tier.WARN)


def test_a_rejection_is_a_previous_record(home: Home, tmp_path: Path) -> None:
    assert landed(home, write_feed(tmp_path / "a", petitions=None)).verdict is Verdict.REJECTED
    feed = checked(home, write_feed(tmp_path / "b"), NOW + DAY)
    assert feed.verdict is Verdict.ACCEPTED
    assert str(feed.previous).startswith("rejected-")
    assert standings(feed.fixed) == [("missing_sheet", "Kiến nghị", Standing.FIXED)]
    assert feed.changes is None, "nothing was accepted before"


def test_an_unchecked_sheet_fixes_no_finding(home: Home, tmp_path: Path) -> None:
    landed(home, write_feed(tmp_path / "a", petitions=[PETITION | {"due_on": "2032-08-21"}]))
    feed = checked(home, write_feed(tmp_path / "b", petitions=None), NOW + DAY)
    assert standings(feed.findings) == [("missing_sheet", "Kiến nghị", Standing.NEW)]
    assert feed.fixed == ()


def test_a_version_lands_with_its_changes(home: Home, tmp_path: Path) -> None:
    first = write_feed(
        tmp_path / "a",
        petitions=[*petitions(3), {**PETITION, "petition_code": "P4", "due_on": ""}],
        tenures=[TENURE],
    )
    landed(home, first)
    assert changes(home, "347-2024Q3-v1") == [], "a first version changes nothing"
    second = write_feed(
        tmp_path / "b",
        dialogues=[DIALOGUE | {"held_on": "01/08/2024", "conclusion_on": "2024-08-06"}],
        petitions=[
            {**PETITION, "petition_code": "P5"},
            {**PETITION, "petition_code": "P1", "received_on": "01/08/2024"},
            {**PETITION, "petition_code": "P2", "settled_on": "2024-08-12", "outcome": "explained"},
            {**PETITION, "petition_code": "P4", "due_on": "2024-08-30"},
        ],
        tenures=[TENURE | {"to_on": "2024-09-01"}],
    )
    feed = checked(home, second, NOW + DAY)
    assert counted(feed) == [("dialogues", 0, 1, 0, 0), ("petitions", 1, 2, 1, 0), ("tenures", 0, 1, 0, 0)]
    landing = landed(home, second, NOW + DAY)
    assert landing.feed_id == "347-2024Q3-v2"
    lines = changes(home, landing.feed_id)
    assert lines == [
        ("dialogues", "D1", "changed", "conclusion_on", "2024-08-05", "2024-08-06", 2, "dialogues!H2"),
        ("petitions", "P5", "added", None, None, None, 2, "petitions!A2"),
        ("petitions", "P2", "changed", "outcome", "resolved", "explained", 4, "petitions!E4"),
        ("petitions", "P2", "changed", "settled_on", "2024-08-10 00:00:00", "2024-08-12 00:00:00", 4, "petitions!F4"),
        ("petitions", "P4", "changed", "due_on", None, "2024-08-30 23:59:59.999999", 5, "petitions!G5"),
        ("petitions", "P3", "withdrawn", None, None, None, None, None),
        ("tenures", "L1 / 13285 / government / 2023-01-01", "changed", "to_on", None, "2024-09-01", 2, "tenures!F2"),
    ]
    assert feed.changes is not None
    assert sorted(map(repr, feed.changes.rows.to_pylist())) == sorted(
        repr(dict(zip(LINES.split(", "), line, strict=True))) for line in lines
    ), "check tells what ingest writes"


def test_a_quarantined_row_is_not_withdrawn(home: Home, tmp_path: Path) -> None:
    landed(home, write_feed(tmp_path / "a", petitions=petitions(30)))
    second = [*petitions(30), {**PETITION, "petition_code": "P3"}]
    second[0] = second[0] | {"outcome": "x"}
    feed = checked(home, write_feed(tmp_path / "b", petitions=second), NOW + DAY)
    assert counted(feed) == [("petitions", 0, 0, 0, 2)]
    assert feed.changes is not None
    assert [(it["row_key"], it["change"]) for it in feed.changes.rows.to_pylist()] == [
        ("P1", "set_aside"),
        ("P3", "set_aside"),
    ]


def test_a_sheet_left_out_withdraws_its_rows(home: Home, tmp_path: Path) -> None:
    landed(home, write_feed(tmp_path / "a", tenures=[TENURE]))
    feed = checked(home, write_feed(tmp_path / "b", petitions=petitions(2)), NOW + DAY)
    assert counted(feed) == [("petitions", 1, 0, 0, 0), ("tenures", 0, 0, 1, 0)]


def test_a_vanished_open_petition_is_reported_until_it_returns(home: Home, tmp_path: Path) -> None:
    settled = [{**PETITION, "petition_code": f"S{number}"} for number in range(12)]
    both = [*settled, {**PETITION, "petition_code": "P2", **OPEN}, {**PETITION, "petition_code": "P3", **OPEN}]
    landed(home, write_feed(tmp_path / "a", petitions=both))
    without = landed(home, write_feed(tmp_path / "b", petitions=[*settled, both[-1] | {"outcome": "x"}]), NOW + DAY)
    findings = [each for each in without.findings if each.rule == "open_petition_withdrawn"]
    assert [(it.row_key, it.value, it.tier, it.needs_reason) for it in findings] == [("P2", "P2", Tier.WARN, True)]
    assert "đang ở tình trạng «Đang giải quyết»" in findings[0].message
    third = landed(home, write_feed(tmp_path / "c", petitions=settled), NOW + 2 * DAY)
    assert ("open_petition_withdrawn", "P2", Standing.OPEN) in standings(third.findings)
    assert ("open_petition_withdrawn", "P3", Standing.NEW) in standings(third.findings)
    back = checked(home, write_feed(tmp_path / "d", petitions=both[::-1]), NOW + 3 * DAY)
    assert standings(back.findings) == []
    assert ("open_petition_withdrawn", "P2", Standing.FIXED) in standings(back.fixed)


def test_many_withdrawn_rows_are_summarized_and_recorded_in_full(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.checking.vanished_petitions, "MAX_LISTED", 2)
    landed(home, write_feed(tmp_path / "a", petitions=petitions(5, **OPEN)))
    landing = landed(home, write_feed(tmp_path / "b", petitions=[PETITION]), NOW + DAY)
    assert [(it.row_key, it.count) for it in landing.findings] == [("P2", 1), ("P3", 1), ("P5", 2)]
    with connect(home.warehouse, read_only=True) as con:
        kept = con.execute(
            "select row_key, needs_reason, standing, count from raw.findings where feed_id = ? order by finding_no",
            [landing.feed_id],
        ).fetchall()
    assert kept == [(f"P{number}", True, "new", 1) for number in range(2, 6)]
    assert landing.checked.waiting == 4


def test_a_reason_is_known_in_the_next_version(home: Home, tmp_path: Path) -> None:
    first = landed(home, write_feed(tmp_path / "a", petitions=petitions(2, **OPEN)))
    assert first.checked.waiting == 0
    second = write_feed(tmp_path / "b", petitions=[PETITION])
    (gone,) = (each for each in checked(home, second, NOW + DAY).findings if each.rule == "open_petition_withdrawn")
    with open_state(home) as state:
        state.keep(
            [Confirmation("347", gone.confirmation_key, gone.rule, gone.cell, gone.value, "Ghi trùng", "Lê Bình", NOW)]
        )
    landing = landed(home, second, NOW + DAY)
    assert landing.checked.waiting == 0
    assert [(it.rule, it.reason) for it in landing.findings] == [("open_petition_withdrawn", "Ghi trùng")]
    with connect(home.warehouse, read_only=True) as con:
        kept = con.execute("select reason, confirmation_key from raw.findings where rule = 'open_petition_withdrawn'")
        assert kept.fetchall() == [("Ghi trùng", gone.confirmation_key)]


def test_a_declared_count_is_confirmed_for_its_period_and_value(home: Home, tmp_path: Path) -> None:
    def key(folder: str, petition_count: int, **cover: str) -> str:
        source = write_feed(
            tmp_path / folder, cover=COVER | {"declared_petitions": "9"} | cover, petitions=petitions(petition_count)
        )
        (it,) = (each for each in checked(home, source).findings if each.rule == "declared_petitions_differ")
        return it.confirmation_key

    keys = [key("a", 2), key("b", 3), key("c", 2, period="2024Q2")]
    assert len(set(keys)) == 3
    assert key("d", 2) == keys[0]


@pytest.mark.parametrize(
    ("rule", "tier", "verdict"),
    [
        ("duplicate_key:petition_code", Tier.FEED, Verdict.REJECTED),
        ("due_far_ahead:due_on", Tier.WARN, Verdict.ACCEPTED),
    ],
)
def test_an_unchecked_rule_quarantines_as_if_violated(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, rule: str, tier: Tier, verdict: Verdict
) -> None:
    def but_one(*arguments: Any) -> Evaluation:
        known = {each.id for each in arguments[1]}
        skipped = (NotChecked(rule, "không tính được"),) if rule in known else ()
        return replace(evaluate(*arguments), not_checked=skipped)

    monkeypatch.setattr("ingest.checking.sheet_checks.evaluate", but_one)
    landing = landed(home, write_feed(tmp_path / "a"))
    assert landing.verdict is verdict
    assert [(it.rule, it.tier, it.evidence, it.sheet) for it in landing.findings] == [
        ("not_checked", tier, rule, "petitions")
    ]


def test_an_archived_file_is_durable_before_its_feed_is(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    real = os.fsync

    def record(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink())
        real(handle)

    monkeypatch.setattr("ingest.landing.land.os.fsync", record)
    landed(home, write_feed(tmp_path / "a"))
    assert [path == home.archive for path in synced] == [False, True], "the bytes, then the name"


def test_every_landed_sheet_quarantines_duplicate_keys() -> None:
    """The comparison of versions joins rows by key, so a key that landed twice would match more than one row."""
    from ingest.checking.context import LANDED

    for kind in LANDED:
        rules = {rule.id: rule.tier for rule in load().sheets[kind].rules}
        assert rules["duplicate_key"] is Tier.ROW, kind


# ------------------------------------------------------------------------------- open petitions of the period before

LONG_OPEN = OPEN | {"received_on": "2024-05-01", "due_on": "2024-06-01"}


def report(folder: Path, period: str, rows: list[dict[str, str]], **cover: str) -> Path:
    said = COVER | {"period": period} | cover
    return write_feed(folder, cover=said, dialogues=None if cover else [], petitions=None if cover else rows)


@pytest.fixture
def second_quarter(home: Home, tmp_path: Path) -> Path:
    """P1 and P2 were open at the end of the second quarter; P3 was settled."""
    settled = PETITION | {"petition_code": "P3", "received_on": "2024-05-01", "settled_on": "2024-05-10"}
    source = report(tmp_path / "q2", "2024Q2", [*petitions(2, **LONG_OPEN), settled])
    landed(home, source, datetime(2024, 7, 5))
    return source


def test_open_petitions_missing_from_the_next_report_are_reported(
    home: Home, tmp_path: Path, second_quarter: Path
) -> None:
    third = report(tmp_path / "q3", "2024Q3", [PETITION | {"petition_code": "P1"} | LONG_OPEN])
    (finding,) = checked(home, third).findings
    assert (finding.rule, finding.row_key, finding.needs_reason) == ("open_petition_not_listed", "P2", True)
    assert finding.message.startswith("Kiến nghị «P2» ở báo cáo kỳ 2024Q2 đang ở tình trạng «Đang giải quyết»")
    assert landed(home, third).findings == (finding,), "check says what ingest does"
    whole = report(tmp_path / "whole", "2024Q3", petitions(2, **LONG_OPEN))
    assert checked(home, whole).findings == ()


def test_a_quarantined_row_is_not_missing(home: Home, tmp_path: Path, second_quarter: Path) -> None:
    rows = [*petitions(20, **LONG_OPEN), PETITION | LONG_OPEN | {"petition_code": "P2", "field": "?"}]
    rows = [row for row in rows if row["petition_code"] not in {"P2", "P3"} or row["field"] == "?"]
    assert {each.rule for each in checked(home, report(tmp_path / "q3", "2024Q3", rows)).findings} == {"unknown_field"}


def test_a_nil_return_despite_open_petitions_is_reported_once(home: Home, tmp_path: Path, second_quarter: Path) -> None:
    nil = report(tmp_path / "nil", "2024Q3", [], nil_return="Có", approved_by="Lê A")
    (finding,) = checked(home, nil).findings
    assert (finding.rule, finding.cell) == ("nil_return_with_open", "cover!C2")
    assert finding.message == (
        "Ghi «Không phát sinh» nhưng báo cáo kỳ 2024Q2 còn 2 kiến nghị chưa giải quyết xong (P1, P2)."
    )


def test_a_report_of_the_past_is_not_compared_with_later_ones(home: Home, tmp_path: Path, second_quarter: Path) -> None:
    landed(home, report(tmp_path / "q4", "2024Q4", petitions(2, **LONG_OPEN)), datetime(2025, 1, 5))
    again = report(tmp_path / "q3", "2024Q3", petitions(1, **LONG_OPEN))
    assert checked(home, again, datetime(2025, 1, 6)).findings == ()


@pytest.mark.parametrize("written", ["45506", "2024-08-02"])
def test_a_fixed_finding_is_shown_with_the_read_day(home: Home, tmp_path: Path, written: str) -> None:
    late = DIALOGUE | {"notice_on": written}
    assert landed(home, write_feed(tmp_path / "a", dialogues=[late])).checked.waiting == 1
    again = checked(home, write_feed(tmp_path / "b", dialogues=[late | {"notice_on": "2024-07-20"}]), NOW + DAY)
    (fixed,) = (it for it in again.fixed if it.rule == "notice_after_dialogue")
    assert fixed.value == "02/08/2024"
    assert fixed.message.startswith("Ngày thông báo 02/08/2024 không trước ngày")

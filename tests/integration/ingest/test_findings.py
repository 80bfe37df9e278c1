"""Findings and their absence: row numbers, legacy letters in dates, dialogues listed in other feeds."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

import ingest.findings.overflow
import ingest.rules.violations
import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.landing.land import Landing
from ingest.model.findings import Finding
from ingest.pipeline import check_paths, land_paths
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, petitions, write_feed
from tests.integration.ingest.test_return_workbook import workbook_feed
from warehouse.connection import connect
from warehouse.home import Home

NOW = datetime(2024, 10, 5, 12)
LATER = datetime(2025, 1, 5, 12)
TCVN3_DAY = "ng\u00b5y 01 th\u00b8ng 8 n\u00a8m 2024"
TCVN3_SUMMARY = "§Ò nghÞ söa ®\u00adêng liªn th«n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return warehouse.home.create(tmp_path / "home")


def landed(home: Home, source: Path, now: datetime = NOW) -> Landing:
    (landing,) = land_paths([source], home, warehouse.settings.load(home), now)
    return landing


def checked(home: Home, source: Path, now: datetime = NOW) -> CheckedFeed:
    (feed,) = check_paths([source], home, warehouse.settings.load(home), now)
    return feed


def rules_of(home: Home, source: Path, now: datetime = NOW) -> list[str]:
    return [finding.rule for finding in checked(home, source, now).findings]


@pytest.mark.parametrize("header", ["STT", "TT", "Số TT", "Số thứ tự", "stt."])
def test_a_column_of_row_numbers_is_ignored(home: Home, tmp_path: Path, header: str) -> None:
    assert rules_of(home, write_feed(tmp_path / "f", petitions=[{header: "1", **PETITION}])) == []


def test_an_unknown_column_is_reported(home: Home, tmp_path: Path) -> None:
    assert rules_of(home, write_feed(tmp_path / "f", petitions=[{"Mật độ": "1", **PETITION}])) == ["unknown_column"]


def test_a_day_written_in_tcvn3_is_read(home: Home, tmp_path: Path) -> None:
    legacy = petitions(3, received_on=TCVN3_DAY, summary=TCVN3_SUMMARY)
    landing = landed(home, write_feed(tmp_path / "f", petitions=legacy))
    assert (landing.verdict, landing.rows_landed, landing.rows_quarantined) == (Verdict.ACCEPTED, 4, 0)
    assert [(each.rule, each.field) for each in landing.findings] == [
        ("repaired_date", "received_on"),
        ("repaired_encoding", "summary"),
    ]


def _keys(finding: Finding) -> tuple[str, str, str]:
    return finding.row_key, finding.identity, finding.confirmation_key


def next_quarter(folder: Path, dialogue_code: str) -> Path:
    """The feed of the next quarter: a petition refers to the dialogue, and nothing else could give a finding."""
    days = {"received_on": "2024-10-01", "settled_on": "2024-10-10", "due_on": "2024-10-21"}
    return write_feed(
        folder,
        cover=COVER | {"period": "2024Q4"},
        dialogues=[DIALOGUE | {"dialogue_code": "D0", "held_on": "2024-10-08", "conclusion_on": "2024-10-12"}],
        petitions=[{**PETITION, **days, "petition_code": "P77", "dialogue_code": dialogue_code}],
    )


@pytest.mark.parametrize(
    ("dialogue", "rules"),
    [({"dialogue_code": "D5"}, []), ({"dialogue_code": "D5", "form": "lạ"}, []), ({}, ["unknown_dialogue"])],
    ids=["landed", "in quarantine", "nowhere"],
)
def test_a_dialogue_of_an_accepted_feed_is_known(
    home: Home, tmp_path: Path, dialogue: Mapping[str, str], rules: list[str]
) -> None:
    earlier = write_feed(
        tmp_path / "a", dialogues=[DIALOGUE, {**DIALOGUE, **dialogue}][: 1 + bool(dialogue)], petitions=petitions(20)
    )
    assert landed(home, earlier).verdict is Verdict.ACCEPTED
    later = next_quarter(tmp_path / "b", "D5")
    assert rules_of(home, later, LATER) == rules
    assert [each.rule for each in landed(home, later, LATER).findings] == rules


def test_findings_beyond_the_limit_of_the_screen_are_recorded(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_feed(tmp_path / "f", petitions=petitions(5, due_on="2032-08-21"))
    one_by_one = checked(home, source).findings
    monkeypatch.setattr(ingest.rules.violations, "MAX_LISTED", 2)
    monkeypatch.setattr(ingest.findings.overflow, "MAX_LISTED", 2)
    landing = landed(home, source)
    assert [(each.cell, each.count, each.value) for each in landing.findings] == [
        ("petitions!G2", 1, "2032-08-21"),
        ("petitions!G3", 1, "2032-08-21"),
        ("petitions!G3", 3, ""),
    ]
    assert (
        landing.findings[2].message == f"Còn 3 ô nữa bên dưới ô này vi phạm cùng quy tắc. {landing.findings[1].message}"
    )
    with connect(home.warehouse, read_only=True) as con:
        place = "feed_id, finding_no, cell, row_number, row_key, fact, identity, confirmation_key"
        kept = con.execute(f"select * exclude ({place}) from raw.findings").fetchall()
        keys = con.execute(
            "select row_key, identity, confirmation_key from raw.findings order by finding_no"
        ).fetchall()
        places = con.execute("select finding_no, cell, row_number from raw.findings order by finding_no").fetchall()
        ((counted,),) = con.execute("select findings from raw.feeds").fetchall()
    assert places == [(number, f"petitions!G{number + 1}", number + 1) for number in range(1, 6)]
    assert keys == list(map(_keys, one_by_one))
    assert len(kept) == counted == 5
    assert len(set(kept)) == 1, "each says what those on the screen say"


def test_values_filled_from_a_merged_block_are_a_reported_repair(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        cover = book.add_worksheet("Thông tin")
        for row, pair in enumerate(COVER.items()):
            cover.write_row(row, 0, pair)
        plain = book.add_format()
        for name, first, key in (("Hội nghị", DIALOGUE, "D"), ("Kiến nghị", PETITION, "P")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, list(first))
            for number in range(1, 4):
                sheet.write_row(number, 0, [f"{key}{number}", *list(first.values())[1:]])
            sheet.merge_range(1, 1, 3, 1, "13285", plain)
    landing = landed(home, path)
    blank = [each for each in landing.findings if each.rule == "repaired_blank"]
    assert [(each.cell, each.count, each.value) for each in blank] == [("Hội nghị!B3", 2, ""), ("Kiến nghị!B3", 2, "")]
    assert blank[1].message.endswith("đọc trống thành «13285» theo ô gộp.")
    with connect(home.warehouse, read_only=True) as con:
        kept = con.execute(
            "select sheet, field, received, read, cells, first_row from raw.repairs "
            "where repair = 'filled_down' order by 1"
        ).fetchall()
        units = con.execute("select distinct unit_code from raw.petitions").fetchall()
    assert kept == [("Hội nghị", "unit_code", "", "13285", 2, 3), ("Kiến nghị", "unit_code", "", "13285", 2, 3)]
    assert units == [("13285",)]


@pytest.mark.parametrize("written", ["ĐT 912 345 678", "912345678.0", "9.12345678E8", "0912.345.678", "an@vidu.vn"])
def test_a_personal_number_in_a_date_cell_is_stored_nowhere(home: Home, tmp_path: Path, written: str) -> None:
    rows = [*petitions(20), {**PETITION, "petition_code": "P77", "received_on": written}]
    landing = landed(home, write_feed(tmp_path / "f", petitions=rows))
    assert (landing.rows_landed, landing.rows_quarantined) == (21, 1)
    with connect(home.warehouse, read_only=True) as con:
        ((kept,),) = con.execute("select received from raw.quarantine where feed_id = ?", [landing.feed_id]).fetchall()
        recorded = con.execute(
            "select value, message from raw.findings where feed_id = ?", [landing.feed_id]
        ).fetchall()
    assert "đã che]" in kept
    assert written not in kept + str(recorded)


@pytest.mark.parametrize(
    "cells",
    [
        ["Cộng: 25 hội nghị"],
        ["Lũy kế 9 tháng"],
        ["TC"],
        ["Hết"],
        ["./."],
        ["1. Kiến nghị về đất đai"],
        ["Tổng", "25"],
    ],
)
def test_lines_between_and_below_rows_are_no_petitions(home: Home, tmp_path: Path, cells: list[str]) -> None:
    source = workbook_feed(tmp_path / "a.xlsx", petitions(12), lambda book: book["Kiến nghị"].append(cells))
    feed = checked(home, source)
    assert (feed.rows_landed, feed.rows_quarantined, feed.findings) == (13, 0, ())


def test_a_row_with_many_blanks_is_reported_once(home: Home, tmp_path: Path) -> None:
    source = workbook_feed(tmp_path / "a.xlsx", petitions(30), lambda book: book["Kiến nghị"].append(["KN-99"]))
    feed = checked(home, source)
    (finding,) = [each for each in feed.findings if each.tier == "row"]
    assert (finding.rule, finding.cell, feed.rows_quarantined) == ("incomplete_row", "Kiến nghị!B33", 1)
    assert finding.message == (
        "Dòng 33 thiếu các ô bắt buộc: «Mã đơn vị tiếp nhận», «Ngày tiếp nhận», «Lĩnh vực», «Tình trạng»."
    )

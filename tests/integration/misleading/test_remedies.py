"""The true cause is told at its cell, and to follow the remedy does no harm."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

import warehouse.home
import warehouse.settings
from ingest.check import CheckedFeed, Verdict, check_feed
from ingest.findings import Finding
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, petitions, write_feed
from warehouse.border_checks import Engine
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw

NOW = datetime(2024, 10, 5, 12)
CASES = Path(__file__).parents[2] / "fixtures" / "public_reports"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return warehouse.home.create(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def con(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(Path(":memory:")) as opened:
        create_raw(opened)
        load_lookups(opened, home)
        yield opened


Door = tuple[duckdb.DuckDBPyConnection, Home, Path]


@pytest.fixture
def door(con: duckdb.DuckDBPyConnection, home: Home, tmp_path: Path) -> Door:
    return con, home, tmp_path


def checked(door: Door, source: Path) -> CheckedFeed:
    con, home, folder = door
    return check_feed(source, warehouse.settings.load(home), con, NOW, folder / "work", engine=Engine.SQL)


def about(feed: CheckedFeed, *rules: str) -> list[Finding]:
    return [each for each in feed.findings if each.rule in rules]


def test_every_unambiguous_day_of_the_case_is_read_and_no_other(door: Door) -> None:
    feed = checked(door, CASES / "weekday_dates.xlsx")
    refused = {each.value for each in about(feed, "not_a_date", "impossible_date", "impossible_year")}
    assert refused == {"05/9", "tháng 9 năm 2024", "05/09/20 24", "5/9/2024 - 7/9/2024"}
    read = door[0].execute("select distinct received_on::date from typed_rows_petitions where received_on is not null")
    assert read.fetchall() == [(date(2024, 9, 5),)]


def test_a_day_that_is_not_its_weekday_is_told_with_the_day_that_is(door: Door) -> None:
    days = ["Thứ 2, 05/08/2024", "Thứ 6, 05/08/2024", "Thứ 4, 08/05/2024", "Thứ Năm, 08/08/2024"]
    rows = [{**PETITION, "petition_code": f"P{n}", "received_on": day} for n, day in enumerate(days)]
    feed = checked(door, write_feed(door[2] / "f", petitions=rows))
    assert {each.value: each.message for each in about(feed, "weekday_differs")} == {
        days[1]: "«Thứ 6, 05/08/2024»: thứ và ngày không khớp; 05/08/2024 là thứ Hai."
    }
    assert not any(each.remedy.startswith("Có phải") for each in about(feed, "weekday_differs"))


def test_a_day_whose_weekday_fits_with_day_and_month_swapped_is_asked_about(door: Door) -> None:
    feed = checked(door, write_feed(door[2] / "f", petitions=[{**PETITION, "received_on": "Thứ 6, 08/09/2024"}]))
    (told,) = about(feed, "weekday_differs")
    assert told.message.endswith("08/09/2024 là Chủ nhật.")
    swapped = checked(door, write_feed(door[2] / "g", petitions=[{**PETITION, "received_on": "Thứ 6, 10/12/2024"}]))
    assert not any(each.remedy.startswith("Có phải") for each in about(swapped, "weekday_differs"))
    other = checked(door, write_feed(door[2] / "h", petitions=[{**PETITION, "received_on": "Thứ 4, 08/07/2024"}]))
    (asked,) = about(other, "weekday_differs")
    assert asked.remedy.startswith("Có phải «07/08/2024»? ")


def lookups_with_zeros(home: Home, root: Path) -> Home:
    """A home whose lookup has codes that begin with zero, in place of those of Phủ Lý."""
    made = Home(Path(shutil.copytree(home.root, root)))
    for path in made.lookups.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("13285", "00688").replace("347,", "024,"), encoding="utf-8")
    return made


def test_codes_that_lost_their_zeros_are_one_note_a_column_with_the_code(home: Home, tmp_path: Path) -> None:
    zeros = lookups_with_zeros(home, tmp_path / "home")
    with connect(Path(":memory:")) as con:
        create_raw(con)
        load_lookups(con, zeros)
        feed = checked((con, zeros, tmp_path), CASES / "unit_codes_lost_zero.xlsx")
        assert (feed.verdict, feed.rows_landed, feed.cover.sender_unit_code) == (Verdict.ACCEPTED, 21, "024")
        assert [(each.rule, each.cell, each.count, each.value, each.evidence) for each in feed.findings] == [
            ("lost_zeros", "Thông tin!B1", 1, "24", "024"),
            ("lost_zeros", "Hội nghị!C2", 1, "688", "00688"),
            ("lost_zeros", "Kiến nghị!D2", 20, "688", "00688"),
        ]


YEARS = ["2042", "0204", "1024", "20024"]
DATES = {
    "dialogues": (DIALOGUE, ["held_on", "notice_on", "conclusion_on", "supervised_on"]),
    "petitions": (PETITION, ["received_on", "due_on", "extended_due_on", "extended_on", "settled_on"]),
}


@pytest.mark.parametrize(
    ("sheet", "field"), [(sheet, field) for sheet, (_, fields) in DATES.items() for field in fields]
)
def test_a_year_that_cannot_be_is_the_only_fault_of_its_row(door: Door, sheet: str, field: str) -> None:
    row, _ = DATES[sheet]
    whole = {**row, "extended_due_on": "2024-09-15", "extended_on": "2024-08-15", "extension_no": "9/CV"}
    base = {**row, "notice_on": "2024-07-20"} if sheet == "dialogues" else whole
    key = next(iter(row))
    rows = [{**base, key: f"K{year}", field: f"01/08/{year}"} for year in YEARS]
    feed = checked(door, write_feed(door[2] / "f", **{sheet: rows}))  # type: ignore[arg-type]
    told = [each for each in feed.findings if each.rule not in ("too_many_errors", "repaired_date")]
    assert [(each.rule, each.tier.value) for each in told] == [("impossible_year", "row")] * len(YEARS)
    assert [each.message.partition("»: ")[2] for each in told] == [f"năm {year} không thể đúng." for year in YEARS]
    assert all(each.remedy.startswith("Có phải «2024»? Sửa lại năm của «") for each in told)


def test_a_year_of_plans_may_lie_ahead(door: Door) -> None:
    feed = checked(door, write_feed(door[2] / "f", petitions=petitions(1, due_on="2032-08-21")))
    assert [each.rule for each in feed.findings] == ["due_far_ahead"]


def test_the_year_of_the_cover_is_told_too(door: Door) -> None:
    feed = checked(door, write_feed(door[2] / "f", cover={**COVER, "prepared_on": "05/10/2042"}))
    assert [(each.rule, each.tier) for each in feed.findings] == [("impossible_year", "warn")]

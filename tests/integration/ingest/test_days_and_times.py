"""Dates without a time, corrected dates and impossible ones, from the cell to the published figure."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.integration.feed_files import PETITION, petitions, write_feed
from tests.integration.homes import ask, home_with, published
from warehouse.connection import connect
from warehouse.errors import FindingsError
from warehouse.home import Home
from warehouse.publish import current

A = datetime(2024, 10, 5, 12)
ROWS = (
    {"petition_code": "P1", "received_on": "2024-08-01 08:00", "settled_on": "2024-08-01", "due_on": "2024-08-01"},
    {"petition_code": "P2", "settled_on": "2024-08-22 10:00", "due_on": "22/08/2024 0:00"},
    {"petition_code": "P3", "settled_on": "2024-08-22 10:00", "due_on": "2024-08-22 00:00:00"},
)
MIDNIGHTS = ("2024-08-22T00:00", "2024-08-22T00:00:00", "2024-08-22 00:00", "2024-08-22 00:00:00.000")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("times")
    faulty = {"petition_code": "P9", "received_on": "2024-08-09", "due_on": "2024-08-08", "settled_on": "2024-08-10"}
    filler = [{**PETITION, "petition_code": f"F{number}", "responsible_unit_code": "13291"} for number in range(9)]
    rows = [{**PETITION, "responsible_unit_code": "", **changes} for changes in (*ROWS, faulty)]
    home = home_with(folder / "home", write_feed(folder / "feed", petitions=[*rows, *filler]), datetime(2024, 10, 4, 9))
    published(home, as_of=A, known_at=A, now=A)
    return home


def test_settled_without_a_time_on_the_day_of_receipt_is_settled_at_receipt(home: Home) -> None:
    assert ask(home, "select days, class, settled_at from fct_petitions where petition_code = 'P1'") == [
        (0.0, "settled_on_time", datetime(2024, 8, 1, 8))
    ]


def test_due_at_midnight_is_due_at_the_end_of_that_day(home: Home) -> None:
    due = datetime(2024, 8, 22, 23, 59, 59, 999999)
    query = "select due_at, class from fct_petitions where petition_code in ('P2', 'P3')"
    assert ask(home, query) == [(due, "settled_on_time")] * 2


@pytest.mark.parametrize("midnight", MIDNIGHTS)
def test_a_column_of_midnights_only_is_a_column_of_days(tmp_path: Path, midnight: str) -> None:
    """All the texts are in the form that SQL reads itself; none needs the parser."""
    feed = write_feed(tmp_path / "feed", petitions=petitions(3, due_on=midnight))
    home = home_with(tmp_path / "home", feed, datetime(2024, 10, 4, 9))
    with connect(home.warehouse, read_only=True) as con:
        found = con.execute("select distinct due_on from raw.petitions").fetchall()
    assert found == [(datetime(2024, 8, 22, 23, 59, 59, 999999),)]


def test_due_before_receipt_is_quarantined_with_its_rule(home: Home) -> None:
    assert ask(home, "select count(*) from fct_petitions where petition_code = 'P9'") == [(0,)]
    assert ask(home, "select tier, cell from feed_findings where rule = 'due_before_received'") == [
        ("row", "petitions!G5")
    ]


def test_a_failed_check_before_publishing_names_the_row(home: Home) -> None:
    """Its petition was settled an hour before its receipt, as an earlier release may have accepted it."""
    before = current(home)
    with connect(home.warehouse) as con:
        con.execute(
            "update raw.petitions set received_on = '2024-08-10 09:00', settled_on = '2024-08-10 08:00' "
            "where responsible_unit_code = '13285'"
        )
    with pytest.raises(FindingsError) as refused:
        published(home, as_of=A, known_at=A, now=datetime(2024, 10, 5, 13))
    message = str(refused.value)
    assert "kpi_values.value:range" in message
    assert (
        "Số ngày giải quyết trung vị = -0.0416667 của Phường Quang Trung (13285), kỳ 01/07/2024–30/09/2024" in message
    )
    assert "tệp feed, trang petitions, dòng 2; tệp feed, trang petitions, dòng 3" in message
    assert current(home) == before

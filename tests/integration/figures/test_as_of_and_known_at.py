"""as_of and known_at: past figures can be recomputed row by row, even after later feeds."""

from datetime import datetime
from pathlib import Path

import pytest

from ingest.checking.checked_feed import Verdict
from tests.integration.feed_files import COVER, PETITION, petitions, write_feed
from tests.integration.homes import Row, ask, home_with, land, published
from warehouse.home import Home
from warehouse.publish import TABLES

THEN = datetime(2024, 10, 5, 12)
LATER = datetime(2024, 11, 20, 8)


def everything(home: Home) -> dict[str, list[Row]]:
    return {table: sorted(ask(home, f"select * from {table}"), key=repr) for table in TABLES}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    first = write_feed(tmp_path / "first", petitions=petitions(5, outcome="in_progress", settled_on=""))
    return home_with(tmp_path / "home", first, datetime(2024, 10, 4))


def test_a_build_in_the_past_equals_the_build_made_then(home: Home, tmp_path: Path) -> None:
    """With the feeds known later, the figures as of the same instant differ."""
    published(home, as_of=THEN, known_at=THEN, now=THEN)
    reported = everything(home)
    settled = write_feed(tmp_path / "second", petitions=petitions(5, settled_on="2024-09-30"))
    assert land(home, settled, LATER) is Verdict.ACCEPTED
    classes = "select class, count(*) from fct_petitions group by class"
    published(home, as_of=THEN, known_at=THEN, now=LATER)
    assert everything(home) == reported
    assert ask(home, classes) == [("open_overdue", 5)]
    published(home, as_of=THEN, known_at=LATER, now=LATER)
    assert ask(home, classes) == [("settled_late", 5)]


def test_the_newest_period_wins_and_a_vanished_open_petition_stays_flagged(home: Home, tmp_path: Path) -> None:
    october = {**COVER, "period": "2024Q4"}
    known = {**PETITION, "petition_code": "P1", "outcome": "explained", "settled_on": "2024-10-20"}
    feed = write_feed(tmp_path / "q4", cover=october, dialogues=[], petitions=[known])
    assert land(home, feed, datetime(2025, 1, 5)) is Verdict.ACCEPTED
    end = datetime(2024, 12, 31, 23, 59, 59, 999999)
    published(home, as_of=end, known_at=datetime(2025, 1, 6), now=LATER)
    assert ask(home, "select petition_code, outcome, flags, feed_id from fct_petitions order by 1") == [
        ("P1", "explained", "", "347-2024Q4-v1"),
        *((f"P{number}", "in_progress", "vanished", "347-2024Q3-v1") for number in range(2, 6)),
    ]

"""1 July 2025: districts end and communes join another province; no petition is lost and no rate exceeds 100 %."""

from datetime import datetime
from pathlib import Path

import pytest

import warehouse.settings
from ingest.checking.checked_feed import Verdict
from ingest.pipeline import check_paths
from tests.integration.feed_files import COVER, petitions, write_feed
from tests.integration.homes import Row, ask, home_with, land, published
from warehouse.home import Home

A = datetime(2025, 8, 15, 12)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("units")
    raised = petitions(5, received_on="2025-06-20", due_on="2025-07-20", outcome="in_progress", settled_on="")
    before = write_feed(folder / "q2", cover={**COVER, "period": "2025Q2"}, dialogues=[], petitions=raised)
    home = home_with(folder / "home", before, datetime(2025, 7, 5))
    settled = petitions(5, received_on="2025-06-20", due_on="2025-07-20", settled_on="2025-07-10")
    cover = {"sender_unit_code": "13285", "period": "2025Q3"}
    after = write_feed(folder / "q3", cover=cover, dialogues=[], petitions=settled)
    assert land(home, after, A) is Verdict.ACCEPTED
    published(home, as_of=A, known_at=A, now=A)
    return home


def resolution(home: Home, subject_type: str, subject: str, kind: str, start: str) -> list[Row]:
    return ask(
        home,
        "select numerator, denominator from kpi_values where kpi_code = 'resolution_rate' and calendar = 'party' and "
        "field_code = 'ALL' and subject_type = $1 and subject_id = $2 and period_type = $3 and period_start = $4",
        *(subject_type, subject, kind, start),
    )


def test_the_new_province_opens_with_the_stock_of_its_communes(home: Home) -> None:
    assert resolution(home, "subtree", "37", "quarter", "2025-07-01") == [(5, 5)]
    assert resolution(home, "unit", "13285", "quarter", "2025-07-01") == [(5, 5)]
    assert resolution(home, "province", "37", "quarter", "2025-07-01") == [(5, 5)]


def test_each_unit_answers_for_its_own_part_of_the_year_of_change(home: Home) -> None:
    assert resolution(home, "subtree", "37", "year", "2025-01-01") == [(5, 5)]
    assert resolution(home, "subtree", "347", "year", "2025-01-01") == [(0, 5)]
    assert resolution(home, "unit", "13285", "year", "2025-01-01") == [(5, 5)]
    assert resolution(home, "province", "37", "year", "2025-01-01") == [(5, 5)]


def test_the_abolished_district_stays_in_the_history(home: Home) -> None:
    assert resolution(home, "subtree", "347", "quarter", "2025-04-01") == [(0, 5)]
    assert ask(home, "select max(numerator - denominator) from kpi_values where denominator > 0") == [(0.0,)]


def flow(home: Home, subject_type: str, subject: str, kind: str, start: str) -> list[Row]:
    return ask(
        home,
        "select opening, joined, received, settled, left_scope, moved_away, closing from subject_stock_flow "
        "where calendar = 'party' and field_code = 'ALL' and subject_type = $1 and subject_id = $2 "
        "and period_type = $3 and period_start = $4",
        *(subject_type, subject, kind, start),
    )


def test_stock_and_flow_include_units_that_join_and_leave(home: Home) -> None:
    assert flow(home, "subtree", "347", "year", "2025-01-01") == [(0, 0, 5, 0, 0, 5, 0)]
    assert flow(home, "subtree", "37", "year", "2025-01-01") == [(0, 5, 0, 5, 0, 0, 0)]
    assert flow(home, "province", "37", "year", "2025-01-01") == [(0, 0, 5, 5, 0, 0, 0)]
    assert flow(home, "unit", "13285", "year", "2025-01-01") == [(0, 0, 5, 5, 0, 0, 0)]
    assert flow(home, "subtree", "37", "quarter", "2025-07-01") == [(5, 0, 0, 5, 0, 0, 0)]


def test_a_new_commune_reports_the_petitions_it_takes_over(home: Home, tmp_path: Path) -> None:
    """13285 is a successor of 13294 and 13309, whose district was 347; 13291 went to another one."""
    rows = [
        {**row, "petition_code": f"T{number}", "unit_code": unit, "responsible_unit_code": "13285"}
        for number, unit in enumerate(("13294", "13309", "13309", "347", "13285", "13291"))
        for row in petitions(1, received_on="2025-06-20", due_on="2025-07-20", settled_on="2025-07-10")
    ]
    cover = {"sender_unit_code": "13285", "period": "2025Q3"}
    feed = write_feed(tmp_path / "taken_over", cover=cover, dialogues=[], petitions=rows)
    (checked,) = check_paths([feed], home, warehouse.settings.load(home), A)
    assert checked.verdict is Verdict.ACCEPTED
    assert [finding.value for finding in checked.findings if finding.rule == "foreign_unit"] == ["13291"]


def test_units_of_a_later_merger_are_foreign_before_it(home: Home, tmp_path: Path) -> None:
    """13354 becomes part of 13366 on 1 July 2025; until then 347 has nothing to report on it."""
    rows = petitions(1, unit_code="13354", received_on="2025-06-20", due_on="2025-07-20", settled_on="2025-06-25")
    feed = write_feed(tmp_path / "early", cover={**COVER, "period": "2025Q2"}, dialogues=[], petitions=rows)
    (checked,) = check_paths([feed], home, warehouse.settings.load(home), A)
    assert [finding.value for finding in checked.findings if finding.rule == "foreign_unit"] == ["13354"]

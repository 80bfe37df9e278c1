"""The list of petitions behind a published figure holds exactly as many petitions as the figure says."""

from collections.abc import Iterator

import pytest

from dashboard.model import Period, Subject, UnitSet
from dashboard.queries import catalogue, figures, heads, petitions
from dashboard.queries.petition_sets import SETS
from dashboard.queries.petitions import Selection
from dashboard.queries.scope import EVERYTHING, Connection
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current

PERIODS = (("party", "2024Q2"), ("party", "2024Q3"), ("party", "2023"), ("state", "2024H1"), ("state", "2024Q3"))
UNITS = ("", "350", "347", "13402")
HEADLESS = {("resolution_rate", "mau"), ("median_days_to_settle", "mau")}


@pytest.fixture(scope="module")
def con(sample_home: Home) -> Iterator[Connection]:
    with connect(current(sample_home).path, read_only=True) as connection:
        yield connection


def period_of(con: Connection, calendar: str, code: str) -> Period:
    return next(item for item in catalogue.periods(con) if (item.calendar, item.code) == (calendar, code))


def published(con: Connection, period: Period, subject: Subject, side: tuple[str, str]) -> int:
    """The published numerator or denominator; nothing published for a head means nothing happened."""
    found = figures.figures(con, EVERYTHING, period, subject).get(side[0])
    value = None if found is None else (found.numerator if side[1] == "tu" else found.denominator)
    return int(value or 0)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("calendar", "code"), PERIODS)
def test_lists_behind_the_figures_of_units(con: Connection, calendar: str, code: str, unit: str) -> None:
    period = period_of(con, calendar, code)
    subject = Subject("subtree", unit) if unit else Subject("province", "35")
    listed = {
        side: petitions.petition_count(con, EVERYTHING, Selection(unit=unit, period=period, kpi=side[0], part=side[1]))
        for side in SETS
    }
    assert listed == {side: published(con, period, subject, side) for side in SETS}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("calendar", "code"), PERIODS)
def test_dialogues_behind_the_figures_of_units(con: Connection, calendar: str, code: str, unit: str) -> None:
    period = period_of(con, calendar, code)
    subject = Subject("subtree", unit) if unit else Subject("province", "35")
    held, chaired = (
        len(heads.dialogues(con, EVERYTHING, period, UnitSet(unit), only_chaired=only, limit=1000))
        for only in (False, True)
    )
    assert held == published(con, period, subject, ("dialogues_held", "tu"))
    assert (chaired, held) == tuple(
        published(con, period, subject, ("head_chaired_rate", part)) for part in ("tu", "mau")
    )


@pytest.mark.parametrize(("calendar", "code"), PERIODS)
def test_lists_behind_the_figures_of_heads(con: Connection, calendar: str, code: str) -> None:
    period = period_of(con, calendar, code)
    sql = """
        select subject_id from kpi_values
        where subject_type = 'head' and calendar = ? and period_type = ? and period_start = ? and numerator > 0
          and field_code = 'ALL' and kpi_code = 'on_time_rate'
        order by denominator desc, subject_id limit 5"""
    chosen = [row[0] for row in con.execute(sql, [calendar, period.period_type, period.start]).fetchall()]
    assert len(chosen) == 5
    for head in chosen:
        for side in SETS.keys() - HEADLESS:
            listed = petitions.petition_count(
                con, EVERYTHING, Selection(head=head, period=period, kpi=side[0], part=side[1])
            )
            assert (head, side, listed) == (head, side, published(con, period, Subject("head", head), side))

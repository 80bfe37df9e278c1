"""Queries of lists select as many petitions as figures count; `figures/test_lists.py` compares all lists."""

from collections.abc import Iterator

import pandas as pd
import pytest

from dashboard.model import Part, Period, Subject, UnitSet
from dashboard.queries import catalogue, figures, heads, petitions
from dashboard.queries.petitions import Selection
from dashboard.queries.scope import EVERYTHING, Connection
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current

PERIODS = (("party", "2024Q3"), ("party", "2023"), ("state", "2024H1"))
UNITS = ("", "350", "347", "13402")


@pytest.fixture(scope="module")
def con(sample_home: Home) -> Iterator[Connection]:
    with connect(current(sample_home).path, read_only=True) as connection:
        yield connection


def period_of(con: Connection, calendar: str, code: str) -> Period:
    return next(item for item in catalogue.periods(con) if (item.calendar, item.code) == (calendar, code))


def sides(con: Connection, *, of_head: bool = False) -> list[tuple[str, Part]]:
    """The numerators and denominators of all KPIs that have a list of petitions."""
    found = [(kpi, part) for kpi in catalogue.kpis(con) for part in kpi.lists("petitions", of_head=of_head)]
    return [(kpi.code, part) for kpi, part in found if not of_head or kpi.unit != "ngày"]


def published(con: Connection, period: Period, subject: Subject, side: tuple[str, Part]) -> int:
    """The published numerator or denominator; 0 for a head without a published row."""
    found = figures.figures(con, EVERYTHING, period, subject).get(side[0])
    value = None if found is None else (found.numerator if side[1] is Part.NUMERATOR else found.denominator)
    return int(value or 0)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("calendar", "code"), PERIODS)
def test_lists_behind_the_figures_of_units(con: Connection, calendar: str, code: str, unit: str) -> None:
    period = period_of(con, calendar, code)
    subject = Subject("subtree", unit) if unit else Subject("province", "35")
    listed = {
        side: petitions.petition_count(con, EVERYTHING, Selection(unit=unit, period=period, kpi=side[0], part=side[1]))
        for side in sides(con)
    }
    assert len(listed) == 12
    assert listed == {side: published(con, period, subject, side) for side in listed}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("calendar", "code"), PERIODS)
def test_dialogues_behind_the_figures_of_units(con: Connection, calendar: str, code: str, unit: str) -> None:
    period = period_of(con, calendar, code)
    subject = Subject("subtree", unit) if unit else Subject("province", "35")
    held, chaired = (
        len(heads.dialogues(con, EVERYTHING, period, UnitSet(unit), only=only, limit=1000))
        for only in ("", "chaired_by_head")
    )
    assert held == published(con, period, subject, ("dialogues_held", Part.NUMERATOR))
    assert (chaired, held) == tuple(
        published(con, period, subject, ("head_chaired_rate", part)) for part in (Part.NUMERATOR, Part.DENOMINATOR)
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
        for side in sides(con, of_head=True):
            listed = petitions.petition_count(
                con, EVERYTHING, Selection(head=head, period=period, kpi=side[0], part=side[1])
            )
            assert (head, side, listed) == (head, side, published(con, period, Subject("head", head), side))


MERGER_PERIODS = (("party", "2025Q3"), ("state", "2025"), ("party", "2026Q1"))
MERGER_UNITS = ("", "35", "37", "350", "347", "13393", "13411")


@pytest.fixture(scope="module")
def merged(merger_home: Home) -> Iterator[Connection]:
    with connect(current(merger_home).path, read_only=True) as connection:
        yield connection


def subject_of(con: Connection, period: Period, unit: str, *, is_alone: bool) -> tuple[Subject, UnitSet]:
    """The subject and the units that a page shows; the province has the code of its time."""
    if not unit:
        units = catalogue.units_on(con, EVERYTHING, period.cutoff.date())
        return Subject("province", next(each.code for each in units if each.level == "province")), UnitSet()
    return Subject("unit" if is_alone else "subtree", unit), UnitSet(unit, is_alone=is_alone)


@pytest.mark.parametrize("is_alone", [False, True])
@pytest.mark.parametrize("unit", MERGER_UNITS)
@pytest.mark.parametrize(("calendar", "code"), MERGER_PERIODS)
def test_lists_and_figures_cover_the_same_units_across_the_mergers(
    merged: Connection, calendar: str, code: str, unit: str, is_alone: bool
) -> None:
    period = period_of(merged, calendar, code)
    subject, units = subject_of(merged, period, unit, is_alone=is_alone)
    counted = {side: published(merged, period, subject, side) for side in sides(merged)}
    listed = {
        side: petitions.petition_count(
            merged,
            EVERYTHING,
            Selection(unit=units.root, is_alone=units.is_alone, period=period, kpi=side[0], part=side[1]),
        )
        for side in counted
    }
    assert listed == counted
    held = len(heads.dialogues(merged, EVERYTHING, period, units, limit=1000))
    assert held == published(merged, period, subject, ("dialogues_held", Part.NUMERATOR))


@pytest.mark.parametrize("unit", MERGER_UNITS)
@pytest.mark.parametrize("field", ["ALL", "land"])
def test_stock_and_flow_agree_with_the_rates_across_the_mergers(merged: Connection, unit: str, field: str) -> None:
    for calendar, code in MERGER_PERIODS:
        period = period_of(merged, calendar, code)
        subject, _ = subject_of(merged, period, unit, is_alone=False)
        found = figures.figures(merged, EVERYTHING, period, subject, field)
        for flow in figures.flows(merged, EVERYTHING, (period,), subject, field):
            came = flow.opening + flow.joined + flow.received
            assert came == flow.settled + flow.left_scope + flow.moved_away + flow.closing
            rate = found.get("resolution_rate")
            pair = (0, 0) if rate is None else (rate.numerator, rate.denominator)
            assert pair == (flow.settled, came - flow.left_scope)


def test_heads_of_ended_districts_are_named_and_their_posts_not_vacant(merged: Connection) -> None:
    year, later = period_of(merged, "party", "2025"), period_of(merged, "party", "2025Q4")
    named = heads.heads_in(merged, EVERYTHING, year, UnitSet("350"))
    assert not named[~named["is_vacant"]].empty
    assert set(named["unit_name"]) >= {"Thị xã Kim Bảng"}
    gone = (
        "select unit_code from dim_units group by unit_code having max(coalesce(valid_to, '9999-12-31')) < '2025-12-31'"
    )
    ended = {code for (code,) in merged.execute(gone).fetchall()}
    assert len(ended) > 50
    vacant = heads.vacant_posts(merged, EVERYTHING, UnitSet(), later.end)
    assert {item.unit_code for item in vacant} & ended == set()
    spans = heads.heads_in(merged, EVERYTHING, year, UnitSet()).dropna(subset=["from_on", "to_on"])
    assert (spans["from_on"] < spans["to_on"]).all()


@pytest.mark.parametrize("world", ["con", "merged"])
@pytest.mark.parametrize(
    "side",
    [
        ("overdue_rate", Part.DENOMINATOR),
        ("resolution_rate", Part.NUMERATOR),
        ("median_days_to_settle", Part.DENOMINATOR),
    ],
)
def test_a_list_of_the_whole_term_has_the_published_classes_and_ages(
    request: pytest.FixtureRequest, world: str, side: tuple[str, Part]
) -> None:
    """The term ends at the instant of the snapshot, so a list must classify as dbt does."""
    snapshot: Connection = request.getfixturevalue(world)
    selection = Selection(period=period_of(snapshot, "party", "term"), kpi=side[0], part=side[1])
    count = petitions.petition_count(snapshot, EVERYTHING, selection)
    pages = [petitions.petition_list(snapshot, EVERYTHING, selection, page) for page in (1, 2)]
    listed = {
        code: (name, None if pd.isna(days) else days)
        for page in pages
        for code, name, days in zip(page["petition_id"], page["class"], page["days_overdue"], strict=True)
    }
    query = "select petition_id, class, days_overdue from fct_petitions"
    as_published = {code: (name, days) for code, name, days in snapshot.cursor().execute(query).fetchall()}
    assert len(listed) == min(count, 2 * petitions.PAGE_ROWS) > 0
    assert listed == {code: as_published[code] for code in listed}

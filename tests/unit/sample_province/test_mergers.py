"""The content of the mergers world, before any file is written."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from sample_province.faults import Faulty
from sample_province.mergers import mergers_world, write_mergers
from sample_province.mergers.maps import communes_on, map_on, owed_feeds, successors_of
from sample_province.mergers.periods import FIRST_MERGER
from sample_province.mergers.sending import MISSING
from sample_province.mergers.views import World
from sample_province.mergers.world import mergers_feeds

ENDED_IN_2024 = {
    "13288", "13297", "13300", "13312", "13339", "13372", "13381", "13399", "13447", "13522", "13534",
}  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    return mergers_world()


@pytest.fixture(scope="module")
def feeds(world: World) -> tuple[Faulty, ...]:
    return mergers_feeds(world)


@pytest.mark.parametrize(
    ("day", "communes", "districts"),
    [(date(2024, 12, 31), 109, 6), (date(2025, 1, 1), 98, 6), (date(2025, 6, 30), 98, 6), (date(2025, 7, 1), 33, 0)],
)
def test_the_units_in_force(day: date, communes: int, districts: int) -> None:
    assert (len(communes_on(day)), len(map_on(day).of_level("district"))) == (communes, districts)


def test_eleven_communes_end_in_2024_without_successors() -> None:
    before, after = ({unit.code for unit in communes_on(day)} for day in (date(2024, 12, 31), FIRST_MERGER))
    assert before - after == ENDED_IN_2024
    assert not any(successors_of(code) for code in ENDED_IN_2024)
    assert all(successors_of(unit.code) for unit in communes_on(FIRST_MERGER))


def test_districts_send_quarters_until_june_then_communes_and_the_provinces_half_years() -> None:
    senders = Counter(period.code for _, period in owed_feeds())
    assert senders == {
        "2024Q3": 6, "2024Q4": 6, "2025Q1": 6, "2025Q2": 6, "2025Q3": 33, "2025Q4": 33,
        "2024H2": 1, "2025H1": 1, "2025H2": 1, "2025": 1,
    }  # fmt: skip


def test_the_seed_decides_all_but_the_planned_cases(world: World) -> None:
    assert mergers_world() == world
    other = mergers_world(7)
    assert other.cases != world.cases
    planned = {case.code for case in world.cases if case.code.rsplit("-", 1)[1].startswith("9")}
    assert planned <= {case.code for case in other.cases}


def test_the_world_is_small_and_wide_enough(world: World, feeds: tuple[Faulty, ...]) -> None:
    assert 60 <= len(feeds) <= 90
    assert 600 <= len(world.cases) <= 1200
    assert 80 <= len(world.dialogues) <= 200
    assert len({case.code for case in world.cases}) == len(world.cases)
    assert len({dialogue.code for dialogue in world.dialogues}) == len(world.dialogues)


def test_a_new_commune_takes_over_more_petitions_than_it_received(feeds: tuple[Faulty, ...]) -> None:
    def taken_over(feed: Faulty) -> int:
        return sum(row["unit_code"] != feed.view.sender.code for row in feed.view.petitions)

    new = [feed for feed in feeds if feed.view.period.code == "2025Q3"]
    assert any(taken_over(feed) * 2 > len(feed.view.petitions) > 5 for feed in new)


def test_a_feed_has_only_facts_known_when_it_was_prepared(feeds: tuple[Faulty, ...]) -> None:
    for feed in feeds:
        view = feed.view
        assert view.period.last < view.prepared_on < view.received_at.date()
        for row in view.petitions:
            settled = row["settled_on"]
            assert not isinstance(settled, date) or _day(settled) <= view.prepared_on
        for row in view.tenures:
            began = row["from_on"]
            assert isinstance(began, date)
            assert began <= view.prepared_on + timedelta(days=30)


def _day(moment: date) -> date:
    return date(moment.year, moment.month, moment.day)


def test_missing_feeds_are_not_written_and_nil_returns_have_only_a_cover(feeds: tuple[Faulty, ...]) -> None:
    sent = {(feed.view.sender.code, feed.view.period.code) for feed in feeds}
    assert sent == {(sender, period.code) for sender, period in owed_feeds()} - MISSING
    assert sum(feed.view.nil_return for feed in feeds) >= 2


def test_every_seed_can_be_written_and_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (write_mergers(tmp_path / name, seed=11) for name in ("one", "two"))
    assert [feed.path.read_bytes() for feed in one.feeds] == [feed.path.read_bytes() for feed in two.feeds]
    assert [fault.kind for fault in one.faults].count("unknown_unit_petition") == 1

"""Plans, trainings, decisions and practices from files to marts: the newest row counts, events after `as_of` do not."""

from datetime import datetime

import pytest

from ingest.checking.checked_feed import Verdict
from tests.integration.feed_files import COVER, DECISION, PLAN, PRACTICE, TENURE, TRAINING, write_feed
from tests.integration.homes import ask, home_with, land, published
from warehouse.home import Home

A = datetime(2024, 10, 20)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Feeds of one sender for Q2 and Q3; the second version of Q3 lacks one of the trainings."""
    folder = tmp_path_factory.mktemp("records")
    spring = write_feed(
        folder / "q2",
        cover=COVER | {"period": "2024Q2", "nil_return": "Có", "approved_by": "Trần Thị Bình"},
        dialogues=None,
        petitions=None,
        plans=[PLAN, PLAN | {"unit_code": "347", "planned_dialogues": "4"}, PLAN | {"year": "2025"}],
        decisions=[DECISION | {"decided_on": "2023-12-28", "form": "Năm trước"}],
    )
    home = home_with(folder / "home", spring, datetime(2024, 7, 5))
    both = [TRAINING, TRAINING | {"training_code": "T2"}]
    assert land(home, write_feed(folder / "a", trainings=both), datetime(2024, 10, 4)) is Verdict.ACCEPTED
    about_a_unit = DECISION | {"leader_code": ""}
    about_a_head = about_a_unit | {"decision_no": "2/QĐ", "kind": "Phê bình", "unit_code": "", "leader_code": "L1"}
    second = write_feed(
        folder / "b",
        tenures=[TENURE],
        plans=[PLAN | {"planned_dialogues": "03 cuộc"}],
        trainings=[TRAINING | {"participants": "25"}, TRAINING | {"training_code": "T3", "held_on": "2024-10-21"}],
        decisions=[about_a_unit, about_a_head],
        practices=[PRACTICE, PRACTICE | {"practice_code": "C2", "published_on": "2024-10-25"}],
    )
    assert land(home, second, datetime(2024, 10, 6)) is Verdict.ACCEPTED
    published(home, as_of=A, known_at=A, now=A)
    return home


def test_the_newest_plan_counts_and_future_years_do_not(home: Home) -> None:
    assert ask(home, "select unit_code, year, planned_dialogues, feed_id, sheet, row_number from fct_plans") == [
        ("13285", 2024, 3, "347-2024Q3-v2", "plans", 2),
        ("347", 2024, 4, "347-2024Q2-v1", "plans", 3),
    ]


def test_a_training_missing_from_the_newest_version_is_withdrawn(home: Home) -> None:
    assert ask(home, "select training_code, held_on::varchar, topic, participants from fct_trainings") == [
        ("T1", "2024-08-20", "Kỹ năng đối thoại", 25)
    ]


def test_decision_numbers_restart_each_year_and_may_name_a_leader_only(home: Home) -> None:
    query = "select decision_no, year(decided_on), kind, unit_code, leader_code, sender_unit_code from fct_decisions"
    assert ask(home, f"{query} order by decided_on") == [
        ("1/QĐ", 2023, "reward", "13285", None, "347"),
        ("1/QĐ", 2024, "reward", "13285", None, "347"),
        ("2/QĐ", 2024, "reminder", None, "L1", "347"),
    ]


def test_a_practice_counts_from_the_day_it_was_shared(home: Home) -> None:
    assert ask(home, "select practice_code, title, file_name from fct_practices") == [("C1", "Sổ theo dõi", "b")]


def test_a_nil_return_with_other_rows_is_a_nil_return(home: Home) -> None:
    query = "select nil_return, rows_landed from feed_status where feed_id = '347-2024Q2-v1'"
    assert ask(home, query) == [(True, 4)]

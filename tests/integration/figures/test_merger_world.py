"""The world across the mergers as landed and published contains every case that it was designed for."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from doithoai.demo import MERGERS_AS_OF, sample_home
from doithoai.messages import Language
from doithoai.terminal import Terminal
from doithoai.worlds import World
from sample_province import names
from sample_province.mergers import planned_dialogues, planned_petitions
from sample_province.mergers.posts import tenures_of
from sample_province.petitions import SETTLED
from tests.integration.homes import Row, ask
from warehouse.connection import connect
from warehouse.errors import UsageError
from warehouse.home import Home

AFTER_A = {"KN-13627-2025-904"}
"""Received after the as-of instant of the world, according to its newest listing."""

CLASSES = {
    "settled_on_the_day_without_a_time": ["settled_on_time"] * 2,
    "settled_at_the_instant_of_receipt": ["settled_on_time"],
    "due_at_an_instant": ["settled_on_time", "settled_late"],
    "last_microsecond": ["open_overdue", "settled_on_time", "settled_late", "settled_on_time"],
    "midnight_is_a_day": ["settled_on_time"] * 2,
    "left_scope_before_due": ["left_scope"] * 2,
    "left_scope_after_due": ["left_scope"] * 2,
    "extension_counts": ["settled_on_time"] * 2,
    "extension_does_not_count": ["settled_late"] * 3,
    "day_of_receipt_corrected": ["open_overdue", "settled_on_time", "settled_late"],
    "due_around_the_cutoff": ["open_overdue", "open_in_term", "open_in_term"],
    "due_by_rules_that_change": ["settled_late", "settled_on_time", "settled_late", "settled_on_time",
                                 "settled_on_time", "settled_on_time", "open_overdue"],
    "ended_in_2024_and_the_district_settles_it": ["settled_late"] * 2,
    "ended_in_2024_and_still_named": ["open_overdue"],
    "ended_in_2024_and_nobody_takes_it_over": ["open_overdue"],
    "taken_over_and_settled_by_the_successor": ["settled_on_time", "settled_late", "settled_late", "settled_late",
                                                "settled_on_time"],
    "taken_over_and_still_open": ["open_overdue"] * 4,
    "ended_with_the_merger_and_nobody_takes_it_over": ["open_overdue"] * 3,
    "goes_on_under_another_name": ["settled_on_time"] * 6,
    "settled_after_the_cutoff": ["open_overdue", "open_in_term"],
}  # fmt: skip


def raw(home: Home, query: str) -> list[Row]:
    with connect(home.warehouse, read_only=True) as con:
        return con.execute(query).fetchall()


def pairs(rows: list[Row]) -> dict[object, object]:
    """Rows of two values as a mapping from the first to the second."""
    return {row[0]: row[1] for row in rows}


def one(home: Home, query: str, *values: object) -> object:
    ((found,),) = ask(home, query, *values)
    return found


def test_it_is_as_of_noon_of_20_january_2026_and_marked_as_a_sample(merger_home: Home) -> None:
    assert ask(merger_home, "select as_of, is_sample, province_code from snapshot") == [(MERGERS_AS_OF, True, "37")]
    assert datetime(2026, 1, 20, 12) == MERGERS_AS_OF


def test_a_home_keeps_the_world_it_was_made_for(merger_home: Home, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(merger_home.root, copy)
    with pytest.raises(UsageError, match="đã có một tỉnh mẫu khác"):
        sample_home(Terminal(Language.VI), copy, World.HA_NAM)
    assert sample_home(Terminal(Language.VI), copy, World.MERGERS).root == copy


def test_every_feed_is_accepted_and_three_rows_are_quarantined(merger_home: Home) -> None:
    assert raw(merger_home, "select distinct status from raw.feeds") == [("accepted",)]
    assert raw(merger_home, "select feed_id, rules from raw.quarantine order by 1") == [
        ("13336-2025Q3-v1", "settled_before_received"), ("347-2024Q4-v1", "unknown_unit"),
        ("353-2025Q1-v1", "unknown_choice"),
    ]  # fmt: skip
    assert raw(merger_home, "select count(*) from raw.findings where tier = 'feed'") == [(0,)]


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2024, 12, 31), {"commune": 109, "district": 6, "province": 1}),
        (date(2025, 1, 1), {"commune": 98, "district": 6, "province": 1}),
        (date(2025, 7, 1), {"commune": 33, "province": 1}),
    ],
)
def test_the_units_in_force(merger_home: Home, day: date, counts: dict[str, int]) -> None:
    in_force = (
        "select level, count(*) from dim_units where valid_from <= $1 and coalesce(valid_to > $1, true) group by 1"
    )
    assert pairs(ask(merger_home, in_force, day)) == counts


def test_feeds_expected_and_received(merger_home: Home) -> None:
    board = ask(
        merger_home,
        "select period_code, count(*), count(received_at) from feed_status "
        "where period_end <= '2025-12-31' group by 1 order by 1",
    )
    assert board == [
        ("2024H2", 1, 1), ("2024Q3", 6, 6), ("2024Q4", 6, 6), ("2025", 1, 1), ("2025H1", 1, 1), ("2025H2", 1, 1),
        ("2025Q1", 6, 6), ("2025Q2", 6, 5), ("2025Q3", 33, 31), ("2025Q4", 33, 26),
    ]  # fmt: skip
    assert one(merger_home, "select count(*) from feed_status where nil_return") == 4
    assert one(merger_home, "select count(*) from feed_status where received_at > $1", MERGERS_AS_OF) == 1
    late = ask(merger_home, "select distinct period_code from feed_status where status = 'late' order by 1")
    assert {("2025Q3",), ("2025Q4",), ("2025",)} <= set(late)
    assert one(merger_home, "select max(version) from feed_status") == 2


def test_every_planned_case_is_covered_by_the_tests() -> None:
    assert set(CLASSES) == set(planned_petitions.planned_names())


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_a_planned_petition_is_in_its_class(merger_home: Home, name: str) -> None:
    codes = [case.code for case in planned_petitions.petitions_for(name) if case.code not in AFTER_A]
    found = pairs(ask(merger_home, "select petition_code, class from fct_petitions"))
    assert [found.get(code) for code in codes] == CLASSES[name]


def test_receipt_corrected_to_after_the_cutoff_is_not_counted(merger_home: Home) -> None:
    (code,) = AFTER_A
    days = raw(merger_home, f"select received_on::date from raw.petitions where petition_code = '{code}' order by 1")
    assert days == [(date(2025, 9, 15),), (date(2026, 1, 21),)]
    assert one(merger_home, "select count(*) from fct_petitions where petition_code = $1", code) == 0


def test_due_dates_by_rule_by_day_and_by_instant(merger_home: Home) -> None:
    by_rule, days, instants = ask(
        merger_home,
        "select count(*) filter (where due_is_default), "
        "count(*) filter (where not due_is_default and original_due_at::time = time '23:59:59.999999'), "
        "count(*) filter (where not due_is_default and original_due_at::time < time '23:00:00') from fct_petitions",
    )[0]
    assert isinstance(by_rule, int)
    assert isinstance(days, int)
    assert isinstance(instants, int)
    assert (by_rule > 150, days > 400, instants > 40) == (True, True, True)


def test_petitions_pass_to_all_successors_of_a_unit(merger_home: Home) -> None:
    passed = pairs(
        raw(
            merger_home,
            "with listed as (select p.*, f.period_code in ('2025Q3', '2025Q4', '2025H2', '2025') as is_new "
            "from raw.petitions as p join raw.feeds as f using (feed_id)) "
            "select n.petition_code, o.unit_code || '>' || n.responsible_unit_code from listed as o join listed as n "
            "on o.petition_code = n.petition_code and not o.is_new and n.is_new "
            "and o.responsible_unit_code <> n.responsible_unit_code",
        )
    )
    assert len(passed) >= 15
    assert {"13285>13366", "13324>13330", "13354>13366"} <= set(map(str, passed.values()))
    left = "class in ('open_in_term', 'open_overdue') and regexp_matches(feed_id, '2025Q[12]')"
    assert int(str(one(merger_home, f"select count(*) from fct_petitions where {left}"))) >= 15


def test_no_petition_passes_to_a_commune_on_1_january_2025(merger_home: Home) -> None:
    assert raw(
        merger_home,
        "select distinct u.level from raw.petitions as o join raw.petitions as n using (petition_code) "
        "join raw.feeds as fo on fo.feed_id = o.feed_id join raw.feeds as fn on fn.feed_id = n.feed_id "
        "join lookups.units as u on u.unit_code = n.responsible_unit_code "
        "where fo.period_code = '2024Q4' and fn.period_code = '2025Q1' "
        "and o.responsible_unit_code <> n.responsible_unit_code",
    ) == [("district",)]
    assert raw(merger_home, "select count(*) from lookups.unit_successors where valid_from < '2025-07-01'") == [(0,)]


def spells(home: Home, unit: str, body: str) -> list[Row]:
    """The tenures of a post as published: leader code, from and to."""
    return ask(
        home,
        "select leader_code, from_on, to_on from dim_tenures where unit_code = $1 and body = $2 "
        "and coalesce(to_on, '2099-01-01') > '2025-07-01' order by from_on",
        *(unit, body),
    )


def test_the_head_returns_after_an_acting_head(merger_home: Home) -> None:
    (first, acting, again) = spells(merger_home, "13573", "government")
    assert first[0] == again[0] != acting[0]
    assert acting[1:] == (date(2025, 10, 6), date(2025, 11, 17))


def test_adjacent_tenures_of_one_person_are_one_spell_across_the_merger(merger_home: Home) -> None:
    assert [row[1:] for row in spells(merger_home, "13594", "party")] == [(date(2020, 6, 10), None)]
    listed = "select count(distinct from_on) from raw.tenures where unit_code = '13594' and body = 'party'"
    assert raw(merger_home, listed) == [(3,)]


def test_one_person_holds_both_posts_another_moves_to_the_new_unit(merger_home: Home) -> None:
    assert spells(merger_home, "13501", "party") == spells(merger_home, "13501", "government")
    ((moved, _, _),) = spells(merger_home, "13609", "party")
    old = "select leader_code from dim_tenures where unit_code = '13600' and body = 'party' and to_on = '2025-07-01'"
    assert ask(merger_home, old) == [(moved,)]


def test_heads_change_within_a_quarter_and_posts_are_vacant_at_times(merger_home: Home) -> None:
    assert [row[1] for row in spells(merger_home, "13285", "government")] == [date(2025, 7, 1), date(2025, 8, 18)]
    assert [row[0] == "vacant" for row in spells(merger_home, "13291", "party")] == [True, False]
    assert [row[0] == "vacant" for row in spells(merger_home, "13324", "government")] == [False, True]
    assert {row[0] for row in spells(merger_home, "13318", "government")} == {"vacant"}
    assert len(spells(merger_home, "13330", "government")) == 1
    begin = "select count(*) from dim_tenures where from_on = '2025-07-01' and leader_code <> 'vacant'"
    assert int(str(one(merger_home, begin))) > 40


def test_every_planned_conference_is_published_on_its_day(merger_home: Home) -> None:
    found = pairs(ask(merger_home, "select dialogue_code, held_on from fct_dialogues"))
    planned = planned_dialogues.planned_dialogues(tenures_of(2025))
    moved = {each.code for each in planned_dialogues.dialogues_for(planned_dialogues.MOVED, tenures_of(2025))}
    expected = {each.code: planned_dialogues.MOVED_TO if each.code in moved else each.held_on for each in planned}
    assert {code: found.get(code) for code in expected} == expected


def test_conclusions_mature_within_the_period_on_its_last_day_and_after_it(merger_home: Home) -> None:
    limits = "select dialogue_code, conclusion_due_on from fct_dialogues where list_contains($1, dialogue_code)"
    on_last = [each.code for each in planned_dialogues.dialogues_for("limit_is_the_periods_last_day", ())]
    assert set(pairs(ask(merger_home, limits, on_last)).values()) == {date(2025, 6, 30), date(2025, 9, 30)}
    later = [each.code for each in planned_dialogues.dialogues_for("conclusion_matures_in_the_next_period", ())]
    assert min(map(str, pairs(ask(merger_home, limits, later)).values())) > "2025-09-30"


def test_ranks_are_given_in_some_periods_and_withheld_in_others(merger_home: Home) -> None:
    quarters = ask(
        merger_home,
        "select period_start, count(rank), count(*) filter (where denominator >= 5), min(coverage) filter "
        "(where subject_type = 'level') from kpi_values where kpi_code = 'resolution_rate' and calendar = 'party' "
        "and period_type = 'quarter' and field_code = 'ALL' and (subject_type = 'unit' and subject_id like '13%' "
        "or subject_type = 'level' and subject_id = 'commune') group by 1 order by 1",
    )
    ranked = {start: (count, fit, coverage) for start, count, fit, coverage in quarters}
    third, fourth = ranked[date(2025, 7, 1)], ranked[date(2025, 10, 1)]
    assert int(str(third[0])) >= 10
    assert float(str(third[2])) >= 0.8
    assert fourth[0] == 0
    assert int(str(fourth[1])) >= 10
    assert float(str(fourth[2])) < 0.8


def test_every_satisfaction_and_outcome_occurs(merger_home: Home) -> None:
    outcomes = {row[0] for row in ask(merger_home, "select distinct outcome from fct_petitions")}
    assert outcomes >= {*SETTLED, "in_progress", "not_started", "transferred", "out_of_scope", "duplicate", "returned"}
    answers = ask(merger_home, "select distinct satisfaction from fct_petitions order by 1 nulls last")
    assert answers == [("dissatisfied",), ("neutral",), ("satisfied",), (None,)]


def test_all_people_are_fictitious(merger_home: Home) -> None:
    people = raw(merger_home, "select full_name from raw.tenures union select chair_name from raw.dialogues")
    families, middles, lasts = (set(words.split()) for words in (names._FAMILY, names._MIDDLE, names._GIVEN))
    for (name,) in people:
        family, middle, last = str(name).split()
        assert (family in families, middle in middles, last in lasts) == (True, True, True), name

"""The content of the sample province, before any file is written."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest

from ingest.model.received import SheetKind
from sample_province.people import BODIES
from sample_province.places import TERM_DAY, TERM_START, Quarter, term_quarters
from sample_province.province import sample_feeds, sample_term
from sample_province.views import FeedView, Term, feed_view, sending_times

OUTCOMES = {
    "resolved", "explained", "in_progress", "not_started", "transferred", "out_of_scope", "duplicate", "returned",
}  # fmt: skip


@pytest.fixture(scope="module")
def term() -> Term:
    return sample_term(2024)


@pytest.fixture(scope="module")
def views(term: Term) -> list[FeedView]:
    """The content of every feed without planted errors, in order of sender and quarter."""
    senders = [*term.province.of_level("province"), *term.province.of_level("district")]
    return [
        feed_view(term, sender, quarter, received_at)
        for sender in senders
        for quarter, received_at in sending_times(sender.code, 2024).items()
    ]


def test_the_control_totals_are_5_36_477(term: Term) -> None:
    levels = Counter(dialogue.unit.level for dialogue in term.dialogues)
    assert levels == {"province": 5, "district": 36, "commune": 477}
    assert len({dialogue.code for dialogue in term.dialogues}) == 518


@pytest.mark.parametrize("seed", [1, 7])
def test_the_control_totals_are_the_same_for_other_seeds(term: Term, seed: int) -> None:
    other = sample_term(seed)
    assert other.petitions != term.petitions
    assert Counter(d.unit.level for d in other.dialogues) == {"province": 5, "district": 36, "commune": 477}
    assert len(other.petitions) == 5000
    assert len(sample_feeds(other, seed)) == 112


def test_every_unit_plans_every_year_and_decisions_are_of_every_kind(term: Term, views: list[FeedView]) -> None:
    kinds = Counter(record.kind.value for record in term.records)
    assert kinds["plans"] == 4 * len(term.province.units)
    assert 0 < kinds["practices"] < kinds["trainings"] < kinds["decisions"] < 100
    decided = [record.row for record in term.records if record.kind is SheetKind.DECISIONS]
    assert {row["kind"] for row in decided} == {"reward", "discipline", "reminder"}
    about = Counter(row["leader_code"] is not None for row in decided)
    assert about[True] > 10
    assert about[False] > 10
    assert sum(len(rows) for view in views for rows in view.others.values()) == len(term.records)


def test_a_decision_is_about_a_head_in_office(term: Term) -> None:
    for record in term.records:
        if record.kind is SheetKind.DECISIONS and (leader := record.row["leader_code"]):
            assert any(
                each.leader_code == leader and each.unit_code == record.row["unit_code"] and each.covers(record.on)
                for each in term.tenures
            )


def test_all_days_are_within_the_term(term: Term) -> None:
    assert all(TERM_START <= dialogue.held_on <= TERM_DAY for dialogue in term.dialogues)
    assert all(TERM_START <= petition.received_at.date() <= TERM_DAY for petition in term.petitions)
    assert [quarter.code for quarter in (term_quarters()[0], term_quarters()[-1])] == ["2020Q4", "2024Q3"]


def test_obligations_are_met_by_some_communes_and_missed_by_others(term: Term) -> None:
    held = Counter((d.unit.code, d.held_on.year) for d in term.dialogues)
    communes = term.province.of_level("commune")
    assert len(communes) == 109
    missed = [sum(held[unit.code, year] == 0 for unit in communes) for year in (2021, 2022, 2023)]
    assert all(0 < count < 40 for count in missed)


def test_there_are_5000_petitions_of_every_field_with_and_without_a_dialogue(term: Term) -> None:
    assert len({petition.code for petition in term.petitions}) == 5000
    assert len({petition.field for petition in term.petitions}) == 15
    outside = sum(petition.dialogue_code is None for petition in term.petitions)
    assert 500 < outside < 2000


def test_petitions_name_dialogues_that_were_held_on_the_day(term: Term) -> None:
    days = {dialogue.code: dialogue.held_on for dialogue in term.dialogues}
    raised = [p for p in term.petitions if p.dialogue_code is not None]
    assert all(days[p.dialogue_code] == p.received_at.date() for p in raised if p.dialogue_code)


def test_nothing_ends_before_it_begins(term: Term) -> None:
    assert all(p.ended_at is None or p.ended_at >= p.received_at for p in term.petitions)
    assert all(t.to_on is None or t.to_on > t.from_on for t in term.tenures)


def test_extensions_are_in_order_without_document_and_too_late(term: Term) -> None:
    dated = [(p.due_on, p.extension) for p in term.petitions if p.extension and p.due_on]
    assert any(x.number and x.on < due < x.due_on for due, x in dated)
    assert any(x.number is None for _, x in dated)
    assert any(x.on > due for due, x in dated)


def test_the_weak_district_is_late_and_the_good_one_is_not(term: Term) -> None:
    def overdue_share(district: str) -> float:
        mine = [p for p in term.petitions if p.unit.sender == district and p.due_on]
        late = [p for p in mine if not p.ended_by(p.due_on or TERM_DAY) and (p.due_on or TERM_DAY) < TERM_DAY]
        return len(late) / len(mine)

    assert overdue_share("351") > 0.3
    assert overdue_share("349") < 0.12
    open_now = [p for p in term.petitions if p.open_on(TERM_DAY)]
    assert sum((p.due_on or TERM_DAY) < TERM_DAY for p in open_now) > 80


def test_tenures_of_a_post_never_overlap(term: Term) -> None:
    for _, post in groupby(term.tenures, key=lambda t: (t.unit_code, t.body)):
        for before, after in pairwise(post):
            assert before.to_on is not None
            assert before.to_on <= after.from_on


def test_heads_change_posts_are_vacant_at_times_and_some_hold_both(term: Term) -> None:
    posts = {(unit.code, body) for unit in term.province.units for body in BODIES}
    assert {(t.unit_code, t.body) for t in term.tenures} == posts
    changed = {(t.unit_code, t.body) for t in term.tenures if t.to_on}
    assert len(posts) * 0.4 < len(changed) < len(posts) * 0.9
    vacant_now = posts - {(t.unit_code, t.body) for t in term.tenures if t.covers(TERM_DAY)}
    assert 1 <= len(vacant_now) <= 15
    today = Counter(t.leader_code for t in term.tenures if t.covers(TERM_DAY))
    assert sum(count == 2 for count in today.values()) >= 3


def test_one_leader_code_is_one_name(term: Term) -> None:
    names = {(t.leader_code, t.full_name) for t in term.tenures}
    assert len(names) == len({code for code, _ in names}) == len({name for _, name in names})


def test_a_chairing_head_was_in_office(term: Term) -> None:
    for dialogue in term.dialogues:
        tenures = [t for t in term.tenures if t.unit_code == dialogue.unit.code and t.covers(dialogue.held_on)]
        in_office = dialogue.chair_name in {t.full_name for t in tenures}
        assert in_office == dialogue.chaired_by_head


def test_a_petition_open_at_the_end_of_a_feed_is_in_the_next_one(views: list[FeedView]) -> None:
    for before, after in pairwise(views):
        if before.sender == after.sender:
            listed = {row["petition_code"] for row in after.petitions}
            still = {r["petition_code"] for r in before.petitions if r["outcome"] in {"in_progress", "not_started"}}
            assert still <= listed


def test_a_feed_lists_received_and_open_petitions_and_each_dialogue_once(term: Term, views: list[FeedView]) -> None:
    codes = [row["dialogue_code"] for view in views for row in view.dialogues]
    assert sorted(map(str, codes)) == sorted(dialogue.code for dialogue in term.dialogues)
    received = Counter(
        row["petition_code"]
        for view in views
        for row in view.petitions
        if isinstance(day := row["received_on"], date) and view.period.first <= _day(day) <= view.period.last
    )
    assert received == Counter(petition.code for petition in term.petitions)


def _day(moment: date) -> date:
    return date(moment.year, moment.month, moment.day)


def test_no_feed_has_events_after_its_quarter(views: list[FeedView]) -> None:
    for view in views:
        for row in view.petitions:
            for field in ("received_on", "settled_on", "extended_on"):
                assert not isinstance(day := row[field], date) or _day(day) <= view.period.last
            ended = row["settled_on"] is not None
            assert ended == (row["outcome"] not in {"in_progress", "not_started"})
        assert view.prepared_on >= view.period.last


def test_every_outcome_is_reported_and_satisfaction_is_sometimes_blank(views: list[FeedView]) -> None:
    rows = [row for view in views for row in view.petitions]
    assert {row["outcome"] for row in rows} == OUTCOMES
    settled = [row for row in rows if row["outcome"] in {"resolved", "explained"}]
    blank = sum(row["satisfaction"] is None for row in settled)
    assert 0.2 < blank / len(settled) < 0.6


def test_feeds_are_late_by_district() -> None:
    def late(sender: str) -> int:
        deadline = {quarter: quarter.last + timedelta(days=10) for quarter in term_quarters()}
        return sum(moment.date() > deadline[quarter] for quarter, moment in sending_times(sender, 2024).items())

    assert {sender: late(sender) for sender in ("35", "347", "349", "350", "351", "352", "353")} == {
        "35": 0, "347": 1, "349": 0, "350": 2, "351": 6, "352": 2, "353": 3,
    }  # fmt: skip


def test_quarters() -> None:
    assert (Quarter(2024, 1).first, Quarter(2024, 1).last) == (date(2024, 1, 1), date(2024, 3, 31))
    assert Quarter(2020, 4).following == Quarter(2021, 1)

"""Counts that can hardly be wait for a reason; those that no number holds are told, and keep their digits."""

import pytest

from tests.integration.feed_files import COVER, DIALOGUE, PLAN, TRAINING, write_feed
from tests.integration.ingest.misleading.door import Door

COUNTS = [
    ("dialogues", DIALOGUE, "participants", 5_000),
    ("dialogues", DIALOGUE, "opinions_raised", 1_000),
    ("dialogues", {**DIALOGUE, "opinions_raised": "1000"}, "answered_at_once", 1_000),
    ("trainings", TRAINING, "participants", 5_000),
    ("plans", PLAN, "planned_dialogues", 366),
]


def told(door: Door, sheet: str, row: dict[str, str], **changes: str) -> list[tuple[str, str, str, bool]]:
    feed = door.checked(write_feed(door.folder / "f", **{sheet: [{**row, **changes}]}))  # type: ignore[arg-type]
    return [
        (each.rule, each.tier.value, each.value, each.needs_reason)
        for each in feed.findings
        if each.rule not in ("too_many_errors", "repaired_number")
    ]


@pytest.mark.parametrize(("sheet", "row", "field", "most"), COUNTS)
def test_a_count_beyond_what_can_be_waits_for_a_reason(
    door: Door, sheet: str, row: dict[str, str], field: str, most: int
) -> None:
    assert told(door, sheet, row, **{field: str(most)}) == []
    if field != "answered_at_once":  # which is then above the opinions too
        assert told(door, sheet, row, **{field: "99999999999"}) == [("implausible_count", "warn", "99999999999", True)]


def test_more_answers_than_can_be_are_told_with_their_opinions(door: Door) -> None:
    found = told(door, "dialogues", DIALOGUE, opinions_raised="99.999.999.999", answered_at_once="99.999.999.999")
    assert [(rule, reason) for rule, _, _, reason in found] == [("implausible_count", True)] * 2


@pytest.mark.parametrize("count", ["9223372036854775808", "99999999999999999999", "9,99E+20", "1e+308"])
@pytest.mark.parametrize(("sheet", "row", "field", "most"), [COUNTS[0], COUNTS[-1]])
def test_what_no_number_holds_is_told_as_it_stands(
    door: Door, sheet: str, row: dict[str, str], field: str, most: int, count: str
) -> None:
    assert told(door, sheet, row, **{field: count}) == [("number_too_large", "row", count, False)]


@pytest.mark.parametrize("count", ["3000000000", "999999999999999999", "1000000000000"])
def test_beyond_int32_no_digit_is_lost(door: Door, count: str) -> None:
    assert told(door, "dialogues", DIALOGUE, participants=count) == [("implausible_count", "warn", count, True)]
    (read,) = door.con.execute("select participants from typed_rows_dialogues").fetchone() or (None,)
    assert read == int(count)


def test_a_declared_total_that_cannot_be_waits_for_a_reason_or_is_told(door: Door) -> None:
    for total, rule, reason in (
        ("99999999999", "declared_petitions_differ", True),
        ("9" * 20, "number_too_large", False),
    ):
        feed = write_feed(door.folder / total, cover={**COVER, "declared_petitions": total})
        found = door.checked(feed)
        assert [(each.rule, each.tier, each.needs_reason) for each in found.findings] == [(rule, "warn", reason)]

"""Implausible counts need a reason; counts beyond the number types are reported with all their digits."""

import pytest

from tests.integration.feed_files import COVER, DIALOGUE, PLAN, TRAINING, write_feed
from tests.integration.ingest.misleading.checker import Checker

COUNTS = [
    ("dialogues", DIALOGUE, "participants", 5_000),
    ("dialogues", DIALOGUE, "opinions_raised", 1_000),
    ("dialogues", {**DIALOGUE, "opinions_raised": "1000"}, "answered_at_once", 1_000),
    ("trainings", TRAINING, "participants", 5_000),
    ("plans", PLAN, "planned_dialogues", 366),
]


def findings_of(checker: Checker, sheet: str, row: dict[str, str], **changes: str) -> list[tuple[str, str, str, bool]]:
    feed = checker.checked(write_feed(checker.folder / "f", **{sheet: [{**row, **changes}]}))  # type: ignore[arg-type]
    return [
        (each.rule, each.tier.value, each.value, each.needs_reason)
        for each in feed.findings
        if each.rule not in ("too_many_errors", "repaired_number")
    ]


@pytest.mark.parametrize(("sheet", "row", "field", "most"), COUNTS)
def test_an_implausible_count_needs_a_reason(
    checker: Checker, sheet: str, row: dict[str, str], field: str, most: int
) -> None:
    assert findings_of(checker, sheet, row, **{field: str(most)}) == []
    if field != "answered_at_once":  # the new number also exceeds the opinions
        assert findings_of(checker, sheet, row, **{field: "99999999999"}) == [
            ("implausible_count", "warn", "99999999999", True)
        ]


def test_implausible_answers_are_reported_with_their_opinions(checker: Checker) -> None:
    found = findings_of(
        checker, "dialogues", DIALOGUE, opinions_raised="99.999.999.999", answered_at_once="99.999.999.999"
    )
    assert [(rule, reason) for rule, _, _, reason in found] == [("implausible_count", True)] * 2


@pytest.mark.parametrize("count", ["9223372036854775808", "99999999999999999999", "9,99E+20", "1e+308"])
@pytest.mark.parametrize(("sheet", "row", "field", "most"), [COUNTS[0], COUNTS[-1]])
def test_a_count_beyond_the_type_is_reported_as_written(
    checker: Checker, sheet: str, row: dict[str, str], field: str, most: int, count: str
) -> None:
    assert findings_of(checker, sheet, row, **{field: count}) == [("number_too_large", "row", count, False)]


@pytest.mark.parametrize("count", ["3000000000", "999999999999999999", "1000000000000"])
def test_beyond_int32_no_digit_is_lost(checker: Checker, count: str) -> None:
    assert findings_of(checker, "dialogues", DIALOGUE, participants=count) == [
        ("implausible_count", "warn", count, True)
    ]
    (read,) = checker.con.execute("select participants from typed_rows_dialogues").fetchone() or (None,)
    assert read == int(count)


def test_an_implausible_declared_total_needs_a_reason_or_is_reported(checker: Checker) -> None:
    for total, rule, reason in (
        ("99999999999", "declared_petitions_differ", True),
        ("9" * 20, "number_too_large", False),
    ):
        feed = write_feed(checker.folder / total, cover={**COVER, "declared_petitions": total})
        found = checker.checked(feed)
        assert [(each.rule, each.tier, each.needs_reason) for each in found.findings] == [(rule, "warn", reason)]

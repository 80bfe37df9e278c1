"""A reason stays valid while the value read is the same, in any notation, and across releases."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import CheckedFeed
from ingest.checking.landed_copy import history_for_writer
from ingest.contract import load
from ingest.contract.generated_sheets import RESULT_HEADERS, RESULT_SHEET
from ingest.findings.confirmations import Speaker, confirmation_of
from ingest.pipeline import check_paths, land_paths
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, Rows, petitions, write_feed
from warehouse.connection import connect
from warehouse.flag_pairs import flags_by_rule
from warehouse.home import Home
from warehouse.state import Explanation, open_state

NOW = datetime(2024, 10, 5, 12)
BY = Speaker("347", "Lê Thị Bình", NOW)
DECLARED = COVER | {"declared_petitions": "1234"}
LATE_NOTICE = DIALOGUE | {"notice_on": "2024-08-02", "note": ""}
EXTENDED = {"extension_no": "1/GH", "extended_on": "2024-09-01", "extended_due_on": "2024-08-20"}
ODD = [
    {**PETITION, "summary": "", **dict.fromkeys(EXTENDED, ""), "petition_code": "P1", "due_on": "2032-08-21"},
    {**PETITION, "summary": "", **EXTENDED, "petition_code": "P2"},
    {**PETITION, "summary": "", **EXTENDED, "petition_code": "P3", "unit_code": "13396", "extension_no": ""},
    {**PETITION, "summary": "", **dict.fromkeys(EXTENDED, ""), "petition_code": "P4", "received_on": "2024-06-01",
     "settled_on": "2024-06-20"},
]  # fmt: skip
ASKED = {
    "declared_petitions_differ", "notice_after_dialogue", "due_far_ahead", "extension_too_late", "extension_shortens",
    "settled_before_period",
}  # fmt: skip


def checked(home: Home, source: Path) -> CheckedFeed:
    (feed,) = check_paths([source], home, warehouse.settings.load(home), NOW)
    return feed


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which the sender gave a reason for every unusual finding."""
    folder = tmp_path_factory.mktemp("answered")
    home = warehouse.home.create(folder / "home")
    feed = checked(home, write_feed(folder / "a", cover=DECLARED, dialogues=[LATE_NOTICE], petitions=ODD))
    assert {each.rule for each in feed.unexplained} >= ASKED
    with open_state(home) as state:
        state.keep([confirmation_of(each, f"Vì {each.rule}", BY) for each in feed.unexplained])
    return home


def written(rows: Rows, **changes: str) -> list[dict[str, str]]:
    return [{**row, **changes} for row in rows]


def day_as_text(text: str) -> str:
    year, month, day = text.split("-")
    return f"{day}/{month}/{year}"


def texts(rows: Rows) -> list[dict[str, str]]:
    """The rows with their dates as a clerk types them."""
    return [{name: day_as_text(it) if name.endswith("_on") and it else it for name, it in row.items()} for row in rows]


def spaced(rows: Rows) -> list[dict[str, str]]:
    return [{name: f" {it}\u00a0 " if it else it for name, it in row.items()} for row in rows]


def book(path: Path, dialogues: Rows, rows: Rows) -> Path:
    """The feed as a workbook with dates and numbers, below a title."""
    made = Workbook()
    cover: Any = made.active
    cover.title = "Thông tin"
    for label, value in (("Mã đơn vị gửi", "347"), ("Kỳ báo cáo", "2024Q3"), ("Tổng số kiến nghị", 1234)):
        cover.append([label, value])
    for name, found in (("Hội nghị", dialogues), ("Kiến nghị", rows)):
        page = made.create_sheet(name)
        page.append([f"Biểu {name}"])
        page.append(list(found[0]))
        for row in found:
            page.append([datetime.fromisoformat(it) if key.endswith("_on") and it else it for key, it in row.items()])
    made.save(path)
    return path


VARIANTS: dict[str, Any] = {
    "another cell tidied": lambda at: write_feed(
        at, cover=DECLARED | {"prepared_by": "Bình"}, dialogues=written([LATE_NOTICE], note="Đã rà"),
        petitions=written(ODD, summary="Sửa đường liên thôn"),
    ),
    "days typed as text": lambda at: write_feed(
        at, cover=DECLARED, dialogues=texts([LATE_NOTICE]), petitions=texts(ODD)
    ),
    "numbers with points": lambda at: write_feed(
        at, cover=DECLARED | {"declared_petitions": "1.234"}, dialogues=[LATE_NOTICE], petitions=ODD
    ),
    "spaces everywhere": lambda at: write_feed(
        at, cover=spaced([DECLARED])[0], dialogues=spaced([LATE_NOTICE]), petitions=spaced(ODD)
    ),
    "rows moved": lambda at: write_feed(at, cover=DECLARED, dialogues=[LATE_NOTICE], petitions=ODD[::-1]),
    "real days in a workbook": lambda at: book(at.with_suffix(".xlsx"), [LATE_NOTICE], ODD),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_a_reason_is_valid_for_every_notation_of_the_value(answered: Home, tmp_path: Path, name: str) -> None:
    feed = checked(answered, VARIANTS[name](tmp_path / "f"))
    assert [(each.rule, each.cell) for each in feed.unexplained] == []
    assert {each.rule for each in feed.confirmable} >= ASKED
    assert all(each.reason == f"Vì {each.rule}" for each in feed.confirmable)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("due_far_ahead", {"due_on": "2032-08-22"}),
        ("extension_too_late", {"extended_on": "2024-09-02"}),
        ("extension_too_late", {"due_on": "2024-08-22"}),
        ("extension_shortens", {"extended_due_on": "2024-08-19"}),
        ("settled_before_period", {"settled_on": "2024-06-21"}),
        ("notice_after_dialogue", {"notice_on": "2024-08-03"}),
    ],
)
def test_another_value_needs_another_reason(answered: Home, tmp_path: Path, rule: str, change: dict[str, str]) -> None:
    (name,) = change
    moved = [{**row, name: change[name] if row.get(name) else ""} for row in ODD]
    held = [{**row, name: change[name] if row.get(name) else ""} for row in [LATE_NOTICE]]
    feed = checked(answered, write_feed(tmp_path / "f", cover=DECLARED, dialogues=held, petitions=moved))
    assert rule in {each.rule for each in feed.unexplained}


def test_a_reason_is_not_valid_for_another_row_or_period(answered: Home, tmp_path: Path) -> None:
    other = write_feed(
        tmp_path / "f",
        cover=DECLARED | {"period": "2024Q2"},
        dialogues=written([LATE_NOTICE], dialogue_code="D9"),
        petitions=petitions(1, due_on="2032-08-21", petition_code="P9"),
    )
    assert {each.rule for each in checked(answered, other).unexplained} >= {
        "notice_after_dialogue", "due_far_ahead", "declared_petitions_differ",
    }  # fmt: skip


def test_a_reason_of_an_earlier_release_is_known(tmp_path: Path) -> None:
    """Earlier releases stored it under a key computed from the received texts."""
    home = warehouse.home.create(tmp_path / "home")
    source = write_feed(tmp_path / "a", cover=DECLARED, dialogues=[LATE_NOTICE], petitions=ODD)
    feed = checked(home, source)
    with open_state(home) as state:
        for each in feed.unexplained:
            assert each.received_key != each.confirmation_key
            kept = confirmation_of(each, "Đã giải thích", BY)
            state.keep([type(kept)(**{**vars(kept), "key": each.received_key})])
    again = checked(home, source)
    assert (again.waiting, {each.reason for each in again.confirmable}) == (0, {"Đã giải thích"})


def test_the_reason_for_a_remembered_reading_is_used(tmp_path: Path) -> None:
    home = warehouse.home.create(tmp_path / "home")
    rows = [PETITION | {"unit_code": "UBND phường Quang Trung"}]
    first = checked(home, book(tmp_path / "a.xlsx", [DIALOGUE], rows))
    (reading,) = [each for each in first.unexplained if each.rule == "repaired_unit"]
    answered = openpyxl.load_workbook(tmp_path / "a.xlsx")
    result = answered.create_sheet(RESULT_SHEET)
    result.append([RESULT_HEADERS["key"], RESULT_HEADERS["reason"]])
    result.append([reading.confirmation_key, "Đúng là phường Quang Trung"])
    for version in ("b.xlsx", "c.xlsx"):
        answered.properties.title = version
        answered.save(tmp_path / version)
    list(land_paths([tmp_path / "b.xlsx"], home, warehouse.settings.load(home), NOW))
    again = checked(home, tmp_path / "c.xlsx")
    assert reading.confirmation_key not in {each.confirmation_key for each in again.unexplained}
    assert again.unused == ()


def test_an_explanation_of_a_flag_answers_the_rule_of_ingest(tmp_path: Path) -> None:
    """It answers the same question about the next version, but not about another value or fact."""
    home = warehouse.home.create(tmp_path / "home")
    source = write_feed(tmp_path / "a", cover=DECLARED, dialogues=[LATE_NOTICE], petitions=ODD)
    (landing,) = land_paths([source], home, warehouse.settings.load(home), NOW)
    later = NOW + timedelta(days=2)
    with open_state(home) as state:
        for flag in ("notice_not_before_dialogue|D1", f"declared_differs|{landing.feed_id}", "extension_after_due|P2"):
            state.explain(Explanation(flag, f"Về {flag}", "Trần An", later))
        state.explain(Explanation("extension_not_later|P2", "=A1", "Trần An", later))
    again = checked(home, VARIANTS["days typed as text"](tmp_path / "b"))
    answered = {each.rule: each.reason for each in again.confirmable if each.reason}
    assert answered == {
        "notice_after_dialogue": "Về notice_not_before_dialogue|D1",
        "declared_petitions_differ": f"Về declared_differs|{landing.feed_id}",
        "extension_too_late": "Về extension_after_due|P2",
    }
    assert [each.row_key for each in again.unexplained if each.rule == "extension_too_late"] == ["P3"]
    moved = write_feed(tmp_path / "c", cover=DECLARED, dialogues=[LATE_NOTICE | {"notice_on": "2024-08-03"}])
    assert "notice_after_dialogue" in {each.rule for each in checked(home, moved).unexplained}
    with open_state(home) as state:
        state.explain(Explanation("notice_not_before_dialogue|D1", "", "Trần An", later))
    assert "notice_after_dialogue" in {each.rule for each in checked(home, source.parent / "b").unexplained}


@pytest.mark.parametrize(("changed", "answered"), [(1, {"rows_withdrawn", "settled_opened_again"}), (2, set())])
def test_an_explanation_of_one_flag_does_not_answer_for_more_rows(
    tmp_path: Path, changed: int, answered: set[str]
) -> None:
    home = warehouse.home.create(tmp_path / "home")
    land_paths([write_feed(tmp_path / "a", petitions=petitions(4))], home, warehouse.settings.load(home), NOW)
    opened = petitions(changed, outcome="in_progress", settled_on="")
    less = write_feed(tmp_path / "b", petitions=[*opened, *petitions(4 - changed)[changed:]])
    (landing,) = land_paths([less], home, warehouse.settings.load(home), NOW)
    with open_state(home) as state:
        for flag in ("settled_then_changed|P1", "withdrawn_when_done|P4"):
            state.explain(Explanation(flag, "Dân khiếu nại lại", "Trần An", NOW))
    with connect(home.warehouse) as con:
        known = history_for_writer(con, home).flag_reasons("347")
    asked = [each for each in landing.checked.unexplained if each.rule in {"rows_withdrawn", "settled_opened_again"}]
    assert [each.count for each in asked] == [changed, changed]
    assert {each.rule for each in asked if each.confirmation_key in known} == answered


def test_every_rule_paired_with_a_flag_needs_a_reason() -> None:
    known = load.load()
    rules = [*known.feed_rules.values(), *(rule for sheet in known.sheets.values() for rule in sheet.rules)]
    assert flags_by_rule().keys() <= {rule.id for rule in rules if rule.needs_reason}

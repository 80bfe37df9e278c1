"""For each rule of the contracts, the smallest feed that violates it gives a finding with its rule, tier and cell."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

import warehouse.home
import warehouse.settings
from ingest.checking.check import check_feed
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.contract import load
from ingest.contract.load import landed_columns
from ingest.model.findings import Finding
from ingest.model.received import SheetKind
from ingest.reading.sources import feed_sources
from tests.integration.feed_files import (
    COVER,
    DECISION,
    DIALOGUE,
    PETITION,
    PLAN,
    PRACTICE,
    TENURE,
    TRAINING,
    petitions,
    write_feed,
)
from warehouse.border_checks import Engine
from warehouse.connection import connect
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw
from warehouse.settings import Settings

NOW = datetime(2024, 10, 5, 12)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home = warehouse.home.create(tmp_path_factory.mktemp("home"))
    with connect(Path(":memory:")) as opened:
        create_raw(opened, landed_columns())
        load_lookups(opened, home)
        yield opened


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return warehouse.settings.load(warehouse.home.create(tmp_path_factory.mktemp("settings")))


Checker = tuple[duckdb.DuckDBPyConnection, Settings, Path]


@pytest.fixture
def checker(con: duckdb.DuckDBPyConnection, settings: Settings, tmp_path: Path) -> Checker:
    return con, settings, tmp_path


def checked(checker: Checker, source: Path) -> CheckedFeed:
    con, settings, tmp_path = checker
    return check_feed(source, settings, con, NOW, tmp_path / "work", engine=Engine.SQL)


def found(feed: CheckedFeed, rule: str) -> Finding:
    """The only finding of `rule`."""
    (finding,) = [each for each in feed.findings if each.rule == rule]
    return finding


EXTENDED = {"extension_no": "9/CV", "extended_due_on": "2024-09-15", "extended_on": "2024-08-15"}
OPEN = {"outcome": "in_progress", "settled_on": ""}

COVER_CASES = [
    ({"sender_unit_code": ""}, "missing_value", "feed", "cover!A2"),
    ({"sender_unit_code": "999"}, "unknown_sender", "feed", "cover!A2"),
    ({"period": ""}, "missing_value", "feed", "cover!B2"),
    ({"period": "2024Q5"}, "wrong_period", "feed", "cover!B2"),
    ({"period": "2025Q1"}, "future_period", "feed", "cover!B2"),
    ({"period": "2024Q4"}, "running_period", "warn", "cover!B2"),
    ({"period": "2024-9M"}, "unexpected_period", "warn", "cover!B2"),
    ({"prepared_on": "2024-11-01"}, "future_date", "warn", "cover!C2"),
    ({"prepared_on": "mai"}, "not_a_date", "warn", "cover!C2"),
    ({"prepared_on": "31/02/2024"}, "impossible_date", "warn", "cover!C2"),
    ({"nil_return": "có lẽ"}, "not_yes_no", "feed", "cover!C2"),
    ({"nil_return": "Có", "approved_by": ""}, "nil_return_unsigned", "warn", "cover!D2"),
    ({"nil_return": "Có"}, "nil_return_with_rows", "feed", "f"),
    ({"declared_dialogues": "nhiều"}, "not_a_number", "warn", "cover!C2"),
    ({"declared_petitions": "-4"}, "negative_number", "warn", "cover!C2"),
    ({"declared_dialogues": "7"}, "declared_dialogues_differ", "warn", "cover!C2"),
    ({"declared_petitions": "7"}, "declared_petitions_differ", "warn", "cover!C2"),
]
DIALOGUE_CASES = [
    ({"dialogue_code": ""}, "missing_value", "row", "A2"),
    ({"unit_code": ""}, "missing_value", "row", "B2"),
    ({"unit_code": "99999"}, "unknown_unit", "row", "B2"),
    ({"unit_code": "13444", "held_on": "2019-08-01"}, "unknown_unit", "row", "B2"),
    ({"unit_code": "13321"}, "foreign_unit", "warn", "B2"),
    ({"unit_name": "Xã Không Có"}, "unit_name_differs", "warn", "I2"),
    ({"held_on": ""}, "missing_value", "row", "C2"),
    ({"held_on": "hôm qua"}, "not_a_date", "row", "C2"),
    ({"held_on": "31/02/2024"}, "impossible_date", "row", "C2"),
    ({"held_on": "2042-08-01"}, "impossible_year", "row", "C2"),
    ({"held_on": "Thứ 2, 01/08/2024"}, "weekday_differs", "row", "C2"),
    ({"held_on": "2024-10-06", "conclusion_no": "", "conclusion_on": ""}, "future_date", "warn", "C2"),
    ({"held_on": "2024-06-30"}, "dialogue_outside_period", "warn", "C2"),
    ({"form": "lạ"}, "unknown_choice", "row", "D2"),
    ({"chair_name": ""}, "missing_value", "row", "E2"),
    ({"chaired_by_head": "có lẽ"}, "not_yes_no", "row", "F2"),
    ({"delegation_no": "3/UQ"}, "head_and_delegation", "warn", "I2"),
    ({"notice_on": "2024-08-01"}, "notice_after_dialogue", "warn", "I2"),
    ({"form": "Đột xuất", "notice_on": "2024-08-02"}, "notice_after_extraordinary", "warn", "I2"),
    ({"participants": "đông"}, "not_a_number", "row", "I2"),
    ({"participants": "-1"}, "negative_number", "row", "I2"),
    ({"participants": "99999999999"}, "implausible_count", "warn", "I2"),
    ({"participants": "99999999999999999999"}, "number_too_large", "row", "I2"),
    ({"opinions_raised": "1001"}, "implausible_count", "warn", "I2"),
    ({"opinions_raised": "", "answered_at_once": "1"}, "opinions_missing", "warn", "I2"),
    ({"opinions_raised": "5", "answered_at_once": "6"}, "more_answers_than_opinions", "row", "J2"),
    ({"conclusion_no": "", "conclusion_on": ""}, "conclusion_missing", "warn", "H2"),
    ({"conclusion_on": ""}, "conclusion_undated", "warn", "H2"),
    ({"conclusion_on": "2024-07-31"}, "conclusion_before_dialogue", "row", "H2"),
    ({"main_field": "bói toán"}, "unknown_field", "warn", "I2"),
    ({"supervised_on": "2024-08-04"}, "supervised_before_conclusion", "warn", "I2"),
    (
        {"conclusion_no": "", "conclusion_on": "", "supervised_on": "2024-08-04"},
        "supervised_without_conclusion",
        "warn",
        "I2",
    ),
]
PETITION_CASES = [
    ({"petition_code": ""}, "missing_value", "row", "A2"),
    ({"dialogue_code": "D9"}, "unknown_dialogue", "warn", "H2"),
    ({"unit_code": "99999"}, "unknown_unit", "row", "B2"),
    ({"unit_code": "13321"}, "foreign_unit", "warn", "B2"),
    ({"received_on": "x", "settled_on": "2024-08-10"}, "not_a_date", "row", "C2"),
    ({"received_on": "2024-13-01"}, "impossible_date", "row", "C2"),
    (
        {"received_on": "2024-10-01", "due_on": "2024-10-21", "settled_on": "2024-10-02"},
        "received_after_period",
        "warn",
        "C2",
    ),
    ({"received_on": "2024-10-06", **OPEN, "due_on": "2024-11-01"}, "future_date", "warn", "C2"),
    ({"field": ""}, "missing_value", "row", "D2"),
    ({"field": "bói toán"}, "unknown_field", "row", "D2"),
    ({"responsible_unit_code": "99999"}, "unknown_unit", "row", "H2"),
    ({"responsible_body": "hội"}, "unknown_choice", "row", "H2"),
    ({"due_on": ""}, "due_missing", "warn", "G2"),
    ({"due_on": "2024-07-31"}, "due_before_received", "row", "G2"),
    ({"due_on": "2032-08-21"}, "due_far_ahead", "warn", "G2"),
    ({"due_on": "2042-08-21"}, "impossible_year", "row", "G2"),
    ({"received_on": "Thứ 2, 01/08/2024"}, "weekday_differs", "row", "C2"),
    ({**EXTENDED, "extension_no": ""}, "extension_without_document", "warn", "H2"),
    ({**EXTENDED, "extended_due_on": ""}, "extension_without_due", "warn", "I2"),
    ({**EXTENDED, "extended_due_on": "2024-08-21"}, "extension_shortens", "warn", "I2"),
    ({**EXTENDED, "extended_on": ""}, "extension_undated", "warn", "J2"),
    ({**EXTENDED, "extended_on": "2024-08-22"}, "extension_too_late", "warn", "J2"),
    ({"outcome": ""}, "missing_value", "row", "E2"),
    ({"outcome": "xong một nửa"}, "unknown_choice", "row", "E2"),
    ({"settled_on": ""}, "settled_on_missing", "row", "F2"),
    ({"outcome": "transferred", "settled_on": ""}, "settled_on_missing", "row", "F2"),
    ({"outcome": "not_started"}, "settled_on_but_open", "row", "F2"),
    ({"settled_on": "2024-07-31"}, "settled_before_received", "row", "F2"),
    (
        {"received_on": "2024-08-01 10:00", "settled_on": "2024-08-01 09:59"},
        "settled_before_received",
        "row",
        "F2",
    ),
    ({"received_on": "2024-06-01", "settled_on": "2024-06-30"}, "settled_before_period", "warn", "F2"),
    ({"satisfaction": "tạm"}, "unknown_choice", "warn", "H2"),
    ({**OPEN, "satisfaction": "satisfied"}, "satisfaction_before_settling", "warn", "H2"),
]
TENURE_CASES = [
    ({"full_name": ""}, "missing_value", "row", "B2"),
    ({"unit_code": "99999"}, "unknown_unit", "row", "C2"),
    ({"unit_code": "13321"}, "foreign_unit", "warn", "C2"),
    ({"body": "hội"}, "unknown_choice", "row", "D2"),
    ({"from_on": "nay"}, "not_a_date", "row", "E2"),
    ({"to_on": "2023-01-01"}, "tenure_ends_before_start", "row", "F2"),
]
PLAN_CASES = [
    ({"unit_code": ""}, "missing_value", "row", "A2"),
    ({"unit_code": "99999"}, "unknown_unit", "row", "A2"),
    ({"unit_code": "13285", "year": "2019"}, "unknown_unit", "row", "A2"),
    ({"unit_code": "13321"}, "foreign_unit", "warn", "A2"),
    ({"year": "năm nay"}, "not_a_year", "row", "B2"),
    ({"year": "24"}, "not_a_year", "row", "B2"),
    ({"unit_code": "347", "year": "2026"}, "unknown_unit", "row", "A2"),
    ({"unit_code": "347", "year": "2023"}, "year_outside_period", "warn", "B2"),
    ({"planned_dialogues": ""}, "missing_value", "row", "C2"),
    ({"planned_dialogues": "vài"}, "not_a_number", "row", "C2"),
    ({"planned_dialogues": "-1"}, "negative_number", "row", "C2"),
    ({"unit_code": "13288", "planned_dialogues": "367"}, "implausible_count", "warn", "C2"),
]
TRAINING_CASES = [
    ({"training_code": ""}, "missing_value", "row", "A2"),
    ({"unit_code": "99999"}, "unknown_unit", "row", "B2"),
    ({"unit_code": "13321"}, "foreign_unit", "warn", "B2"),
    ({"held_on": "30/02/2024"}, "impossible_date", "row", "C2"),
    ({"held_on": "2024-10-06"}, "future_date", "warn", "C2"),
    ({"held_on": "2024-06-30"}, "training_outside_period", "warn", "C2"),
    ({"topic": ""}, "missing_value", "row", "D2"),
    ({"participants": "đông"}, "not_a_number", "row", "E2"),
    ({"participants": "-3"}, "negative_number", "row", "E2"),
    ({"participants": "5001"}, "implausible_count", "warn", "E2"),
]
DECISION_CASES = [
    ({"decision_no": ""}, "missing_value", "row", "A2"),
    ({"decided_on": "mai"}, "not_a_date", "row", "B2"),
    ({"decided_on": "2024-10-06"}, "future_date", "warn", "B2"),
    ({"decided_on": "2024-06-30"}, "decision_outside_period", "warn", "B2"),
    ({"kind": ""}, "missing_value", "row", "C2"),
    ({"kind": "luân chuyển"}, "unknown_choice", "row", "C2"),
    ({"unit_code": "99999"}, "unknown_unit", "row", "D2"),
    ({"unit_code": "13321"}, "foreign_unit", "warn", "D2"),
    ({"unit_code": ""}, "decision_about_nobody", "row", "D2"),
    ({"leader_code": "L9"}, "unknown_leader", "warn", "E2"),
]
PRACTICE_CASES = [
    ({"practice_code": ""}, "missing_value", "row", "A2"),
    ({"unit_code": "99999"}, "unknown_unit", "row", "B2"),
    ({"unit_code": "13321"}, "foreign_unit", "warn", "B2"),
    ({"title": ""}, "missing_value", "row", "C2"),
    ({"published_on": "hôm nào"}, "not_a_date", "row", "D2"),
    ({"published_on": "2024-10-06"}, "future_date", "warn", "D2"),
    ({"published_on": "2024-06-30"}, "practice_outside_period", "warn", "D2"),
]
CASES = {
    SheetKind.DIALOGUES: (DIALOGUE, DIALOGUE_CASES),
    SheetKind.PETITIONS: (PETITION, PETITION_CASES),
    SheetKind.TENURES: (TENURE, TENURE_CASES),
    SheetKind.PLANS: (PLAN, PLAN_CASES),
    SheetKind.TRAININGS: (TRAINING, TRAINING_CASES),
    SheetKind.DECISIONS: (DECISION, DECISION_CASES),
    SheetKind.PRACTICES: (PRACTICE, PRACTICE_CASES),
}


def ids(cases: list[tuple[dict[str, str], str, str, str]]) -> list[str]:
    return [f"{rule}-{number}" for number, (_, rule, _, _) in enumerate(cases)]


@pytest.mark.parametrize(("changes", "rule", "tier", "cell"), COVER_CASES, ids=ids(COVER_CASES))
def test_cover(checker: Checker, changes: dict[str, str], rule: str, tier: str, cell: str) -> None:
    feed = checked(checker, write_feed(checker[2] / "f", cover=COVER | changes))
    assert (found(feed, rule).tier, found(feed, rule).cell) == (tier, cell)
    assert (feed.verdict is Verdict.REJECTED) == any(each.tier == "feed" for each in feed.findings)


Cases = list[tuple[dict[str, str], str, str, str]]


def expected(base: dict[str, str], cases: Cases, header: list[str], sheet: str) -> set[tuple[str, str, str]]:
    """Rule, tier and cell of each case, with case k in row k + 2 of one sheet with all columns."""
    told = set()
    for number, (changes, rule, tier, cell) in enumerate(cases, start=2):
        field = list(base | changes)[ord(cell[0]) - ord("A")]
        told.add((rule, tier, f"{sheet}!{LETTERS[header.index(field)]}{number}"))
    return told


@pytest.mark.parametrize("sheet", CASES)
def test_each_case_is_reported_at_its_cell(checker: Checker, sheet: SheetKind) -> None:
    base, cases = CASES[sheet]
    header = list(dict.fromkeys(name for changes, *_ in cases for name in base | changes))
    key = header[0]
    keys = [{key: f"K{n}"} if key != "unit_code" else {} for n in range(len(cases))]
    rows = [dict.fromkeys(header, "") | base | own | case[0] for own, case in zip(keys, cases, strict=True)]
    parts: dict[str, Any] = {sheet.value: rows}
    feed = checked(checker, write_feed(checker[2] / "f", **parts))
    findings = {(each.rule, each.tier.value, each.cell) for each in feed.findings}
    assert expected(base, cases, header, sheet) - findings == set()
    in_error = {each.row_number for each in feed.findings if each.tier == "row"}
    assert in_error == {number for number, (_, _, tier, _) in enumerate(cases, start=2) if tier == "row"}


def whole_feed(folder: Path) -> Path:
    """Write a valid feed with all eight sheets."""
    decision = DECISION | {"leader_code": TENURE["leader_code"], "form": "Bằng khen", "reason": "Giải quyết đúng hạn"}
    return write_feed(
        folder, tenures=[TENURE], plans=[PLAN], trainings=[TRAINING], decisions=[decision], practices=[PRACTICE]
    )


def test_a_valid_feed_has_no_findings(checker: Checker) -> None:
    feed = checked(checker, whole_feed(checker[2] / "f"))
    assert feed.findings == ()
    assert (feed.verdict, feed.rows_landed, feed.rows_quarantined) == (Verdict.ACCEPTED, 7, 0)


def test_a_day_settled_on_the_instant_received_is_not_before_it(checker: Checker) -> None:
    same_day = PETITION | {"received_on": "2024-08-01 10:00", "settled_on": "2024-08-01"}
    assert checked(checker, write_feed(checker[2] / "f", petitions=[same_day])).findings == ()


def test_similar_keys_are_reported_with_each_other(checker: Checker) -> None:
    rows = petitions(12)
    rows[0]["petition_code"], rows[1]["petition_code"] = "KN-2024-0006", "kn–2024-0006"
    feed = checked(checker, write_feed(checker[2] / "f", petitions=rows))
    assert {each.cell: each.message for each in feed.findings} == {
        "petitions!A2": "Mã «KN-2024-0006» chỉ khác mã «kn–2024-0006» ở chữ hoa, dấu nối hay khoảng trắng.",
        "petitions!A3": "Mã «kn–2024-0006» chỉ khác mã «KN-2024-0006» ở chữ hoa, dấu nối hay khoảng trắng.",
    }


def test_a_folder_with_vietnamese_names_is_one_feed(tmp_path: Path) -> None:
    folder = write_feed(tmp_path / "feeds" / "f")
    (folder / "cover.csv").rename(folder / "Thông tin.csv")
    assert list(feed_sources([tmp_path / "feeds"])) == [folder]


def test_both_rows_of_a_duplicate_key_are_quarantined(checker: Checker) -> None:
    feed = checked(checker, write_feed(checker[2] / "f", petitions=[*petitions(8), *petitions(1)]))
    assert [each.cell for each in feed.findings if each.rule == "duplicate_key"] == ["petitions!A2", "petitions!A10"]
    assert feed.rows_quarantined == 2


def test_duplicate_and_overlapping_tenures(checker: Checker) -> None:
    other = TENURE | {"leader_code": "L2", "full_name": "Trần Thị Bình", "from_on": "2024-08-16"}
    feed = checked(checker, write_feed(checker[2] / "f", tenures=[TENURE, TENURE, other]))
    assert [each.cell for each in feed.findings if each.rule == "duplicate_key"] == ["tenures!A2", "tenures!A3"]
    overlaps = [each for each in feed.findings if each.rule == "overlapping_tenures"]
    assert [each.cell for each in overlaps] == ["tenures!E2", "tenures!E3", "tenures!E4"]
    assert "Nguyễn Văn An (01/01/2023)" in overlaps[2].message


def test_an_ambiguous_day_is_not_guessed(checker: Checker) -> None:
    days = ["05/13/2024", "13/05/2024", "03/04/2024"]
    rows = [{**PETITION, "petition_code": day, "received_on": day} for day in days]
    feed = checked(checker, write_feed(checker[2] / "f", petitions=rows))
    finding = found(feed, "ambiguous_date")
    assert (finding.cell, finding.tier) == ("petitions!C4", "row")
    assert finding.message == (
        "«03/04/2024» có thể đọc theo hai cách, vì ô petitions!C2 («05/13/2024») viết tháng trước ngày."
    )
    assert finding.remedy.startswith("Sửa ô petitions!C2 («05/13/2024») thành dd/mm/yyyy")


def test_a_slip_in_one_column_of_days_does_not_affect_the_others(checker: Checker) -> None:
    """A due date with the month first makes other due dates ambiguous, but not the days of receipt."""
    received, due = ["25/07/2024", "03/08/2024", "04/08/2024"], ["08/25/2024", "05/09/2024", "6.9.2024"]
    days = enumerate(zip(received, due, strict=True))
    rows = [{**PETITION, "petition_code": f"P{n}", "received_on": day, "due_on": until} for n, (day, until) in days]
    feed = checked(checker, write_feed(checker[2] / "f", petitions=rows))
    findings = [(each.rule, each.cell) for each in feed.findings if each.tier == "row"]
    assert findings == [("ambiguous_date", "petitions!G3")]


def test_a_column_without_evidence_is_ambiguous_next_to_one_with_the_month_first(checker: Checker) -> None:
    rows = [{**PETITION, "received_on": "03/08/2024", "due_on": "08/25/2024"}]
    feed = checked(checker, write_feed(checker[2] / "f", petitions=rows))
    assert "petitions!G2" in found(feed, "ambiguous_date").message


def test_a_negative_count_is_not_compared_with_other_counts(checker: Checker) -> None:
    rows = [DIALOGUE | {"opinions_raised": "-5", "answered_at_once": "1"}]
    feed = checked(checker, write_feed(checker[2] / "f", dialogues=rows))
    assert [each.rule for each in feed.findings if each.tier == "row"] == ["negative_number"]


def test_consequences_of_a_wrong_sender_or_period_are_not_reported(checker: Checker) -> None:
    for changes, rule in (
        ({"sender_unit_code": "999"}, "unknown_sender"),
        ({"period": "2024Q5"}, "wrong_period"),
        ({"period": "2025Q1"}, "future_period"),
    ):
        feed = checked(checker, write_feed(checker[2] / rule, cover=COVER | changes))
        assert [each.rule for each in feed.findings] == [rule]


def test_an_unreadable_file_is_the_only_finding(checker: Checker) -> None:
    (checker[2] / "broken.xlsx").write_bytes(b"PK\x03\x04 and no more")
    feed = checked(checker, checker[2] / "broken.xlsx")
    assert [each.rule for each in feed.findings] == ["unreadable"]


@pytest.mark.parametrize(("again", "rules"), [(4, ["repeated_sheet"]), (1, ["duplicate_key", "duplicate_key"])])
def test_a_repeated_sheet_is_one_finding(checker: Checker, again: int, rules: list[str]) -> None:
    """Sheets of one kind form one table; a single row that two of them share is a duplicate."""
    folder = write_feed(checker[2] / "f", petitions=petitions(8))
    more = [{**PETITION, "petition_code": f"P{8 - again + n}"} for n in range(1, 9)]
    write_feed(checker[2] / "g", petitions=more)
    (checker[2] / "g" / "petitions.csv").rename(folder / "Kiến nghị 2.csv")
    feed = checked(checker, folder)
    findings = [each for each in feed.findings if each.rule in {"repeated_sheet", "duplicate_key"}]
    assert [each.rule for each in findings] == rules
    if again == 4:
        assert "(«Kiến nghị 2», «petitions»)" in findings[0].message


def test_a_ragged_record_next_to_a_personal_column_is_stored_nowhere(checker: Checker) -> None:
    folder = write_feed(checker[2] / "f", petitions=[{**PETITION, "Ho ten cong dan": "Trần Thị Hai"}])
    with (folder / "petitions.csv").open("a", encoding="utf-8") as file:
        file.write("Trần Thị Ba,P9\n")
    feed = checked(checker, folder)
    assert found(feed, "personal_column").header == "Ho ten cong dan"
    assert found(feed, "ragged_record").value == ""
    assert not any("Trần Thị" in f"{each.message}{each.value}" for each in feed.findings)


def test_a_unit_is_read_by_its_name_only_if_the_name_is_unique(checker: Checker) -> None:
    con, _, folder = checker
    (name,) = con.execute(
        "select unit_name from lookups.units where unit_code = '13285' and valid_from <= '2024-07-01' "
        "and valid_to > '2024-09-30'"
    ).fetchone() or ("",)
    feed = checked(checker, write_feed(folder / "f", petitions=[PETITION | {"unit_code": name}]))
    assert found(feed, "repaired_unit").value == name
    assert feed.rows_quarantined == 0


SHAPES = [
    ({"cover": None}, "no_cover"),
    ({"petitions": None}, "missing_sheet"),
    ({"dialogues": None}, "missing_sheet"),
    ({"petitions": [{name: text for name, text in PETITION.items() if name != "settled_on"}]}, "missing_column"),
]


@pytest.mark.parametrize(("parts", "rule"), SHAPES)
def test_a_feed_without_its_required_parts_is_rejected(checker: Checker, parts: dict[str, None], rule: str) -> None:
    feed = checked(checker, write_feed(checker[2] / "f", **parts))
    assert {each.tier for each in feed.findings if each.rule == rule} == {"feed"}
    assert feed.verdict is Verdict.REJECTED


def test_more_than_a_tenth_of_quarantined_rows_rejects_the_feed(checker: Checker) -> None:
    one_in_ten = [*petitions(8), PETITION | {"petition_code": "P9", "field": "x"}]
    feed = checked(checker, write_feed(checker[2] / "a", petitions=one_in_ten))
    assert (feed.verdict, feed.rows_landed, feed.rows_quarantined) == (Verdict.ACCEPTED, 9, 1)
    feed = checked(checker, write_feed(checker[2] / "b", petitions=one_in_ten[1:]))
    assert found(feed, "too_many_errors").message == "Tệp có 1/9 dòng dữ liệu có lỗi, quá mức cho phép 10%."
    assert feed.verdict is Verdict.REJECTED


def test_a_nil_return_is_a_feed(checker: Checker) -> None:
    cover = COVER | {"nil_return": "Có", "approved_by": "Trần Thị Bình"}
    feed = checked(checker, write_feed(checker[2] / "f", cover=cover, dialogues=None, petitions=None))
    assert (feed.verdict, feed.findings, feed.cover.nil_return) == (Verdict.ACCEPTED, (), True)


def test_a_nil_return_concerns_only_dialogues_and_petitions(checker: Checker) -> None:
    """Units plan, train, reward and share also in a quarter without dialogues and petitions."""
    cover = COVER | {"nil_return": "Có", "approved_by": "Trần Thị Bình"}
    feed = checked(
        checker,
        write_feed(
            checker[2] / "f", cover=cover, dialogues=None, petitions=None, plans=[PLAN], trainings=[TRAINING],
            decisions=[DECISION], practices=[PRACTICE],
        ),
    )  # fmt: skip
    assert (feed.verdict, feed.findings, feed.rows_landed) == (Verdict.ACCEPTED, (), 4)


@pytest.mark.parametrize(("sheet", "row", "cells"), [
    ("plans", PLAN, ["plans!B2", "plans!B3"]),
    ("trainings", TRAINING, ["trainings!A2", "trainings!A3"]),
    ("decisions", DECISION, ["decisions!A2", "decisions!A3"]),
    ("practices", PRACTICE, ["practices!A2", "practices!A3"]),
])  # fmt: skip
def test_duplicate_keys_of_the_other_sheets(
    checker: Checker, sheet: str, row: dict[str, str], cells: list[str]
) -> None:
    parts: dict[str, Any] = {sheet: [row, row]}
    feed = checked(checker, write_feed(checker[2] / "f", **parts))
    assert [each.cell for each in feed.findings if each.rule == "duplicate_key"] == cells


def test_a_leader_listed_by_an_earlier_feed_is_known(checker: Checker) -> None:
    con, _, folder = checker
    decision = [DECISION | {"leader_code": "L-earlier"}]
    assert (
        found(checked(checker, write_feed(folder / "a", decisions=decision)), "unknown_leader").cell == "decisions!E2"
    )
    con.execute("insert into raw.tenures (feed_id, sheet, row_number, leader_code) values ('x', 's', 1, 'L-earlier')")
    con.execute(
        "insert into raw.feeds (feed_id, sha256, file_name, received_at, status) "
        "values ('x', '0', 'x.xlsx', timestamp '2024-07-05', 'accepted')"
    )
    assert checked(checker, write_feed(folder / "b", decisions=decision)).findings == ()


def test_a_decision_may_name_only_a_leader(checker: Checker) -> None:
    decision = DECISION | {"unit_code": "", "leader_code": TENURE["leader_code"]}
    feed = checked(checker, write_feed(checker[2] / "f", tenures=[TENURE], decisions=[decision]))
    assert (feed.verdict, feed.findings, feed.rows_landed) == (Verdict.ACCEPTED, (), 4)
    spoilt = checked(checker, write_feed(checker[2] / "g", decisions=[DECISION | {"unit_code": "Xã Không Có"}]))
    assert {each.rule for each in spoilt.findings if each.tier == "row"} == {"unknown_unit"}


@pytest.mark.parametrize("year", ["1999", "2101", "24", "-2024", "năm nay"])
def test_an_implausible_year_of_a_plan_is_no_year(checker: Checker, year: str) -> None:
    rows = [PLAN | {"year": year}, *(PLAN | {"year": text} for text in ("2023", "Năm 2024", "2.025"))]
    feed = checked(checker, write_feed(checker[2] / "f", petitions=petitions(20), plans=rows))
    assert (found(feed, "not_a_year").cell, found(feed, "not_a_year").tier) == ("plans!B2", "row")
    read = checker[0].execute("select year from typed_rows_plans order by row_id").fetchall()
    assert read == [(None,), (2023,), (2024,), (2025,)]


def test_rewards_and_disciplines_on_two_sheets_are_both_read(checker: Checker) -> None:
    con, _, folder = checker
    source = write_feed(folder / "f", decisions=[DECISION])
    (source / "decisions.csv").rename(source / "Khen thưởng.csv")
    (source / "Kỷ luật.csv").write_text("Số QĐ,Ngày ký,Loại,Mã đơn vị\n2/QĐ,11/09/2024,Phê bình,13285\n", "utf-8")
    assert checked(checker, source).rows_quarantined == 0
    told = con.execute(
        "select decision_no, decided_on::varchar, kind from typed_rows_decisions order by all"
    ).fetchall()
    assert told == [("1/QĐ", "2024-09-10", "reward"), ("2/QĐ", "2024-09-11", "reminder")]


def test_an_empty_feed_without_nil_return_is_rejected(checker: Checker) -> None:
    """An empty template sent by mistake would otherwise replace a full report of the period."""
    feed = checked(checker, write_feed(checker[2] / "f", dialogues=[], petitions=[]))
    assert (feed.verdict, [each.rule for each in feed.findings]) == (Verdict.REJECTED, ["empty_without_nil_return"])


DIALOGUES = [DIALOGUE | {"dialogue_code": f"D{number}"} for number in range(1, 5)]


@pytest.mark.parametrize(
    ("cover", "rule", "cell", "words"),
    [
        ({"sender_unit_code": "349"}, "rows_of_another_sender", "cover!A2", "4/4 dòng của trang «dialogues»"),
        ({"sender_unit_code": "349"}, "rows_of_another_sender", "cover!A2", "nhiều nhất là 347 – Thành phố Phủ Lý"),
        ({"period": "2024Q2"}, "rows_of_another_period", "cover!B2", "từ 01/08/2024 đến 01/08/2024"),
    ],
)
def test_a_cover_that_does_not_match_its_rows_is_reported_once(
    checker: Checker, cover: dict[str, str], rule: str, cell: str, words: str
) -> None:
    source = write_feed(checker[2] / "f", cover=COVER | cover, dialogues=DIALOGUES, petitions=petitions(12))
    feed = checked(checker, source)
    assert (feed.verdict, [each.rule for each in feed.findings]) == (Verdict.REJECTED, [rule])
    assert feed.findings[0].cell == cell
    assert words in feed.findings[0].message


def test_a_few_foreign_rows_are_reported_row_by_row(checker: Checker) -> None:
    rows = petitions(12)
    rows[3]["unit_code"] = rows[4]["unit_code"] = rows[5]["unit_code"] = "13324"
    feed = checked(checker, write_feed(checker[2] / "f", petitions=rows))
    assert [each.cell for each in feed.findings] == ["petitions!B5", "petitions!B6", "petitions!B7"]
    assert (feed.verdict, {each.rule for each in feed.findings}) == (Verdict.ACCEPTED, {"foreign_unit"})


def test_a_column_without_a_header_is_reported_with_the_missing_one(checker: Checker) -> None:
    """The first column has no header either, but is not reported: it has row numbers."""
    source = write_feed(
        checker[2] / "f", petitions=[{"": str(n), **row} for n, row in enumerate(petitions(12), start=1)]
    )
    file = source / "petitions.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("due_on", "", 1), encoding="utf-8")
    feed = checked(checker, source)
    finding = found(feed, "headerless_column")
    assert (finding.cell, finding.count, [each.rule for each in feed.findings]) == (
        "petitions!H1",
        12,
        ["headerless_column"],
    )
    assert finding.message == "Cột H có 12 ô có dữ liệu nhưng ô tiêu đề để trống nên không được đọc."
    assert finding.remedy.startswith("Có phải «Văn bản trả lời»? Ghi tiêu đề")


@pytest.mark.parametrize(
    ("field", "value", "near"),
    [
        ("outcome", "Đả giải quyết", "Đã giải quyết"),
        ("outcome", "Da giai quyet", "Đã giải quyết"),
        ("field", "GPMB", "Giải phóng mặt bằng"),
        ("field", "bói toán", ""),
    ],
)
def test_a_misspelt_value_gets_a_suggestion(checker: Checker, field: str, value: str, near: str) -> None:
    rows = petitions(12)
    rows[0][field] = value
    (finding,) = checked(checker, write_feed(checker[2] / "f", petitions=rows)).findings
    offered, _, all_of_them = finding.remedy.partition("Chọn một trong các ")
    assert offered == (f"Có phải «{near}»? " if near else "")
    assert ": " in all_of_them


def test_a_comparison_of_two_days_reports_both(checker: Checker) -> None:
    rows = petitions(12)
    rows[0] |= {"due_on": "2024-07-30", "received_on": "2024-08-01 08:30:00"}
    (finding,) = checked(checker, write_feed(checker[2] / "f", petitions=rows)).findings
    assert finding.message == "Hạn giải quyết 30/07/2024 trước ngày tiếp nhận 01/08/2024 08:30."


def test_personal_data_is_not_staged(checker: Checker) -> None:
    con, _, folder = checker
    row = PETITION | {"summary": "Gọi 0912.345.678 hoặc a@b.vn, CCCD 035088001234", "Họ và tên người kiến nghị": "Lê C"}
    feed = checked(checker, write_feed(folder / "f", petitions=[row, PETITION | {"field": "x"}]))
    assert found(feed, "personal_column").cell == "petitions!I1"
    assert found(feed, "masked_text").cell == "petitions!H2"
    text = "Gọi [số điện thoại đã che] hoặc [thư điện tử đã che], CCCD [số giấy tờ đã che]"
    assert con.execute("select summary from received_petitions order by rowid").fetchall()[0] == (text,)
    assert not any("0912" in f"{each.value}{each.message}" or "Lê C" in each.message for each in feed.findings)


def test_no_cell_holds_a_telephone_number(checker: Checker) -> None:
    con, _, folder = checker
    number = "0912 345 678"
    rows = [
        PETITION | {"petition_code": number, "dialogue_code": "", "extension_no": "", "result_no": ""},
        PETITION | {"extension_no": number, "result_no": f"sđt {number}", "received_on": number},
        *petitions(1, extension_no="", result_no=""),
    ]
    chair = DIALOGUE | {"chair_name": f"Lê C {number}", "conclusion_no": number}
    feed = checked(checker, write_feed(folder / "f", petitions=rows, dialogues=[chair]))
    assert (found(feed, "personal_key").cell, found(feed, "personal_key").tier) == ("petitions!A2", "row")
    for table in ("received_petitions", "received_dialogues", "reads_petitions", "reads_dialogues"):
        held = con.execute(f"select count(*) from {table} as t where t::varchar like '%345%'").fetchone()
        assert held == (0,), table
    assert not any("345" in f"{each.value}{each.message}" for each in feed.findings)
    findings = {each.field for each in feed.findings if each.rule == "masked_text"}
    assert findings == {"chair_name", "conclusion_no", "extension_no", "result_no"}


@pytest.mark.parametrize(("field", "tier"), [("petition_code", "row"), ("summary", "warn"), ("dialogue_code", "warn")])
def test_a_formula_error_is_no_value(checker: Checker, field: str, tier: str) -> None:
    con, _, folder = checker
    row = PETITION | {"summary": "x", field: "#REF!"}
    feed = checked(checker, write_feed(folder / "f", petitions=[row]))
    assert (found(feed, "cell_error").tier, found(feed, "cell_error").field) == (tier, field)
    assert con.execute(f"select {field} from typed_rows_petitions").fetchall() == [(None,)]
    assert [each.rule for each in feed.findings if each.rule != "too_many_errors"] == ["cell_error"]


def test_repairs_are_reported_once_per_column_and_recorded_in_full(checker: Checker) -> None:
    con, _, folder = checker
    days = ["1.8.24", "1.8.24", "2.8.24", "03/08/2024"]
    rows = [PETITION | {"petition_code": f"P{n}", "received_on": day} for n, day in enumerate(days)]
    feed = checked(checker, write_feed(folder / "f", petitions=rows))
    finding = found(feed, "repaired_date")
    assert (finding.cell, finding.value, finding.count) == ("petitions!C2", "1.8.24", 3), (
        "a day as all write it is none"
    )
    reads = con.execute("select x, read, cells from reads_petitions where field = 'received_on' order by x").fetchall()
    assert reads == [("03/08/2024", "2024-08-03", 1), ("1.8.24", "2024-08-01", 2), ("2.8.24", "2024-08-02", 1)]


def test_every_rule_of_the_sheets_has_a_case() -> None:
    cases = {SheetKind.COVER: COVER_CASES, **{kind: found for kind, (_, found) in CASES.items()}}
    elsewhere = {"alike_keys", "duplicate_key", "overlapping_tenures", "ambiguous_date", "ambiguous_unit"}
    elsewhere |= {"example_row", "two_posts"}
    for kind, sheet in load.load().sheets.items():
        told = {rule for _, rule, _, _ in cases[kind]}
        by_type = {"not_a_date", "impossible_date", "future_date", "not_a_number", "negative_number", "not_yes_no"}
        by_type |= {
            "lost_letters",
            "shortened_code",
            "impossible_year",
            "weekday_differs",
            "cell_error",
            "personal_key",
        }
        by_type |= {"too_long", "unsure_letters", "number_too_large"}
        by_type |= {"date_code", "unsure_format", "formula_text", "swapped_days", "days_kept", "zero_date"}
        assert {rule.id for rule in sheet.rules} - elsewhere - by_type <= told

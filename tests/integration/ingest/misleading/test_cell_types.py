"""Cells that display something other than they store: dates among texts and codes, formats, formulas kept as text."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.model.findings import Finding
from ingest.model.reasons import GivenReason
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, petitions, write_feed
from tests.integration.ingest.misleading.checker import CASES, Checker

TEXT_DAYS = [f"{day}/{month:02}/2024" for month in (7, 8, 9) for day in (13, 17, 22, 26, 29)]
"""Days after the twelfth of a month, as texts."""


def found(feed: CheckedFeed, rule: str) -> Finding:
    """The only finding of `rule`."""
    (finding,) = [each for each in feed.findings if each.rule == rule]
    return finding


def rules(feed: CheckedFeed) -> set[str]:
    return {each.rule for each in feed.findings}


Cell = tuple[object, str]
"""A value and its number format; a text has none."""


def as_xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> Path:
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, (value, pattern) in enumerate(cells):
                style = book.add_format({"num_format": pattern}) if pattern else None
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, style)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                else:
                    sheet.write_number(row, column, value, style)
    book.close()
    return path


def as_xls(path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, (value, pattern) in enumerate(cells):
                style = xlwt.easyxf(num_format_str=pattern) if pattern else xlwt.Style.default_style
                sheet.write(row, column, value, style)
    book.save(str(path))
    return path


WRITERS: Mapping[str, Callable[[Path, Mapping[str, Sequence[Sequence[Cell]]]], Path]] = {
    ".xlsx": as_xlsx,
    ".xls": as_xls,
}


def book(*changes: Mapping[str, Cell]) -> dict[str, list[list[Cell]]]:
    """The sheets of a workbook with twenty petitions, the first of which have `changes`."""
    rows: list[dict[str, Cell]] = [{name: (text, "") for name, text in row.items()} for row in petitions(20)]
    for row, change in zip(rows, changes, strict=False):
        row.update(change)
    fields = list(dict.fromkeys(name for row in rows for name in row))
    table: list[list[Cell]] = [[(name, "") for name in fields]]
    table += [[row.get(name, ("", "")) for name in fields] for row in rows]
    heads = [COVER, DIALOGUE]
    others: list[list[list[Cell]]] = [
        [[(name, "") for name in head], [(text, "") for text in head.values()]] for head in heads
    ]
    return {"cover": others[0], "dialogues": others[1], "petitions": table}


Write = Callable[[Mapping[str, Sequence[Sequence[Cell]]]], Path]


@pytest.fixture(params=list(WRITERS))
def write(request: pytest.FixtureRequest, tmp_path: Path) -> Write:
    return lambda sheets: WRITERS[request.param](tmp_path / f"feed{request.param}", sheets)


def test_days_swapped_by_another_language_wait_for_confirmation(checker: Checker) -> None:
    feed = checker.checked(CASES / "days_swapped_up_to_12.xlsx")
    finding = found(feed, "swapped_days")
    assert (finding.cell, finding.count, finding.tier, finding.needs_reason) == ("Kiến nghị!E2", 6, "row", True)
    assert "«08/07/2024», có thể là 07/08/2024" in finding.message
    assert checker.values("received_on")[:6] == [None] * 6
    assert feed.verdict is Verdict.REJECTED


def test_swapped_days_are_read_after_confirmation(checker: Checker) -> None:
    source = CASES / "days_swapped_up_to_12.xlsx"
    key = found(checker.checked(source), "swapped_days").confirmation_key
    feed = checker.checked(source, {key: GivenReason("Đã đối chiếu với sổ", "An")})
    finding = found(feed, "swapped_days")
    assert (finding.tier, finding.reason, finding.confirmation_key) == ("warn", "Đã đối chiếu với sổ", key)
    assert feed.verdict is Verdict.ACCEPTED
    assert checker.values("received_on")[0] == datetime(2024, 8, 7)
    assert feed.waiting == 0


@pytest.mark.parametrize("write_as", ["folder", "large"])
def test_swapped_days_are_reported_in_csv_and_in_large_files(
    checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_as: str
) -> None:
    if write_as == "large":
        monkeypatch.setattr("ingest.staging.stage.SMALL", 0)
    days = [*(f"2024-{month:02}-0{day}" for month in range(1, 12, 2) for day in (7, 8)), *TEXT_DAYS]
    rows = [
        PETITION | {"petition_code": f"P{at}", "received_on": "2024-07-01", "settled_on": "", "due_on": day}
        | {"outcome": "in_progress"}
        for at, day in enumerate(days)
    ]  # fmt: skip
    finding = found(checker.checked(write_feed(tmp_path / "f", petitions=rows)), "swapped_days")
    assert (finding.field, finding.count) == ("due_on", 11), "the seventh of July is the same either way"


def test_a_date_in_a_column_of_codes_is_no_code(checker: Checker) -> None:
    feed = checker.checked(CASES / "codes_became_dates.xlsx")
    finding = found(feed, "date_code")
    assert (finding.cell, finding.count, finding.tier) == ("Kiến nghị!B2", 12, "row")
    assert "«1/2024»" in finding.message
    assert checker.values("petition_code") == [None] * 12


def test_a_date_in_an_optional_code_is_reported_and_dropped(checker: Checker, write: Write) -> None:
    day = (datetime(2024, 3, 5), "d-mmm")
    feed = checker.checked(write(book({"result_no": day, "dialogue_code": day})))
    findings = [each for each in feed.findings if each.rule == "date_code"]
    assert {(each.field, each.tier, each.count) for each in findings} == {
        ("dialogue_code", "warn", 1),
        ("result_no", "warn", 1),
    }
    assert all("«5/3/2024»" in each.message for each in findings)
    assert checker.values("result_no")[0] is None
    assert feed.rows_landed == 21


def test_a_text_that_looks_like_a_date_remains_a_code(checker: Checker, write: Write) -> None:
    feed = checker.checked(write(book({"petition_code": ("2024-09-05", ""), "result_no": ("5/9/2024", "")})))
    assert rules(feed) == set()
    assert (checker.values("petition_code")[0], checker.values("result_no")[0]) == ("2024-09-05", "5/9/2024")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("written", ["2024-{0:02}-01 00:00:00", "01/{0:02}/2024", "2024-{0:02}-01", "{0}/1/2024"])
def test_codes_that_became_dates_are_reported_in_csv(
    checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, large: bool
) -> None:
    if large:
        monkeypatch.setattr("ingest.staging.stage.SMALL", 0)
    codes = [written.format(month) for month in range(1, 13)] + [f"{number}/2024" for number in range(13, 21)]
    rows = [PETITION | {"petition_code": code} for code in codes]
    finding = found(checker.checked(write_feed(tmp_path / "f", petitions=rows)), "date_code")
    assert (finding.cell, finding.count, finding.tier) == ("petitions!A2", 12, "row")
    assert "«1/2024»" in finding.message
    assert checker.values("petition_code")[11:13] == [None, "13/2024"]


@pytest.mark.parametrize("written", ["Mar-24", "2024-03-01T00:00:00"])
def test_one_code_in_the_form_of_a_date_is_reported_in_csv(checker: Checker, tmp_path: Path, written: str) -> None:
    rows = [PETITION | {"result_no": written}]
    finding = found(checker.checked(write_feed(tmp_path / "f", petitions=rows)), "date_code")
    assert (finding.field, finding.tier) == ("result_no", "warn")
    assert "«3/2024»" in finding.message


@pytest.mark.parametrize("codes", [["01/03/2024", "02/2024"], ["2024-03-01", "KN-2"], ["Mar-2024", "13/2024"]])
def test_codes_that_only_look_like_dates_are_kept(checker: Checker, tmp_path: Path, codes: list[str]) -> None:
    rows = [PETITION | {"petition_code": code} for code in codes]
    assert rules(checker.checked(write_feed(tmp_path / "f", petitions=rows))) == set()
    assert checker.values("petition_code") == codes


def test_a_code_from_a_number_format_is_read_as_displayed(checker: Checker) -> None:
    feed = checker.checked(CASES / "codes_by_number_format.xlsx")
    assert feed.verdict is Verdict.ACCEPTED
    assert checker.values("petition_code")[:2] == ["KN-347-0001", "KN-347-0002"]
    assert checker.values("dialogue_code")[:2] == ["HN-347-001", "HN-347-002"]
    findings = [each for each in feed.findings if each.rule == "repaired_format"]
    assert [(each.cell, each.count, each.value) for each in findings] == [
        ("Hội nghị!B2", 2, "1"),
        ("Kiến nghị!B2", 20, "1"),
        ("Kiến nghị!C2", 20, "1"),
    ]


def test_leading_zeros_of_a_unit_are_read_as_displayed(checker: Checker, write: Write) -> None:
    feed = checker.checked(write(book({"responsible_unit_code": (688, "00000"), "result_no": (7, "General")})))
    assert checker.values("responsible_unit_code")[0] == "00688"
    assert rules(feed) == {"repaired_format", "unknown_unit"}
    assert found(feed, "unknown_unit").value == "00688"


def test_an_unsupported_format_is_reported(checker: Checker, write: Write) -> None:
    cells = {"petition_code": (3, '[<10]"A"0;"B"0'), "result_no": (3, '[<10]"A"0;"B"0')}
    feed = checker.checked(write(book(cells)))
    findings = [(each.field, each.tier, each.value) for each in feed.findings if each.rule == "unsure_format"]
    assert findings == [("petition_code", "row", "3"), ("result_no", "warn", "3")]
    assert checker.values("petition_code")[0] is None


@pytest.mark.parametrize(("field", "tier"), [("petition_code", "row"), ("summary", "warn"), ("result_no", "warn")])
def test_a_formula_kept_as_text_is_no_value(checker: Checker, tmp_path: Path, field: str, tier: str) -> None:
    rows = [PETITION | {"petition_code": f"P{at}", "summary": "x", "result_no": "1/TB"} for at in range(20)]
    rows[3][field] = '=DISPIMG("ID_4F0C9E",1)'
    feed = checker.checked(write_feed(tmp_path / "f", petitions=rows))
    finding = found(feed, "formula_text")
    assert (finding.field, finding.tier, finding.value) == (field, tier, '=DISPIMG("ID_4F0C9E",1)')
    assert checker.values(field)[3] is None


def test_a_text_that_only_begins_like_a_formula_is_kept(checker: Checker, tmp_path: Path) -> None:
    texts = ["===", "=> đã trả lời", "- ý 1", "= 5 hộ"]
    rows = [PETITION | {"petition_code": f"P{at}", "summary": text} for at, text in enumerate(texts)]
    assert rules(checker.checked(write_feed(tmp_path / "f", petitions=rows))) == set()
    assert checker.values("summary") == texts


def test_midnight_of_a_day_is_that_day_in_a_workbook(checker: Checker, write: Write) -> None:
    cells = {"due_on": (datetime(2024, 8, 22), "dd/mm/yyyy hh:mm"), "received_on": (datetime(2024, 8, 1), "dd/mm/yyyy")}
    assert rules(checker.checked(write(book(cells)))) == set()
    assert checker.values("due_on")[0] == datetime(2024, 8, 22, 23, 59, 59, 999999)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, {"zero_date"}),
        (0.5, {"not_a_date"}),
        (-5, {"not_a_date", "zero_date", "impossible_date", "impossible_year"}),
        ("0000-00-00", {"zero_date"}),
        ("00/01/1900", {"zero_date"}),
        ("0", {"zero_date"}),
        ("#N/A", {"not_a_date"}),
    ],
)
def test_a_zero_date_or_a_time_alone_is_no_day(
    checker: Checker, write: Write, value: float | str, expected: set[str]
) -> None:
    feed = checker.checked(write(book({"due_on": (value, "" if isinstance(value, str) else "dd/mm/yyyy hh:mm")})))
    assert len(rules(feed)) == 1
    assert rules(feed) <= expected
    assert checker.values("due_on")[0] is None


def test_a_workbook_that_counts_days_from_1904_has_the_same_days(checker: Checker, tmp_path: Path) -> None:
    path = tmp_path / "feed.xlsx"
    sheets = xlsxwriter.Workbook(path, {"date_1904": True})
    for name, rows in book({"due_on": (datetime(2024, 8, 22), "dd/mm/yyyy")}).items():
        sheet = sheets.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, (value, pattern) in enumerate(cells):
                sheet.write(row, column, value, sheets.add_format({"num_format": pattern}) if pattern else None)
    sheets.close()
    assert rules(checker.checked(path)) == set()
    assert checker.values("due_on")[0] == datetime(2024, 8, 22, 23, 59, 59, 999999)


@pytest.mark.parametrize("text", ["#N/A", "Err:508", "=VLOOKUP(A1,B:C,2,0)"])
@pytest.mark.parametrize("field", ["received_on", "unit_code", "outcome", "field"])
def test_a_formula_or_its_error_is_reported_in_every_column(
    checker: Checker, tmp_path: Path, field: str, text: str
) -> None:
    (finding,) = checker.checked(
        write_feed(tmp_path / "f", petitions=[PETITION, PETITION | {"petition_code": "P2", field: text}])
    ).findings[:1]
    assert (finding.field, finding.tier, finding.value) == (field, "row", text)
    assert f"công thức «{text}» nên không có giá trị" in finding.message
    assert finding.remedy == "Sửa công thức hoặc ghi thẳng giá trị vào ô, rồi gửi lại."

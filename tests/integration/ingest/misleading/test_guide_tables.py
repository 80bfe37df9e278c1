"""The two tables of the guide for clerks: the test reads the page and verifies each row against a check."""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

import warehouse.home
import warehouse.settings
from ingest.checking.check import check_feed
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.contract import load
from ingest.contract.load import landed_columns
from ingest.model.findings import Finding, Tier
from ingest.pipeline import land_paths
from ingest.template import gather, write_template
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, PLAN, write_feed
from tests.integration.ingest.misleading.test_remedies import lookups_with_zeros
from warehouse.border_checks import Engine
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw

NOW = datetime(2024, 10, 5, 12)
GUIDE = Path(__file__).parents[4] / "docs" / "lap-bao-cao.md"
CASES = Path(__file__).parents[3] / "fixtures" / "public_reports"
OPEN = {"outcome": "in_progress", "settled_on": "", "due_on": "2024-12-21"}


def rows_under(heading: str) -> dict[str, str]:
    """The rows of the table under a heading of the guide: received text → documented reading."""
    section = GUIDE.read_text(encoding="utf-8").partition(f"## {heading}")[2].partition("\n## ")[0]
    cells = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return {row[0]: row[1] for row in cells[2:]}


READ, OFTEN = rows_under("Hệ thống tự đọc được gì"), rows_under("Hay gặp")


def quoted(text: str) -> list[str]:
    return [a or b for a, b in re.findall(r"`([^`]+)`|«([^»]+)»", text)]


@dataclass(frozen=True)
class Checker:
    """Checks feeds in one home."""

    con: duckdb.DuckDBPyConnection
    home: Home
    folder: Path

    def checked(self, source: Path) -> CheckedFeed:
        settings = warehouse.settings.load(self.home)
        return check_feed(source, settings, self.con, NOW, self.folder / "work", engine=Engine.SQL)

    def petitions(self, field: str, values: list[str], **others: str) -> list[Finding]:
        """The findings of a feed with one petition per value, except `too_many_errors`."""
        rows = [{**PETITION, **others, "petition_code": f"P{n}", field: it} for n, it in enumerate(values)]
        found = self.checked(write_feed(self.folder / "f", petitions=rows)).findings
        return [each for each in found if each.rule != "too_many_errors"]

    def values(self, kind: str, field: str) -> list[str]:
        """The values read from a column of the last checked feed."""
        found = self.con.execute(f"select {field}::varchar from typed_rows_{kind} order by row_number").fetchall()
        return [value for (value,) in found]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[duckdb.DuckDBPyConnection, Home]]:
    home = warehouse.home.create(tmp_path_factory.mktemp("home"))
    with connect(Path(":memory:")) as con:
        create_raw(con, landed_columns())
        load_lookups(con, home)
        yield con, home


@pytest.fixture
def checker(shared: tuple[duckdb.DuckDBPyConnection, Home], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checker:
    return Checker(*shared, tmp_path)


def landed(home: Home, source: Path) -> CheckedFeed:
    (landing,) = land_paths([source], home, warehouse.settings.load(home), NOW)
    return landing.checked


def only(findings: Iterable[Finding], *rules: str) -> list[Finding]:
    return [each for each in findings if each.rule in rules]


def days_are_read(checker: Checker, row: str) -> None:
    rows = [{**PETITION, **OPEN, "petition_code": f"P{n}", "received_on": it} for n, it in enumerate(quoted(row))]
    checker.checked(write_feed(checker.folder / "f", petitions=rows))
    assert checker.values("petitions", "strftime(received_on, '%d/%m/%Y')") == [READ[row].removeprefix("đọc là ")] * 4


def another_weekday_is_questioned(checker: Checker, row: str) -> None:
    (finding,) = checker.petitions("received_on", quoted(row), **OPEN)
    assert finding.tier is Tier.ROW
    assert "thứ và ngày không khớp" in finding.message
    assert finding.message.endswith("05/09/2024 là thứ Năm.")
    assert "thứ và ngày không khớp" in READ[row]


def counts_are_read(checker: Checker, row: str) -> None:
    planned, attended = quoted(row)
    plans, dialogues = [{**PLAN, "planned_dialogues": planned}], [{**DIALOGUE, "participants": attended}]
    checker.checked(write_feed(checker.folder / "f", plans=plans, dialogues=dialogues))
    found = checker.values("plans", "planned_dialogues") + checker.values("dialogues", "participants")
    assert found == re.findall(r"\d+", READ[row])


LETTERS = {
    "§Ò nghÞ söa ®­êng": "Đề nghị sửa đường",
    "Ñeà nghò söûa ñöôøng": "Đề nghị sửa đường",
    "ngh&#7883; quy&#7871;t": "nghị quyết",
    "uỷ ban hoà giải": "ủy ban hòa giải",
}


def letters_are_read(checker: Checker, row: str) -> None:
    for written, read in LETTERS.items():
        (finding,) = checker.petitions("summary", [written])
        assert f"đọc là «{read}»" in finding.message
        assert finding.needs_reason == (written != "uỷ ban hoà giải")
    assert "phông cũ và mã NCR thì xin xác nhận một lần" in READ[row]


def zeros_are_restored(checker: Checker, row: str) -> None:
    zeros = lookups_with_zeros(checker.home, checker.folder / "zeros")
    with connect(Path(":memory:")) as con:
        create_raw(con, landed_columns())
        load_lookups(con, zeros)
        feed = Checker(con, zeros, checker.folder).checked(CASES / "unit_codes_lost_zero.xlsx")
    findings = {(each.value, each.evidence): each for each in only(feed.findings, "lost_zeros")}
    assert feed.verdict is Verdict.ACCEPTED
    assert set(quoted(row)) <= {"688", "00688"}
    assert "định dạng cột mã là chữ (Text)" in findings["688", "00688"].remedy


def codes_are_read_as_displayed(checker: Checker, row: str) -> None:
    feed = checker.checked(CASES / "codes_by_number_format.xlsx")
    assert quoted(row)[0] in checker.values("petitions", "petition_code")
    assert {each.tier for each in only(feed.findings, "repaired_format")} == {Tier.WARN}


def names_are_confirmed_once(checker: Checker, row: str) -> None:
    (finding,) = checker.petitions("unit_code", quoted(row))
    assert (finding.tier, finding.needs_reason) == (Tier.WARN, True)
    assert "đọc là đơn vị 13285" in finding.message
    assert "13285" in READ[row]


def misspelt_values_get_suggestions(checker: Checker, row: str) -> None:
    for value in quoted(row):
        field = "responsible_unit_code" if "u" in value[:4] or "Xã" in value else "outcome"
        (finding,) = only(checker.petitions(field, [value]), "unknown_unit", "unknown_choice")
        assert finding.remedy.startswith("Có phải «")
        assert finding.tier is Tier.ROW or field != "outcome"


def a_misspelt_name_is_reported(checker: Checker, row: str) -> None:
    rows = [{**PETITION, "unit_code": quoted(row)[0]}]
    feed = checker.checked(write_feed(checker.folder / "f", cover={**COVER, "sender_unit_code": "350"}, petitions=rows))
    (finding,) = only(feed.findings, "unit_name_differs")
    assert (finding.tier, "(13396)" in finding.message, "13396" in READ[row]) == (Tier.WARN, True, True)


def lost_letters_are_reported_once(checker: Checker, row: str) -> None:
    (finding,) = checker.petitions("summary", [*quoted(row), "ki?n ngh?", "s?a ???ng"])
    assert finding.count == 3
    assert "Lấy lại tệp gốc" in finding.remedy
    assert finding.remedy.endswith("không sửa tay từng ô.")


def years_are_reported_alone(checker: Checker, row: str) -> None:
    years = re.findall(r"\d{4}", row)
    findings = checker.petitions("settled_on", [f"10/08/{year}" for year in years])
    assert [each.rule for each in findings if each.rule != "too_many_errors"] == ["impossible_year"] * len(years) != []


def large_counts_need_a_reason(checker: Checker, row: str) -> None:
    people, opinions = (int(it.replace(".", "")) for it in re.findall(r"\d\.\d+", row))
    most = {**DIALOGUE, "participants": str(people), "opinions_raised": str(opinions)}
    more = {**most, "dialogue_code": "D2", "participants": str(people + 1), "opinions_raised": str(opinions + 1)}
    feed = checker.checked(write_feed(checker.folder / "f", dialogues=[most, {**more, "held_on": "2024-08-02"}]))
    findings = [(each.row_number, each.needs_reason) for each in only(feed.findings, "implausible_count")]
    assert findings == [(3, True), (3, True)]


def dates_among_codes_are_reported(checker: Checker, row: str) -> None:
    (finding,) = only(checker.checked(CASES / "codes_became_dates.xlsx").findings, "date_code")
    assert f"«{quoted(row)[0]}»" in finding.message
    assert "Văn bản (Text)" in finding.remedy
    path = checker.folder / "mau.xlsx"
    write_template(path, load.load(), gather(checker.home, "347", "2024Q3"))
    assert load_workbook(path)["Kiến nghị"].column_dimensions["A"].number_format == "@"


def shortened_codes_are_reported(checker: Checker, row: str) -> None:
    (finding,) = only(checker.petitions("petition_code", quoted(row)), "shortened_code")
    assert f"«{quoted(row)[0]}»" in finding.message
    assert "chép lại mã đầy đủ từ tệp gốc" in finding.remedy


def swapped_days_need_a_confirmation(checker: Checker, row: str) -> None:
    (finding,) = only(checker.checked(CASES / "days_swapped_up_to_12.xlsx").findings, "swapped_days")
    assert (finding.tier, finding.needs_reason) == (Tier.ROW, True)
    assert "các dòng ấy được giữ lại" in OFTEN[row]


def cells_without_value_are_reported(checker: Checker, row: str) -> None:
    errors = [each.replace("…", '"ID_1",1') for each in quoted(row)]
    findings = checker.petitions("summary", errors)
    assert [each.value for each in findings] == errors
    assert {each.rule for each in findings} == {"cell_error", "formula_text"}
    assert all("hi thẳng" in each.remedy for each in findings)


def both_matters_count(checker: Checker, row: str) -> None:
    home = warehouse.home.create(checker.folder / "home")
    landed(home, CASES / "codes_restart_2024Q2.xlsx")
    feed = landed(home, CASES / "codes_restart_2024Q3.xlsx")
    findings = only(feed.findings, "code_reused")
    assert {(each.tier, each.needs_reason) for each in findings} == {(Tier.WARN, True)}
    assert (feed.rows_quarantined, "Cả hai vẫn được tính" in OFTEN[row]) == (0, True)


def tables_side_by_side_are_reported(checker: Checker, row: str) -> None:
    (finding,) = checker.checked(CASES / "side_by_side.xlsx").findings
    assert re.search(r"bảng bên phải .* xuống dưới", finding.remedy)
    assert "xuống dưới" in OFTEN[row]


def an_example_is_reported(checker: Checker, row: str) -> None:
    rows = [{**PETITION, "petition_code": "Ví dụ: KN-001"}, PETITION]
    findings = only(checker.checked(write_feed(checker.folder / "f", petitions=rows)).findings, "example_row")
    assert [each.row_number for each in findings] == [2]
    assert "chỉ dòng ấy" in OFTEN[row]


def files_in_one_archive_are_reported(checker: Checker, row: str) -> None:
    path = checker.folder / "q3.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name in ("phu-ly.xlsx", "duy-tien.xlsx"):
            packed.write(CASES / "control.xlsx", name)
    (finding,) = checker.checked(path).findings
    assert "gửi từng tệp" in finding.remedy
    assert "gửi riêng từng tệp" in OFTEN[row]


def the_version_in_force_is_reported(checker: Checker, row: str) -> None:
    old, new = write_feed(checker.folder / "a"), write_feed(checker.folder / "b", dialogues=[{**DIALOGUE, "note": "x"}])
    home = warehouse.home.create(checker.folder / "home")
    landed(home, old)
    landed(home, new)
    again = landed(home, old)
    assert again.verdict is Verdict.ALREADY_LANDED
    assert again.in_force is not None
    assert (again.in_force.feed_id, "bản nào đang dùng" in OFTEN[row]) == ("347-2024Q3-v2", True)


Proof = Callable[[Checker, str], None]
PROOFS: list[Proof] = [
    days_are_read, another_weekday_is_questioned, counts_are_read, letters_are_read, zeros_are_restored,
    codes_are_read_as_displayed, names_are_confirmed_once, misspelt_values_get_suggestions, a_misspelt_name_is_reported,
    lost_letters_are_reported_once, years_are_reported_alone, large_counts_need_a_reason,
    dates_among_codes_are_reported, shortened_codes_are_reported, zeros_are_restored, swapped_days_need_a_confirmation,
    cells_without_value_are_reported, both_matters_count, tables_side_by_side_are_reported, an_example_is_reported,
    files_in_one_archive_are_reported, the_version_in_force_is_reported,
]  # fmt: skip
"""One proof per row of the two tables, in their order."""


def test_each_row_of_the_tables_has_a_proof() -> None:
    assert len(PROOFS) == len(READ) + len(OFTEN)


@pytest.mark.parametrize(("row", "proof"), list(zip([*READ, *OFTEN], PROOFS, strict=False)))
def test_each_row_of_the_guide_is_true(checker: Checker, row: str, proof: Proof) -> None:
    proof(checker, row)

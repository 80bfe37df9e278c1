"""The two tables of the guide for who fills in: the page is read here, and each of its rows is tried at the door."""

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
    """The rows of the table under a heading of the guide: by what is written, what is promised."""
    section = GUIDE.read_text(encoding="utf-8").partition(f"## {heading}")[2].partition("\n## ")[0]
    cells = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return {row[0]: row[1] for row in cells[2:]}


READ, OFTEN = rows_under("Hệ thống tự đọc được gì"), rows_under("Hay gặp")


def quoted(text: str) -> list[str]:
    return [a or b for a, b in re.findall(r"`([^`]+)`|«([^»]+)»", text)]


@dataclass(frozen=True)
class Desk:
    """Checks feeds in one home."""

    con: duckdb.DuckDBPyConnection
    home: Home
    folder: Path

    def checked(self, source: Path) -> CheckedFeed:
        settings = warehouse.settings.load(self.home)
        return check_feed(source, settings, self.con, NOW, self.folder / "work", engine=Engine.SQL)

    def petitions(self, field: str, values: list[str], **others: str) -> list[Finding]:
        """What is told of a feed with a petition for each value, but that its errors are many."""
        rows = [{**PETITION, **others, "petition_code": f"P{n}", field: it} for n, it in enumerate(values)]
        found = self.checked(write_feed(self.folder / "f", petitions=rows)).findings
        return [each for each in found if each.rule != "too_many_errors"]

    def values(self, kind: str, field: str) -> list[str]:
        """What was read of a column of the feed checked last."""
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
def desk(shared: tuple[duckdb.DuckDBPyConnection, Home], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(*shared, tmp_path)


def landed(home: Home, source: Path) -> CheckedFeed:
    (landing,) = land_paths([source], home, warehouse.settings.load(home), NOW)
    return landing.checked


def only(findings: Iterable[Finding], *rules: str) -> list[Finding]:
    return [each for each in findings if each.rule in rules]


def days_are_read(desk: Desk, row: str) -> None:
    rows = [{**PETITION, **OPEN, "petition_code": f"P{n}", "received_on": it} for n, it in enumerate(quoted(row))]
    desk.checked(write_feed(desk.folder / "f", petitions=rows))
    assert desk.values("petitions", "strftime(received_on, '%d/%m/%Y')") == [READ[row].removeprefix("đọc là ")] * 4


def another_weekday_is_asked(desk: Desk, row: str) -> None:
    (told,) = desk.petitions("received_on", quoted(row), **OPEN)
    assert told.tier is Tier.ROW
    assert "thứ và ngày không khớp" in told.message
    assert told.message.endswith("05/09/2024 là thứ Năm.")
    assert "thứ và ngày không khớp" in READ[row]


def counts_are_read(desk: Desk, row: str) -> None:
    planned, attended = quoted(row)
    plans, dialogues = [{**PLAN, "planned_dialogues": planned}], [{**DIALOGUE, "participants": attended}]
    desk.checked(write_feed(desk.folder / "f", plans=plans, dialogues=dialogues))
    found = desk.values("plans", "planned_dialogues") + desk.values("dialogues", "participants")
    assert found == re.findall(r"\d+", READ[row])


LETTERS = {
    "§Ò nghÞ söa ®­êng": "Đề nghị sửa đường",
    "Ñeà nghò söûa ñöôøng": "Đề nghị sửa đường",
    "ngh&#7883; quy&#7871;t": "nghị quyết",
    "uỷ ban hoà giải": "ủy ban hòa giải",
}


def letters_are_read(desk: Desk, row: str) -> None:
    for written, read in LETTERS.items():
        (told,) = desk.petitions("summary", [written])
        assert f"đọc là «{read}»" in told.message
        assert told.needs_reason == (written != "uỷ ban hoà giải")
    assert "phông cũ và mã NCR thì xin xác nhận một lần" in READ[row]


def zeros_are_given_back(desk: Desk, row: str) -> None:
    zeros = lookups_with_zeros(desk.home, desk.folder / "zeros")
    with connect(Path(":memory:")) as con:
        create_raw(con, landed_columns())
        load_lookups(con, zeros)
        feed = Desk(con, zeros, desk.folder).checked(CASES / "unit_codes_lost_zero.xlsx")
    told = {(each.value, each.evidence): each for each in only(feed.findings, "lost_zeros")}
    assert feed.verdict is Verdict.ACCEPTED
    assert set(quoted(row)) <= {"688", "00688"}
    assert "định dạng cột mã là chữ (Text)" in told["688", "00688"].remedy


def codes_are_read_as_shown(desk: Desk, row: str) -> None:
    feed = desk.checked(CASES / "codes_by_number_format.xlsx")
    assert quoted(row)[0] in desk.values("petitions", "petition_code")
    assert {each.tier for each in only(feed.findings, "repaired_format")} == {Tier.WARN}


def names_are_confirmed_once(desk: Desk, row: str) -> None:
    (told,) = desk.petitions("unit_code", quoted(row))
    assert (told.tier, told.needs_reason) == (Tier.WARN, True)
    assert "đọc là đơn vị 13285" in told.message
    assert "13285" in READ[row]


def nearly_written_is_asked(desk: Desk, row: str) -> None:
    for value in quoted(row):
        field = "responsible_unit_code" if "u" in value[:4] or "Xã" in value else "outcome"
        (told,) = only(desk.petitions(field, [value]), "unknown_unit", "unknown_choice")
        assert told.remedy.startswith("Có phải «")
        assert told.tier is Tier.ROW or field != "outcome"


def a_slip_in_a_name_is_told(desk: Desk, row: str) -> None:
    rows = [{**PETITION, "unit_code": quoted(row)[0]}]
    feed = desk.checked(write_feed(desk.folder / "f", cover={**COVER, "sender_unit_code": "350"}, petitions=rows))
    (told,) = only(feed.findings, "unit_name_differs")
    assert (told.tier, "(13396)" in told.message, "13396" in READ[row]) == (Tier.WARN, True, True)


def lost_letters_are_told_once(desk: Desk, row: str) -> None:
    (told,) = desk.petitions("summary", [*quoted(row), "ki?n ngh?", "s?a ???ng"])
    assert told.count == 3
    assert "Lấy lại tệp gốc" in told.remedy
    assert told.remedy.endswith("không sửa tay từng ô.")


def years_are_told_alone(desk: Desk, row: str) -> None:
    years = re.findall(r"\d{4}", row)
    told = desk.petitions("settled_on", [f"10/08/{year}" for year in years])
    assert [each.rule for each in told if each.rule != "too_many_errors"] == ["impossible_year"] * len(years) != []


def large_counts_wait(desk: Desk, row: str) -> None:
    people, opinions = (int(it.replace(".", "")) for it in re.findall(r"\d\.\d+", row))
    most = {**DIALOGUE, "participants": str(people), "opinions_raised": str(opinions)}
    more = {**most, "dialogue_code": "D2", "participants": str(people + 1), "opinions_raised": str(opinions + 1)}
    feed = desk.checked(write_feed(desk.folder / "f", dialogues=[most, {**more, "held_on": "2024-08-02"}]))
    told = [(each.row_number, each.needs_reason) for each in only(feed.findings, "implausible_count")]
    assert told == [(3, True), (3, True)]


def dates_among_codes_are_told(desk: Desk, row: str) -> None:
    (told,) = only(desk.checked(CASES / "codes_became_dates.xlsx").findings, "date_code")
    assert f"«{quoted(row)[0]}»" in told.message
    assert "Văn bản (Text)" in told.remedy
    path = desk.folder / "mau.xlsx"
    write_template(path, load.load(), gather(desk.home, "347", "2024Q3"))
    assert load_workbook(path)["Kiến nghị"].column_dimensions["A"].number_format == "@"


def shortened_codes_are_told(desk: Desk, row: str) -> None:
    (told,) = only(desk.petitions("petition_code", quoted(row)), "shortened_code")
    assert f"«{quoted(row)[0]}»" in told.message
    assert "chép lại mã đầy đủ từ tệp gốc" in told.remedy


def swapped_days_wait(desk: Desk, row: str) -> None:
    (told,) = only(desk.checked(CASES / "days_swapped_up_to_12.xlsx").findings, "swapped_days")
    assert (told.tier, told.needs_reason) == (Tier.ROW, True)
    assert "các dòng ấy được giữ lại" in OFTEN[row]


def cells_without_value_are_told(desk: Desk, row: str) -> None:
    errors = [each.replace("…", '"ID_1",1') for each in quoted(row)]
    told = desk.petitions("summary", errors)
    assert [each.value for each in told] == errors
    assert {each.rule for each in told} == {"cell_error", "formula_text"}
    assert all("hi thẳng" in each.remedy for each in told)


def both_matters_count(desk: Desk, row: str) -> None:
    home = warehouse.home.create(desk.folder / "home")
    landed(home, CASES / "codes_restart_2024Q2.xlsx")
    feed = landed(home, CASES / "codes_restart_2024Q3.xlsx")
    told = only(feed.findings, "code_reused")
    assert {(each.tier, each.needs_reason) for each in told} == {(Tier.WARN, True)}
    assert (feed.rows_quarantined, "Cả hai vẫn được tính" in OFTEN[row]) == (0, True)


def tables_side_by_side_are_told(desk: Desk, row: str) -> None:
    (told,) = desk.checked(CASES / "side_by_side.xlsx").findings
    assert re.search(r"bảng bên phải .* xuống dưới", told.remedy)
    assert "xuống dưới" in OFTEN[row]


def an_example_is_told(desk: Desk, row: str) -> None:
    rows = [{**PETITION, "petition_code": "Ví dụ: KN-001"}, PETITION]
    told = only(desk.checked(write_feed(desk.folder / "f", petitions=rows)).findings, "example_row")
    assert [each.row_number for each in told] == [2]
    assert "chỉ dòng ấy" in OFTEN[row]


def files_in_one_archive_are_told(desk: Desk, row: str) -> None:
    path = desk.folder / "q3.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name in ("phu-ly.xlsx", "duy-tien.xlsx"):
            packed.write(CASES / "control.xlsx", name)
    (told,) = desk.checked(path).findings
    assert "gửi từng tệp" in told.remedy
    assert "gửi riêng từng tệp" in OFTEN[row]


def the_version_in_force_is_told(desk: Desk, row: str) -> None:
    old, new = write_feed(desk.folder / "a"), write_feed(desk.folder / "b", dialogues=[{**DIALOGUE, "note": "x"}])
    home = warehouse.home.create(desk.folder / "home")
    landed(home, old)
    landed(home, new)
    again = landed(home, old)
    assert again.verdict is Verdict.ALREADY_LANDED
    assert again.in_force is not None
    assert (again.in_force.feed_id, "bản nào đang dùng" in OFTEN[row]) == ("347-2024Q3-v2", True)


Proof = Callable[[Desk, str], None]
PROOFS: list[Proof] = [
    days_are_read, another_weekday_is_asked, counts_are_read, letters_are_read, zeros_are_given_back,
    codes_are_read_as_shown, names_are_confirmed_once, nearly_written_is_asked, a_slip_in_a_name_is_told,
    lost_letters_are_told_once, years_are_told_alone, large_counts_wait,
    dates_among_codes_are_told, shortened_codes_are_told, zeros_are_given_back, swapped_days_wait,
    cells_without_value_are_told, both_matters_count, tables_side_by_side_are_told, an_example_is_told,
    files_in_one_archive_are_told, the_version_in_force_is_told,
]  # fmt: skip
"""One for each row of the two tables, in their order."""


def test_each_row_of_the_tables_has_its_proof() -> None:
    assert len(PROOFS) == len(READ) + len(OFTEN)


@pytest.mark.parametrize(("row", "proof"), list(zip([*READ, *OFTEN], PROOFS, strict=False)))
def test_what_a_row_of_the_guide_says_is_so(desk: Desk, row: str, proof: Proof) -> None:
    proof(desk, row)

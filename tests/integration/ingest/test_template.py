"""Templates offer the lists of their period, and a filled-in template is read without a finding."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import warehouse.home
import warehouse.settings
from doithoai import cli
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.contract import load
from ingest.contract.generated_sheets import LISTS_SHEET
from ingest.findings.cell_ranges import key_of
from ingest.model.findings import Finding
from ingest.model.received import SheetKind
from ingest.pipeline import check_paths
from ingest.template import gather, write_template
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, TENURE, write_feed
from tests.integration.homes import land
from warehouse.errors import UsageError
from warehouse.home import Home

OCTOBER = datetime(2024, 10, 5, 12)
JANUARY = datetime(2025, 1, 5, 12)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return warehouse.home.create(tmp_path / "home")


def template(home: Home, unit: str, period: str, path: Path) -> Path:
    write_template(path, load.load(), gather(home, unit, period))
    return path


def checked(home: Home, path: Path, now: datetime) -> CheckedFeed:
    (feed,) = check_paths([path], home, warehouse.settings.load(home), now)
    return feed


def fill(path: Path, sheet: str, row: int, values: dict[str, object]) -> None:
    """Type values under the headers of a sheet."""
    book = load_workbook(path)
    page = book[sheet]
    headers = {cell.value: cell.column for cell in page[4]}
    for header, value in values.items():
        page.cell(row, headers[header]).value = value
    book.save(path)


def fill_cover(path: Path, values: dict[str, object]) -> None:
    book = load_workbook(path)
    page = book["Thông tin"]
    for row in range(1, page.max_row + 1):
        if page.cell(row, 1).value in values:
            page.cell(row, 2).value = values[page.cell(row, 1).value]
    book.save(path)


def units_offered(path: Path) -> set[str]:
    page = load_workbook(path)[LISTS_SHEET]
    (column,) = [column for column in page.iter_cols() if column[0].value == "Đơn vị"]
    return {str(cell.value) for cell in column[1:] if cell.value}


def test_a_filled_in_template_lands_without_a_finding(home: Home, tmp_path: Path) -> None:
    path = template(home, "347", "2024Q3", tmp_path / "t.xlsx")
    day = datetime(2024, 8, 1)
    unit = "13285 – Phường Quang Trung"
    fill(path, "Hội nghị", 5, {
        "Mã hội nghị": "HN1", "Mã đơn vị tổ chức": unit, "Ngày tổ chức": day, "Hình thức": "Định kỳ",
        "Người chủ trì": "Nguyễn Văn An", "Người đứng đầu trực tiếp chủ trì": "Có", "Lĩnh vực chính": "Đất đai",
        "Số thông báo kết luận": "1/TB", "Ngày thông báo kết luận": datetime(2024, 8, 5),
    })  # fmt: skip
    fill(path, "Kiến nghị", 5, {
        "Mã kiến nghị": "KN1", "Mã hội nghị": "HN1", "Mã đơn vị tiếp nhận": "13285", "Ngày tiếp nhận": day,
        "Lĩnh vực": "Đất đai", "Nội dung kiến nghị": "=Đề nghị sửa đường", "Tình trạng": "Đã giải quyết",
        "Hạn giải quyết": datetime(2024, 8, 21), "Ngày giải quyết xong": datetime(2024, 8, 10),
    })  # fmt: skip
    book = load_workbook(path)
    book["Kiến nghị"]["F5"].data_type = "s"
    book.save(path)
    feed = checked(home, path, OCTOBER)
    assert (feed.verdict, feed.findings, feed.rows_landed) == (Verdict.ACCEPTED, (), 2)
    assert land(home, path, OCTOBER) is Verdict.ACCEPTED


def test_an_untouched_template_is_a_nil_return_without_a_finding(home: Home, tmp_path: Path) -> None:
    path = template(home, "347", "2024Q3", tmp_path / "t.xlsx")
    assert [each.rule for each in checked(home, path, OCTOBER).findings] == ["empty_without_nil_return"]
    fill_cover(path, {"Không phát sinh": "Có", "Người duyệt": "Trần Thị Bình", "Người lập": "Nguyễn Văn An"})
    feed = checked(home, path, OCTOBER)
    assert (feed.verdict, feed.findings, feed.cover.nil_return) == (Verdict.ACCEPTED, (), True)


OPEN = {"outcome": "in_progress", "settled_on": ""}


def sent_before(home: Home, folder: Path) -> None:
    """Land the feed of Q3: two of three petitions are open, one due at a time of day; one of two heads has left."""
    rows = [
        PETITION,
        {
            **PETITION,
            **OPEN,
            "petition_code": "P2",
            "due_on": "2024-11-01",
            "summary": "-Đề nghị",
            "dialogue_code": "D1",
        },
        {**PETITION, **OPEN, "petition_code": "P3", "due_on": "2024-11-02 14:30:00"},
    ]
    rows[0] = {**PETITION, "summary": "", "dialogue_code": "D1"}
    left = {**TENURE, "leader_code": "L0", "from_on": "2021-01-01", "to_on": "2023-01-01"}
    source = write_feed(folder, petitions=rows, tenures=[left, TENURE])
    assert land(home, source, OCTOBER) is Verdict.ACCEPTED


def test_open_rows_are_carried_over_and_read_without_a_finding(home: Home, tmp_path: Path) -> None:
    sent_before(home, tmp_path / "q3")
    content = gather(home, "347", "2024Q4")
    assert content.carried_from == "2024Q3"
    assert [row["petition_code"] for row in content.rows[SheetKind.PETITIONS]] == ["P2", "P3"]
    assert [row["leader_code"] for row in content.rows[SheetKind.TENURES]] == ["L1"]
    path = template(home, "347", "2024Q4", tmp_path / "t.xlsx")
    feed = checked(home, path, JANUARY)
    assert (feed.findings, feed.rows_landed) == ((), 3)
    assert land(home, path, JANUARY) is Verdict.ACCEPTED
    again = gather(home, "347", "2025Q1")
    assert again.rows[SheetKind.PETITIONS] == content.rows[SheetKind.PETITIONS]


def test_a_tenure_ends_where_its_successor_begins(home: Home, tmp_path: Path) -> None:
    after = {**TENURE, "leader_code": "L2", "full_name": "Trần Thị Bình", "from_on": "2024-09-01", "to_on": ""}
    for name, tenures in {"2024Q2": [TENURE], "2024Q3": [after]}.items():
        cover = {**COVER, "period": name}
        day = {"held_on": "2024-05-05", "notice_on": ""} if name == "2024Q2" else {}
        source = write_feed(
            tmp_path / name, cover=cover, dialogues=[{**DIALOGUE, **day}], petitions=[], tenures=tenures
        )
        assert land(home, source, OCTOBER) is Verdict.ACCEPTED
    rows = gather(home, "347", "2024Q4").rows[SheetKind.TENURES]
    assert [(row["leader_code"], row["to_on"]) for row in rows] == [("L2", None)]
    source = write_feed(tmp_path / "late", cover={**COVER, "period": "2024Q3"}, petitions=[], tenures=[
        TENURE, {**after, "from_on": "2024-10-01"},
    ])  # fmt: skip
    assert land(home, source, OCTOBER) is Verdict.ACCEPTED
    rows = gather(home, "347", "2024Q4").rows[SheetKind.TENURES]
    assert [(row["leader_code"], row["to_on"]) for row in rows] == [("L1", date(2024, 10, 1)), ("L2", None)]


def test_open_questions_of_carried_rows_are_marked_and_reported(home: Home, tmp_path: Path) -> None:
    waiting = [{**PETITION, **OPEN, "petition_code": code, "due_on": ""} for code in ("P2", "P3")]
    assert land(home, write_feed(tmp_path / "q3", petitions=waiting), OCTOBER) is Verdict.ACCEPTED
    path = template(home, "347", "2024Q4", tmp_path / "t.xlsx")
    page = load_workbook(path)["Kiến nghị"]
    assert "2 ô nền vàng còn phải bổ sung" in page["A2"].value
    assert marked(page) == {"I5", "I6"}
    assert page["I5"].comment is None, "a note would stay once the cell is filled"
    prompts = {str(it.sqref): it for it in page.data_validations.dataValidation if it.prompt}
    assert set(prompts) == {"I5 I6"}
    assert "Điền hạn giải quyết theo thông báo kết luận." in prompts["I5 I6"].prompt
    assert prompts["I5 I6"].type == "date", "the column's own rule holds there too"
    others = [str(it.sqref) for it in page.data_validations.dataValidation if "I7" in str(it.sqref)]
    assert others == ["I7:I1048576"], "ranges must not overlap"
    fill(path, "Kiến nghị", 5, {"Hạn giải quyết": datetime(2024, 11, 5)})
    fill(path, "Kiến nghị", 6, {"Hạn giải quyết": datetime(2024, 11, 5)})
    assert checked(home, path, JANUARY).findings == ()


def marked(page: Worksheet) -> set[str]:
    """The cells that a template marks as to be filled in."""
    return {str(block.sqref) for block in page.conditional_formatting}


def cells_of(feed: CheckedFeed, finding: Finding) -> set[str]:
    """All cells of a finding."""
    group = feed.groups.get(key_of(finding))
    ranges = group.ranges if group else ()
    return {f"{it.sheet}!{it.letter}{row}" for it in ranges for row in range(it.first, it.last + 1)} or {finding.cell}


@pytest.mark.parametrize("unit", ["35", "347", "349", "350", "351", "352", "353"])
def test_an_untouched_template_has_findings_only_at_its_marks(sample_home: Home, tmp_path: Path, unit: str) -> None:
    path = template(sample_home, unit, "2024Q4", tmp_path / "t.xlsx")
    feed = checked(sample_home, path, JANUARY)
    asked = {f"Kiến nghị!{cell}" for cell in marked(load_workbook(path)["Kiến nghị"])}
    cells = {cell for each in feed.findings for cell in cells_of(feed, each)}
    assert feed.verdict is Verdict.ACCEPTED
    assert {each.rule for each in feed.findings} <= {"due_missing", "extension_without_document", "extension_too_late"}
    assert cells == asked


def test_the_period_itself_and_later_ones_are_not_carried_over(home: Home, tmp_path: Path) -> None:
    sent_before(home, tmp_path / "q3")
    assert gather(home, "347", "2024Q3").rows == {}
    assert gather(home, "349", "2024Q4").rows == {}


@pytest.mark.parametrize(
    ("period", "there", "gone"),
    [
        ("2024Q4", {"13288 – Phường Lương Khánh Thiện", "13294 – Phường Minh Khai"}, {"13294 – Phường Châu Cầu"}),
        ("2025Q1", {"13294 – Phường Châu Cầu"}, {"13288 – Phường Lương Khánh Thiện", "13294 – Phường Minh Khai"}),
    ],
)
def test_the_offered_units_are_those_in_force_under_their_names_of_the_period(
    home: Home, tmp_path: Path, period: str, there: set[str], gone: set[str]
) -> None:
    offered = units_offered(template(home, "347", period, tmp_path / "t.xlsx"))
    assert there <= offered
    assert not gone & offered
    assert not any(unit.startswith("13321") for unit in offered), "a commune of another district"


@pytest.mark.parametrize(
    ("unit", "period", "complaint"),
    [
        ("999", "2024Q3", "Không có đơn vị mã «999»"),
        ("347", "2025Q3", "Đơn vị 347 (Thành phố Phủ Lý) không có hiệu lực trong kỳ 2025Q3"),
        ("13288", "2025Q1", "đã kết thúc từ ngày 01/01/2025"),
        ("347", "2024Q5", "Kỳ báo cáo «2024Q5» không đúng dạng"),
        ("347", "2024-9M", "Khi đó đơn vị này báo cáo theo quý"),
        ("13285", "2024Q3", "không phải gửi báo cáo cho kỳ 2024Q3"),
    ],
)
def test_a_unit_that_does_not_report_in_the_period_gets_no_template(
    home: Home, unit: str, period: str, complaint: str
) -> None:
    with pytest.raises(UsageError) as told:
        gather(home, unit, period)
    assert complaint in told.value.message
    assert told.value.remedy


def test_the_pages_follow_the_contract(home: Home, tmp_path: Path) -> None:
    book = load_workbook(template(home, "347", "2024Q3", tmp_path / "t.xlsx"))
    sheets = load.load().sheets
    assert book.sheetnames == [*(sheet.name for sheet in sheets.values()), LISTS_SHEET]
    assert book[LISTS_SHEET].sheet_state == "hidden"
    for kind, sheet in sheets.items():
        if kind is SheetKind.COVER:
            continue
        page: Worksheet = book[sheet.name]
        assert [cell.value for cell in page[4]] == [column.header for column in sheet.columns]
        assert page.freeze_panes is not None
        notes = {column.field: cell.comment.text for column, cell in zip(sheet.columns, page[4], strict=True)}
        assert all(("bắt buộc" in notes[column.field]) == column.required for column in sheet.columns)
    petitions_page = book["Kiến nghị"]
    formats = {
        cell.value: petitions_page.column_dimensions[cell.column_letter].number_format for cell in petitions_page[4]
    }
    assert (formats["Mã kiến nghị"], formats["Ngày tiếp nhận"]) == ("@", "dd/mm/yyyy")
    lists = {rule.formula1 for rule in petitions_page.data_validations.dataValidation if rule.type == "list"}
    assert len(lists) >= 6


def test_the_verb_never_overwrites_a_file(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["template", "--unit", "347", "--period", "2024Q3", "--to", str(tmp_path), "--home", str(home.root)]
    assert cli.exit_code(call) == 0
    path = tmp_path / "347-2024Q3-mau.xlsx"
    assert f"Đã ghi tệp mẫu {path} cho Thành phố Phủ Lý" in capsys.readouterr().out
    shutil.copy(path, tmp_path / "kept.xlsx")
    assert cli.exit_code(call) == 2
    assert "đã có" in capsys.readouterr().err
    assert path.read_bytes() == (tmp_path / "kept.xlsx").read_bytes()


def test_a_column_is_as_wide_as_the_codes_carried_over(home: Home, tmp_path: Path) -> None:
    code = "KIẾN.NGHỊ/PHƯỜNG-QUANG-TRUNG/2024/0001"
    waiting = [{**PETITION, **OPEN, "petition_code": code}]
    assert land(home, write_feed(tmp_path / "q3", petitions=waiting), OCTOBER) is Verdict.ACCEPTED
    page = load_workbook(template(home, "347", "2024Q4", tmp_path / "t.xlsx"))["Kiến nghị"]
    assert page["A5"].value == code
    assert page.column_dimensions["A"].width > len(code)

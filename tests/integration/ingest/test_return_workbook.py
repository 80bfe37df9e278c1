"""Return workbooks: the sender's own file with every finding at its cell; our additions are removed on resubmission."""

import json
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlwt
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

import ingest.findings.cell_ranges
import ingest.findings.overflow
import ingest.return_workbook.marks
import ingest.return_workbook.words
import ingest.return_workbook.write
import ingest.rules.violations
import warehouse.home
import warehouse.settings
from doithoai import cli
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.contract import load
from ingest.contract.generated_sheets import RESULT_HEADERS, RESULT_SHEET
from ingest.model.findings import Finding
from ingest.pipeline import check_paths
from ingest.return_workbook import return_names
from ingest.return_workbook.marks import joined, without
from ingest.return_workbook.report import AUTHOR, COLORS, SENTINEL
from ingest.template import gather, write_template
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, petitions, write_feed
from warehouse.home import Home

NOW = datetime(2024, 10, 5, 12)
GREEN = PatternFill("solid", fgColor="00FF00")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return warehouse.home.create(tmp_path / "home")


def returned(home: Home, source: Path) -> CheckedFeed:
    """Check a file; its return workbook is in a folder next to the home."""
    folder = home.root.parent / "returned"
    (feed,) = check_paths([source], home, warehouse.settings.load(home), NOW, return_to=folder)
    return feed


def opened(feed: CheckedFeed) -> Workbook:
    assert feed.return_workbook is not None
    return load_workbook(feed.return_workbook)


def listed(book: Workbook) -> list[dict[str, Any]]:
    """The findings in the result sheet, each with its cells by column name."""
    rows = list(book[RESULT_SHEET].iter_rows())
    names = list(RESULT_HEADERS)
    start = next(n for n, row in enumerate(rows) if row[0].value == RESULT_HEADERS["number"])
    return [dict(zip(names, row, strict=False)) for row in rows[start + 1 :] if isinstance(row[0].value, int)]


def colored(book: Workbook, sheet: str) -> set[str]:
    """The ranges that the return workbook colours."""
    blocks = book[sheet].conditional_formatting
    ours = [block for block in blocks if any(SENTINEL in rule.formula for rule in block.rules)]
    return {place for block in ours for place in str(block.sqref).split()}


def workbook_feed(path: Path, rows: list[dict[str, str]], change: Callable[[Workbook], None] | None = None) -> Path:
    """A workbook with titles above its headers, as people write them."""
    book = Workbook()
    cover: Any = book.active
    cover.title = "Thông tin"
    for label, value in (("Mã đơn vị gửi", COVER["sender_unit_code"]), ("Kỳ báo cáo", COVER["period"])):
        cover.append([label, value])
    for name, found in (("Hội nghị", [DIALOGUE]), ("Kiến nghị", rows)):
        page = book.create_sheet(name)
        page.append([f"Biểu {name}"])
        page.append(list(found[0]))
        for row in found:
            page.append(list(row.values()))
    if change:
        change(book)
    book.save(path)
    return path


BAD_DAY = {**PETITION, "received_on": "31/02/2024"}


def test_every_finding_is_listed_linked_colored_and_commented(home: Home, tmp_path: Path) -> None:
    rows = [BAD_DAY, *petitions(30)[1:], {**PETITION, "petition_code": "P99", "due_on": "2024-07-01", "field": "="}]
    feed = returned(home, workbook_feed(tmp_path / "f.xlsx", rows))
    book = opened(feed)
    assert book.sheetnames == [RESULT_SHEET, "Thông tin", "Hội nghị", "Kiến nghị"]
    assert book.active is not None
    assert book.active.title == RESULT_SHEET
    by_cell = {row["cell"].value: row for row in listed(book)}
    assert set(by_cell) == {"Kiến nghị!C3", "Kiến nghị!G33", "Kiến nghị!D33"} == {each.cell for each in feed.findings}
    row = by_cell["Kiến nghị!C3"]
    finding = next(each for each in feed.findings if each.cell == "Kiến nghị!C3")
    assert (row["tier"].value, row["message"].value, row["remedy"].value) == (
        "Giữ lại dòng", finding.message, finding.remedy,
    )  # fmt: skip
    assert row["key"].value == finding.confirmation_key
    assert row["cell"].hyperlink.location == "'Kiến nghị'!C3"
    assert book[RESULT_SHEET].column_dimensions["J"].hidden
    assert colored(book, "Kiến nghị") == {"C3", "G33", "D33"}
    note = book["Kiến nghị"]["C3"].comment
    assert (note.author, finding.message in note.text, finding.remedy in note.text) == (AUTHOR, True, True)
    formula_like = by_cell["Kiến nghị!D33"]["value"]
    assert (formula_like.value, formula_like.data_type, formula_like.quotePrefix) == ("=", "s", True)


def test_several_findings_on_one_cell_are_joined(home: Home, tmp_path: Path) -> None:
    early = {**PETITION, "outcome": "in_progress", "settled_on": "2024-05-01"}
    book = opened(returned(home, workbook_feed(tmp_path / "f.xlsx", [early, *petitions(20)[1:]])))
    text = book["Kiến nghị"]["F3"].comment.text
    assert text.count("[Giữ lại dòng]") == 2
    assert text.count("[Lưu ý]") == 1
    assert colored(book, "Kiến nghị") == {"F3"}


def test_the_senders_formats_comments_and_formulas_are_kept(home: Home, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        page = book["Kiến nghị"]
        page["C3"].fill = GREEN
        page["C3"].comment = Comment("Xem lại", "Chị Hoa")
        page["A3"].comment = Comment("Của tôi", "Chị Hoa")
        page.column_dimensions["F"].width = 41
        page.conditional_formatting.add("A1:A9", CellIsRule(operator="equal", formula=["7"], fill=GREEN))
        page.freeze_panes = "A3"

    book = opened(returned(home, workbook_feed(tmp_path / "f.xlsx", [BAD_DAY, *petitions(20)[1:]], change)))
    page = book["Kiến nghị"]
    assert page["C3"].fill.fgColor.rgb == "0000FF00"
    assert page["C3"].comment.text.startswith("Xem lại\n")
    assert "ngày giờ không có trong lịch" in page["C3"].comment.text
    assert page["A3"].comment.text == "Của tôi"
    assert (page.column_dimensions["F"].width, page.freeze_panes) == (41, "A3")
    assert "A1:A9" in {str(block.sqref) for block in page.conditional_formatting}


def test_a_repeated_check_reads_the_same_and_adds_nothing_twice(home: Home, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["Kiến nghị"]["C3"].comment = Comment("Xem lại", "Chị Hoa")

    first = returned(home, workbook_feed(tmp_path / "f.xlsx", [BAD_DAY, *petitions(20)[1:]], change))
    assert first.return_workbook is not None
    second = returned(home, first.return_workbook)

    def said(feed: CheckedFeed) -> list[tuple[str, str, str]]:
        return [(each.rule, each.cell, each.value) for each in feed.findings]

    assert said(first) == said(second) == [("impossible_date", "Kiến nghị!C3", "31/02/2024")]
    assert (first.rows_landed, first.rows_quarantined) == (second.rows_landed, second.rows_quarantined) == (20, 1)
    book = opened(second)
    assert book.sheetnames.count(RESULT_SHEET) == 1
    assert colored(book, "Kiến nghị") == {"C3"}
    assert book["Kiến nghị"]["C3"].comment.text.count("ngày giờ không có trong lịch") == 1
    assert book["Kiến nghị"]["C3"].comment.text.startswith("Xem lại\n")
    page = book["Kiến nghị"]
    page["C3"] = datetime(2024, 8, 1)
    mended = tmp_path / "mended.xlsx"
    book.save(mended)
    feed = returned(home, mended)
    assert feed.findings == ()
    clean = opened(feed)
    assert colored(clean, "Kiến nghị") == set()
    assert clean["Kiến nghị"]["C3"].comment.text == "Xem lại"


def with_stored_formula(path: Path) -> Path:
    """A feed in which `due_on` of the first petition is a formula with its stored result, as Excel saves it."""
    workbook_feed(path, [{**PETITION, "due_on": "2024-08-21"}, {**BAD_DAY, "petition_code": "P2"}, *petitions(20)[2:]])
    patched = path.with_name("patched.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(patched, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet3.xml":
                start = content.index(b'<c r="G3"')
                end = content.index(b"</c>", start) + 4
                content = (
                    content[:start] + b'<c r="G3" t="str"><f>"21/08/"&amp;2024</f><v>21/08/2024</v></c>' + content[end:]
                )
            copy.writestr(name, content)
    return patched


def test_the_results_of_formulas_are_kept(home: Home, tmp_path: Path) -> None:
    feed = returned(home, with_stored_formula(tmp_path / "f.xlsx"))
    assert opened(feed)["Kiến nghị"]["G3"].value == '="21/08/"&2024'
    assert feed.return_workbook is not None
    again = returned(home, feed.return_workbook)
    assert [each.rule for each in again.findings] == [each.rule for each in feed.findings]


def lists(book: Workbook, sheet: str) -> set[tuple[str, str, str]]:
    """The data validations of a sheet: range, source and message for other values."""
    rules = [rule for rule in book[sheet].data_validations.dataValidation if rule.type == "list"]
    return {(str(rule.sqref), rule.formula1, rule.error or "") for rule in rules}


def with_lists_apart(source: Path, target: Path) -> Path:
    """Copy the workbook with its list validations moved to the sheet's extension list (`extLst`).

    Excel stores validations there that refer to other sheets.
    """
    of_name = {name: found.attr_text for name, found in load_workbook(source).defined_names.items()}
    with zipfile.ZipFile(source) as received, zipfile.ZipFile(target, "w") as copy:
        for name in received.namelist():
            content = received.read(name).decode() if name.endswith(".xml") else ""
            copy.writestr(name, _apart(content, of_name) if "<dataValidations" in content else received.read(name))
    return target


def _apart(content: str, of_name: dict[str, str]) -> str:
    moved = re.findall('<dataValidation [^>]*type="list".*?</dataValidation>', content, re.DOTALL)
    stored = "".join(_stored_apart(each, of_name) for each in moved)
    for each in moved:
        content = content.replace(each, "")
    main, excel = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main", "office/excel/2006/main"
    extension = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{main}"><x14:dataValidations '
        f'xmlns:xm="http://schemas.microsoft.com/{excel}">{stored}</x14:dataValidations></ext></extLst>'
    )
    content = re.sub(r"<dataValidations[^>]*></dataValidations>", "", content)
    return content.replace("</worksheet>", f"{extension}</worksheet>")


def _stored_apart(plain: str, of_name: dict[str, str]) -> str:
    (place,) = re.findall(r' sqref="([^"]*)"', plain)
    (name,) = re.findall("<formula1>(.*?)</formula1>", plain)
    attributes = re.sub(r' sqref="[^"]*"|<dataValidation|>.*', "", plain, flags=re.DOTALL)
    formula = f"<x14:formula1><xm:f>{of_name[name]}</xm:f></x14:formula1>"
    return f"<x14:dataValidation{attributes}>{formula}<xm:sqref>{place}</xm:sqref></x14:dataValidation>"


@pytest.mark.parametrize("apart", [False, True], ids=["by name", "stored apart"])
def test_the_lists_of_a_template_are_kept(home: Home, tmp_path: Path, apart: bool) -> None:
    plain = filled_template(home, tmp_path / "t.xlsx")
    source = with_lists_apart(plain, tmp_path / "saved.xlsx") if apart else plain
    before, after = load_workbook(plain), opened(returned(home, source))
    of_name = {name: found.attr_text for name, found in before.defined_names.items()}
    for sheet, least in {"Thông tin": 1, "Hội nghị": 6, "Kiến nghị": 7, "Khen thưởng, kỷ luật": 3}.items():
        known = {(place, of_name[name] if apart else name, said) for place, name, said in lists(before, sheet)}
        assert lists(after, sheet) == known
        assert len(known) >= least


def xls(path: Path) -> Path:
    """The same feed as an .xls."""
    book = xlwt.Workbook(encoding="utf-8")
    cover = book.add_sheet("Thông tin")
    for row, (label, value) in enumerate((("Mã đơn vị gửi", "347"), ("Kỳ báo cáo", "2024Q3"))):
        cover.write(row, 0, label)
        cover.write(row, 1, value)
    for name, rows in (("Hội nghị", [DIALOGUE]), ("Kiến nghị", [BAD_DAY, *petitions(20)[1:]])):
        page = book.add_sheet(name)
        for row, cells in enumerate(([*rows[0]], *([*each.values()] for each in rows))):
            for column, text in enumerate(cells):
                page.write(row, column, text)
    book.save(str(path))
    return path


def folder_zip(path: Path) -> Path:
    folder = write_feed(path.with_suffix(""), petitions=[{**BAD_DAY, "summary": "+1"}, *petitions(20)[1:]])
    with zipfile.ZipFile(path, "w") as archive:
        for each in folder.iterdir():
            archive.write(each, each.name)
    return path


@pytest.mark.parametrize(
    ("make", "cell"),
    [
        (lambda root: xls(root / "f.xls"), "Kiến nghị!C2"),
        (lambda root: write_feed(root / "f", petitions=[BAD_DAY, *petitions(20)[1:]]), "petitions!C2"),
        (lambda root: folder_zip(root / "f.zip"), "petitions!C2"),
    ],
    ids=["xls", "folder", "zip"],
)
def test_other_files_are_returned_as_a_copy_with_every_cell(
    home: Home, tmp_path: Path, make: Callable[[Path], Path], cell: str
) -> None:
    feed = returned(home, make(tmp_path))
    book = opened(feed)
    sheet, _, place = cell.partition("!")
    assert [each.cell for each in feed.findings] == [cell]
    assert book[sheet]["A2"].value == "P1"
    assert book[sheet][place].value == "31/02/2024"
    assert colored(book, sheet) == {place}
    assert book[sheet][place].comment.author == AUTHOR
    assert listed(book)[0]["cell"].hyperlink.location == f"'{sheet}'!{place}"
    assert feed.return_workbook is not None
    again = returned(home, feed.return_workbook)
    assert [(each.rule, each.cell) for each in again.findings] == [(each.rule, cell) for each in feed.findings]
    assert (again.rows_landed, again.rows_quarantined) == (feed.rows_landed, feed.rows_quarantined)


HEADERS = {"petition_code": "Mã kiến nghị", "received_on": "Ngày tiếp nhận", "settled_on": "Ngày giải quyết xong",
           "responsible_unit_code": "Mã đơn vị chịu trách nhiệm giải quyết kiến nghị"}  # fmt: skip


def titled_xls(path: Path) -> Path:
    """An .xls with dates, a title above the headers, and texts wider than a screen."""
    book, days = xlwt.Workbook(encoding="utf-8"), xlwt.easyxf(num_format_str="DD/MM/YYYY")
    rows = [{**each, "responsible_unit_code": "", "summary": "Đề nghị sửa đường " * 9} for each in petitions(5)]
    title = ["BIỂU TỔNG HỢP KIẾN NGHỊ CỦA NHÂN DÂN TẠI CÁC HỘI NGHỊ ĐỐI THOẠI TRONG KỲ BÁO CÁO"]
    cover = [["Mã đơn vị gửi", "347"], ["Kỳ báo cáo", "2024Q3"]]
    pages = {"Thông tin": cover, "Hội nghị": _lines([DIALOGUE]), "Kiến nghị": [title, *_lines(rows)]}
    for name, lines in pages.items():
        page = book.add_sheet(name)
        for row, column, text in ((r, c, text) for r, line in enumerate(lines) for c, text in enumerate(line)):
            if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                page.write(row, column, datetime.fromisoformat(text), days)
            else:
                page.write(row, column, text)
    book.save(str(path))
    return path


def _lines(rows: list[dict[str, str]]) -> list[list[str]]:
    return [[HEADERS.get(name, name) for name in rows[0]], *(list(row.values()) for row in rows)]


def test_the_columns_of_a_copy_are_wide_enough(home: Home, tmp_path: Path) -> None:
    page = opened(returned(home, titled_xls(tmp_path / "f.xls")))["Kiến nghị"]
    assert (page.freeze_panes, page["A1"].font.bold, page["A3"].font.bold) == ("A3", False, False)
    assert page.column_dimensions["A"].width < 30, "a title does not widen its column"
    for head in page[2]:
        width = page.column_dimensions[head.column_letter].width
        shown = [cell.value for cell in page[head.column_letter][2:] if cell.value]
        dates = [f"{each:%d/%m/%Y}" for each in shown if isinstance(each, datetime)]
        assert (head.font.bold, head.alignment.wrap_text) == (True, True)
        assert width > max(map(len, [*head.value.split(), *dates])), head.value
        assert width >= min(len(head.value), 24)
        assert width < 64
    assert page["C3"].value == datetime(2024, 8, 1)
    assert page["I3"].alignment.wrap_text
    assert page.row_dimensions[2].height >= 45


def test_days_of_a_text_file_are_kept_as_written(home: Home, tmp_path: Path) -> None:
    rows = [{**BAD_DAY, "due_on": "2024-08-21", "settled_on": "10/8/2024"}, *petitions(20)[1:]]
    page = opened(returned(home, write_feed(tmp_path / "f", petitions=rows)))["petitions"]
    assert [page[cell].value for cell in ("C2", "G2", "F2")] == ["31/02/2024", "2024-08-21", "10/8/2024"]
    assert page.freeze_panes == "A2"


def test_text_like_a_formula_is_marked_as_text_in_a_copy(home: Home, tmp_path: Path) -> None:
    rows = [{**PETITION, "summary": '=HYPERLINK("http://x","y")'}, *petitions(3)[1:]]
    cell = opened(returned(home, write_feed(tmp_path / "f", petitions=rows)))["petitions"]["H2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("http://x","y")', "s", True)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\x89PNG no table"], ids=["empty", "broken", "image"])
def test_an_unreadable_file_is_returned_as_its_findings_only(home: Home, tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "f.xlsx"
    source.write_bytes(content)
    feed = returned(home, source)
    book = opened(feed)
    assert (feed.verdict, book.sheetnames) == (Verdict.REJECTED, [RESULT_SHEET])
    assert [row["message"].value for row in listed(book)] == [each.message for each in feed.findings]


def test_a_workbook_that_cannot_be_edited_is_returned_as_a_copy(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.return_workbook.write, "_CHILD", tmp_path / "nothing.py")
    feed = returned(home, workbook_feed(tmp_path / "f.xlsx", [BAD_DAY, *petitions(20)[1:]]))
    book = opened(feed)
    assert book["Kiến nghị"]["C3"].value == "31/02/2024"
    assert colored(book, "Kiến nghị") == {"C3"}


def test_the_verb_prints_the_path_of_the_file(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = workbook_feed(tmp_path / "f.xlsx", petitions(3))
    call = ["check", str(source), "--home", str(home.root), "--return-to", str(tmp_path / "out")]
    assert cli.exit_code(call) == 0
    assert f"Tệp trả lại: {tmp_path / 'out' / 'f-tra-lai.xlsx'}" in capsys.readouterr().out
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["f-tra-lai.xlsx"]


def test_a_number_in_a_date_cell_is_returned_unchanged(home: Home, tmp_path: Path) -> None:
    """A number in a date-formatted cell is returned as received, even if Excel can only show it as ####."""
    numbers = (20240821, 21082024, -1, 60, 2958466, 45525.75)

    def type_numbers(book: Workbook) -> None:
        for row, number in enumerate(numbers, start=3):
            book["Kiến nghị"][f"C{row}"] = number
            book["Kiến nghị"][f"C{row}"].number_format = "dd/mm/yyyy"

    def stored(path: Path) -> list[bytes]:
        with ZipFile(path) as archive:
            name = [each for each in archive.namelist() if each.startswith("xl/worksheets/sheet")][-1]
            return re.findall(rb'<c r="C[3-8]"[^>]*><v>([^<]*)</v>', archive.read(name))

    source = workbook_feed(tmp_path / "f.xlsx", petitions(12), type_numbers)
    back = returned(home, source).return_workbook
    assert back is not None
    assert stored(source) == stored(back) == [str(number).encode() for number in numbers]


def test_no_existing_file_is_overwritten(home: Home, tmp_path: Path) -> None:
    source = workbook_feed(tmp_path / "a-tra-lai.xlsx", [BAD_DAY, *petitions(12)])
    before = source.read_bytes()
    settings = warehouse.settings.load(home)
    made = [check_paths([source], home, settings, NOW, return_to=tmp_path)[0].return_workbook for _ in range(2)]
    assert [each.name for each in made if each] == ["a-tra-lai-2.xlsx", "a-tra-lai-3.xlsx"]
    assert source.read_bytes() == before
    again = [Path("a-tra-lai-2.xlsx"), Path("b-tra-lai.xlsx")]
    assert return_names(again) == ["a-tra-lai.xlsx", "b-tra-lai.xlsx"]


def test_files_with_the_same_name_are_returned_under_different_names(tmp_path: Path) -> None:
    sources = [Path("a/347.xlsx"), Path("b/347-tra-lai.xlsx"), Path("c/b/347.xlsx"), Path("c/349.xls")]
    assert return_names(sources) == [
        "a-347-tra-lai.xlsx",
        "b-347-2-tra-lai.xlsx",
        "b-347-3-tra-lai.xlsx",
        "349-tra-lai.xlsx",
    ]


def test_adjacent_cells_of_a_column_are_one_range() -> None:
    assert joined([(3, 3), (2, 2), (4, 6), (9, 9), (5, 5)]) == [(2, 6), (9, 9)]


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [(2, 6), (9, 12)]),
        ([(1, 20)], []),
        ([(2, 2), (5, 10)], [(3, 4), (11, 12)]),
        ([(4, 4), (7, 8), (11, 11)], [(2, 3), (5, 6), (9, 10), (12, 12)]),
    ],
)
def test_a_cell_has_only_the_colour_of_the_worst_finding(
    taken: list[tuple[int, int]], left: list[tuple[int, int]]
) -> None:
    assert without([(2, 6), (9, 12)], taken) == left


# ---------------------------------------------------------------- one finding for many cells

WRITTEN_OUT = {4: "24.8.24", 5: "ngày 25 tháng 8 năm 2024", 7: "27-8-2024"}


def many_alike(path: Path) -> Path:
    """Of twelve petitions, some lack a due date, some write it in another form, some contain a telephone number."""
    rows = [{**each, "summary": "Sửa đường"} for each in petitions(12)]
    for row in (3, 8, 9, 12):
        rows[row - 3]["due_on"] = ""
    for row, text in WRITTEN_OUT.items():
        rows[row - 3]["due_on"] = text
    for row in (4, 5, 13):
        rows[row - 3]["summary"] = "Gọi 0912345678"
    for row, text in {10: "9.8.24", 11: "1.7.24", 12: "9.8.24"}.items():
        rows[row - 3]["settled_on"] = text
    return workbook_feed(path, rows)


CELLS_ALIKE = {
    "Kiến nghị!G3, G8:G9, G12": ("due_missing", 4),
    "Kiến nghị!G4:G5, G7": ("repaired_date", 3),
    "Kiến nghị!F10:F12": ("repaired_date", 3),
    "Kiến nghị!H4:H5, H13": ("masked_text", 3),
}


def test_every_cell_of_a_grouped_finding_is_listed_colored_and_commented(home: Home, tmp_path: Path) -> None:
    feed = returned(home, many_alike(tmp_path / "f.xlsx"))
    book = opened(feed)
    rules = {each.message: each.rule for each in feed.findings}
    by_cell = {row["cell"].value: row for row in listed(book)}
    for cells, (rule, count) in CELLS_ALIKE.items():
        message, _, more = by_cell[cells]["message"].value.partition(" (cùng loại: ")
        assert (rules[message], more) == (rule, f"{count} ô)")
        first = cells.replace(":", ",").partition(",")[0].partition("!")[2]
        assert by_cell[cells]["cell"].hyperlink.location == f"'Kiến nghị'!{first}"
    page = book["Kiến nghị"]
    assert colored(book, "Kiến nghị") == {"G3:G5", "G7:G9", "G12", "F10", "F11", "F12", "H4:H5", "H13"}
    assert all("chưa ghi hạn giải quyết" in page[cell].comment.text for cell in ("G3", "G8", "G9", "G12"))
    for row, text in WRITTEN_OUT.items():
        assert f"«{text}» đọc là 2{row}/08/2024" in page[f"G{row}"].comment.text


def test_a_cell_of_a_grouped_finding_has_the_colour_of_a_worse_one(home: Home, tmp_path: Path) -> None:
    book = opened(returned(home, many_alike(tmp_path / "f.xlsx")))
    page = book["Kiến nghị"]
    blocks = [(block, block.rules[0].dxf.fill.bgColor.rgb[2:]) for block in page.conditional_formatting]
    colors = {cell: [color for block, color in blocks if cell in block] for cell in ("F10", "F11", "F12")}
    assert colors == {"F10": [COLORS["warn"]], "F11": [COLORS["row"]], "F12": [COLORS["warn"]]}
    assert all(tier in page["F11"].comment.text for tier in ("[Giữ lại dòng]", "[Lưu ý]"))


def test_the_json_of_a_check_lists_the_cells_of_a_grouped_finding(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.exit_code(["check", str(many_alike(tmp_path / "f.xlsx")), "--home", str(home.root), "--json"])
    (feed,) = json.loads(capsys.readouterr().out)
    by_cell = {each["cell"]: each for each in feed["findings"]}
    assert by_cell["Kiến nghị!G3"]["cells"] == ["Kiến nghị!G3", "Kiến nghị!G8:G9", "Kiến nghị!G12"]
    assert by_cell["Kiến nghị!G3"]["cells_more"] == 0
    assert "cells" not in next(each for each in feed["findings"] if each["rule"] == "settled_before_received")


def test_cells_beyond_the_limit_of_marks_are_counted(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.findings.cell_ranges, "MAX_RANGES", 2)
    monkeypatch.setattr(ingest.return_workbook.marks, "MAX_NOTES", 3)
    monkeypatch.setattr(ingest.return_workbook.words, "MAX_SHOWN", 1)
    feed = returned(home, many_alike(tmp_path / "f.xlsx"))
    book = opened(feed)
    lines = [row[0].value for row in book[RESULT_SHEET].iter_rows(max_row=12)]
    assert "Kiến nghị!G3 … và 3 ô nữa" in {row["cell"].value for row in listed(book)}
    assert "1 ô rải rác cùng loại với các ô dưới đây thì không tô màu." in lines
    assert "12 ô được tô màu; 3 ô đầu có thêm ghi chú tại ô." in lines


# ---------------------------------------------------------------- a spoiled template, repaired from its return workbook

REMEDIES: dict[str, Callable[[Finding], object]] = {
    "impossible_date": lambda _: datetime(2024, 8, 1),
    "not_a_date": lambda _: datetime(2024, 8, 1),
    "unknown_choice": lambda finding: finding.remedy.partition(": ")[2].split("; ")[0].rstrip("."),
    "unknown_field": lambda finding: finding.remedy.partition(": ")[2].split("; ")[0].rstrip("."),
    "unknown_unit": lambda _: "13285",
    "duplicate_key": lambda finding: f"{finding.value}-{finding.row_number}",
    "missing_value": lambda _: "Đất đai",
    "settled_on_missing": lambda _: datetime(2024, 9, 1),
    "settled_before_received": lambda _: datetime(2024, 9, 1),
    "not_yes_no": lambda _: "Có",
    "not_a_number": lambda _: 12,
    "due_before_received": lambda _: datetime(2024, 9, 20),
    "declared_petitions_differ": lambda _: 12,
}
"""What a clerk types into the cell after reading its remedy."""


def filled_template(home: Home, path: Path) -> Path:
    write_template(path, load.load(), gather(home, "347", "2024Q3"))
    book = load_workbook(path)
    place = {cell.value: cell.column for cell in book["Kiến nghị"][4]}
    for row in range(5, 17):
        values = {
            "Mã kiến nghị": f"KN{row}", "Mã đơn vị tiếp nhận": "13285 – Phường Quang Trung", "Lĩnh vực": "Đất đai",
            "Ngày tiếp nhận": datetime(2024, 8, 1), "Tình trạng": "Đã giải quyết",
            "Hạn giải quyết": datetime(2024, 9, 20), "Ngày giải quyết xong": datetime(2024, 9, 1),
        }  # fmt: skip
        for header, value in values.items():
            book["Kiến nghị"].cell(row, place[header]).value = value
    held = {cell.value: cell.column for cell in book["Hội nghị"][4]}
    dialogue = {
        "Mã hội nghị": "HN1", "Mã đơn vị tổ chức": "13285", "Ngày tổ chức": datetime(2024, 8, 1),
        "Hình thức": "Định kỳ", "Người chủ trì": "Nguyễn Văn An", "Người đứng đầu trực tiếp chủ trì": "Có",
        "Số thông báo kết luận": "1/TB", "Ngày thông báo kết luận": datetime(2024, 8, 5), "Số người dự": 40,
    }  # fmt: skip
    for header, value in dialogue.items():
        book["Hội nghị"].cell(5, held[header]).value = value
    book.save(path)
    return path


SPOILS = [
    ("Kiến nghị", "Ngày tiếp nhận", 5, "31/02/2024"),
    ("Kiến nghị", "Ngày tiếp nhận", 6, "hôm qua"),
    ("Kiến nghị", "Tình trạng", 7, "chắc xong"),
    ("Kiến nghị", "Lĩnh vực", 8, None),
    ("Kiến nghị", "Mã đơn vị tiếp nhận", 9, "99999"),
    ("Kiến nghị", "Mã kiến nghị", 11, "KN10"),
    ("Kiến nghị", "Ngày giải quyết xong", 12, datetime(2024, 7, 1)),
    ("Kiến nghị", "Ngày giải quyết xong", 13, None),
    ("Kiến nghị", "Hạn giải quyết", 14, datetime(2024, 7, 1)),
    ("Kiến nghị", "Lĩnh vực", 15, "Bói toán"),
    ("Hội nghị", "Số người dự", 5, "đông lắm"),
    ("Hội nghị", "Người đứng đầu trực tiếp chủ trì", 5, "có lẽ"),
]


def test_a_spoiled_template_is_repaired_from_its_return_workbook(home: Home, tmp_path: Path) -> None:
    path = filled_template(home, tmp_path / "t.xlsx")
    assert returned(home, path).findings == ()
    book = load_workbook(path)
    for sheet, header, row, value in SPOILS:
        place = {cell.value: cell.column for cell in book[sheet][4]}
        book[sheet].cell(row, place[header]).value = value
    book["Thông tin"]["B12"] = 99
    book.save(path)
    feed = returned(home, path)
    assert feed.verdict is Verdict.REJECTED
    for _attempt in range(3):
        if not feed.findings:
            break
        returned_book = opened(feed)
        findings = {(finding.cell, finding.message): finding for finding in feed.findings}
        for line in listed(returned_book):
            link = line["cell"].hyperlink
            if link is None:
                continue
            sheet, _, place = link.location.rpartition("!")
            finding = findings[line["cell"].value, line["message"].value]
            returned_book[sheet.strip("'")][place] = REMEDIES[finding.rule](finding)
        mended = tmp_path / "mended.xlsx"
        returned_book.save(mended)
        feed = returned(home, mended)
    left = [(each.rule, each.cell, each.value) for each in feed.findings]
    assert (feed.verdict, left, feed.rows_quarantined) == (Verdict.ACCEPTED, [], 0)


def test_findings_beyond_the_limit_of_the_screen_are_listed(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.rules.violations, "MAX_LISTED", 2)
    monkeypatch.setattr(ingest.findings.overflow, "MAX_LISTED", 2)
    feed = returned(home, write_feed(tmp_path / "f", petitions=petitions(6, due_on="2032-08-21")))
    book = opened(feed)
    assert len(feed.findings) == 3
    assert [row["cell"].value for row in listed(book)] == [f"petitions!G{number}" for number in range(2, 8)]
    assert colored(book, "petitions") == {"G2:G7"}

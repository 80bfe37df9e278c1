"""The actual cause is reported at its cell, and following the remedy does no harm."""

import gzip
import random
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.contract import load
from ingest.contract.load import landed_columns
from ingest.findings.cell_ranges import groups_of
from ingest.reading.obstacles import too_large
from tests.integration.feed_files import (
    COVER,
    DECISION,
    DIALOGUE,
    PETITION,
    PRACTICE,
    TENURE,
    TRAINING,
    petitions,
    write_feed,
)
from tests.integration.ingest.misleading.checker import CASES, Checker, about
from warehouse.connection import MEMORY, connect
from warehouse.home import Home
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw


def test_only_unambiguous_days_are_read(checker: Checker) -> None:
    feed = checker.checked(CASES / "weekday_dates.xlsx")
    refused = {each.value for each in about(feed, "not_a_date", "impossible_date", "impossible_year")}
    assert refused == {"05/9", "tháng 9 năm 2024", "05/09/20 24", "5/9/2024 - 7/9/2024"}
    read = checker.con.execute(
        "select distinct received_on::date from typed_rows_petitions where received_on is not null"
    )
    assert read.fetchall() == [(date(2024, 9, 5),)]


def test_a_wrong_weekday_is_reported_with_the_right_one(checker: Checker) -> None:
    days = ["Thứ 2, 05/08/2024", "Thứ 6, 05/08/2024", "Thứ 4, 08/05/2024", "Thứ Năm, 08/08/2024"]
    rows = [{**PETITION, "petition_code": f"P{n}", "received_on": day} for n, day in enumerate(days)]
    feed = checker.checked(write_feed(checker.folder / "f", petitions=rows))
    assert {each.value: each.message for each in about(feed, "weekday_differs")} == {
        days[1]: "«Thứ 6, 05/08/2024»: thứ và ngày không khớp; 05/08/2024 là thứ Hai."
    }
    assert not any(each.remedy.startswith("Có phải") for each in about(feed, "weekday_differs"))


def test_a_weekday_that_matches_the_swapped_day_gets_a_suggestion(checker: Checker) -> None:
    feed = checker.checked(
        write_feed(checker.folder / "f", petitions=[{**PETITION, "received_on": "Thứ 6, 08/09/2024"}])
    )
    (finding,) = about(feed, "weekday_differs")
    assert finding.message.endswith("08/09/2024 là Chủ nhật.")
    swapped = checker.checked(
        write_feed(checker.folder / "g", petitions=[{**PETITION, "received_on": "Thứ 6, 10/12/2024"}])
    )
    assert not any(each.remedy.startswith("Có phải") for each in about(swapped, "weekday_differs"))
    other = checker.checked(
        write_feed(checker.folder / "h", petitions=[{**PETITION, "received_on": "Thứ 4, 08/07/2024"}])
    )
    (asked,) = about(other, "weekday_differs")
    assert asked.remedy.startswith("Có phải «07/08/2024»? ")


def lookups_with_zeros(home: Home, root: Path) -> Home:
    """A home whose units have codes with a leading zero, in place of those of Phủ Lý."""
    made = Home(Path(shutil.copytree(home.root, root)))
    for path in made.lookups.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("13285", "00688").replace("347,", "024,"), encoding="utf-8")
    return made


def test_codes_that_lost_their_zeros_are_one_note_per_column(empty_home: Home, tmp_path: Path) -> None:
    zeros = lookups_with_zeros(empty_home, tmp_path / "home")
    with connect(MEMORY) as con:
        create_raw(con, landed_columns())
        load_lookups(con, zeros)
        feed = Checker(con, warehouse.settings.load(zeros), tmp_path).checked(CASES / "unit_codes_lost_zero.xlsx")
        assert (feed.verdict, feed.rows_landed, feed.cover.sender_unit_code) == (Verdict.ACCEPTED, 21, "024")
        assert [(each.rule, each.cell, each.count, each.value, each.evidence) for each in feed.findings] == [
            ("lost_zeros", "Thông tin!B1", 1, "24", "024"),
            ("lost_zeros", "Hội nghị!C2", 1, "688", "00688"),
            ("lost_zeros", "Kiến nghị!D2", 20, "688", "00688"),
        ]


YEARS = ["2042", "0204", "1024", "20024"]
DATES = {
    "dialogues": (DIALOGUE, ["held_on", "notice_on", "conclusion_on", "supervised_on"]),
    "petitions": (PETITION, ["received_on", "due_on", "extended_due_on", "extended_on", "settled_on"]),
}


@pytest.mark.parametrize(
    ("sheet", "field"), [(sheet, field) for sheet, (_, fields) in DATES.items() for field in fields]
)
def test_an_impossible_year_is_the_only_finding_of_its_row(checker: Checker, sheet: str, field: str) -> None:
    row, _ = DATES[sheet]
    whole = {**row, "extended_due_on": "2024-09-15", "extended_on": "2024-08-15", "extension_no": "9/CV"}
    base = {**row, "notice_on": "2024-07-20"} if sheet == "dialogues" else whole
    key = next(iter(row))
    rows = [{**base, key: f"K{year}", field: f"01/08/{year}"} for year in YEARS]
    feed = checker.checked(write_feed(checker.folder / "f", **{sheet: rows}))  # type: ignore[arg-type]
    findings = [each for each in feed.findings if each.rule not in ("too_many_errors", "repaired_date")]
    assert [(each.rule, each.tier.value) for each in findings] == [("impossible_year", "row")] * len(YEARS)
    assert [each.message.partition("»: ")[2] for each in findings] == [f"năm {year} không thể đúng." for year in YEARS]
    assert all(each.remedy.startswith("Có phải năm 2024? Sửa lại năm của «") for each in findings)


def test_a_plan_may_be_for_a_future_year(checker: Checker) -> None:
    feed = checker.checked(write_feed(checker.folder / "f", petitions=petitions(1, due_on="2032-08-21")))
    assert [each.rule for each in feed.findings] == ["due_far_ahead"]


def test_an_impossible_year_on_the_cover_is_reported(checker: Checker) -> None:
    feed = checker.checked(write_feed(checker.folder / "f", cover={**COVER, "prepared_on": "05/10/2042"}))
    assert [(each.rule, each.tier) for each in feed.findings] == [("impossible_year", "warn")]


def with_petitions(checker: Checker, rows: list[dict[str, str]]) -> CheckedFeed:
    return checker.checked(write_feed(checker.folder / "f", petitions=rows))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_two_tables_side_by_side_are_reported_with_both_headers(checker: Checker, suffix: str) -> None:
    source = CASES / "side_by_side.xlsx"
    if suffix == "csv":
        source = write_feed(checker.folder / "f")
        header = ",".join(["STT", *PETITION])
        lines = [f"{header},,{header}", *(f"{n},P{n},,,,,,,,{n},Q{n},,,,,," for n in range(3))]
        (source / "petitions.csv").write_text("\n".join(lines), encoding="utf-8")
    (finding,) = checker.checked(source).findings
    both = ("A1:J1", "L1:U1") if suffix == "xlsx" else ("A1:H1", "J1:Q1")
    assert (finding.rule, finding.tier) == ("side_by_side", "feed")
    assert all(place in finding.message for place in both)
    assert f"bảng bên phải ({both[1]}) xuống dưới" in finding.remedy


def test_a_repeated_column_is_reported_as_one_column(checker: Checker) -> None:
    source = write_feed(checker.folder / "f")
    text = (source / "petitions.csv").read_text(encoding="utf-8")
    header, row = text.splitlines()
    (source / "petitions.csv").write_text(f"{header},field\n{row},land\n", encoding="utf-8")
    assert [each.rule for each in checker.checked(source).findings] == ["duplicate_column"]


def test_two_workbooks_in_one_zip_are_named(checker: Checker) -> None:
    path = checker.folder / "q3.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name in ("phu-ly.xlsx", "duy-tien.xlsx"):
            packed.write(CASES / "control.xlsx", name)
        packed.writestr("readme.txt", "Hai huyện gửi chung.")
    (finding,) = checker.checked(path).findings
    assert finding.rule == "several_workbooks"
    assert "«phu-ly.xlsx», «duy-tien.xlsx»" in finding.message
    assert "gửi từng tệp bảng tính" in finding.remedy


def test_a_workbook_in_a_zip_is_read_despite_other_files(checker: Checker) -> None:
    path = checker.folder / "q3.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(CASES / "control.xlsx", "báo cáo/phu-ly.xlsx")
        packed.writestr("đọc trước.txt", "Gửi tỉnh")
    feed = checker.checked(path)
    assert (feed.rows_landed, feed.findings) == (22, ())


@pytest.mark.parametrize("beside", [{}, {"readme.txt": "Gửi tỉnh"}])
def test_a_zip_in_a_zip_is_reported(checker: Checker, beside: dict[str, str]) -> None:
    path, inner = checker.folder / "q3.zip", checker.folder / "inner.zip"
    with zipfile.ZipFile(inner, "w") as packed:
        packed.write(CASES / "control.xlsx", "phu-ly.xlsx")
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(inner, "inner.zip")
        for name, text in beside.items():
            packed.writestr(name, text)
    (finding,) = checker.checked(path).findings
    assert finding.rule == "packed_twice"
    assert "«inner.zip»" in finding.message


def test_two_feeds_in_one_zip_of_csv_are_reported(checker: Checker) -> None:
    path = checker.folder / "q3.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for sender in ("347", "349"):
            feed = write_feed(checker.folder / sender, cover={**COVER, "sender_unit_code": sender})
            for each in sorted(feed.iterdir()):
                packed.write(each, f"{sender}-{each.name}")
    findings = about(checker.checked(path), "several_cover_pages", "several_covers")
    assert [each.rule for each in findings] == ["several_cover_pages"]
    assert findings[0].remedy == "Mỗi báo cáo gửi một tệp riêng, có một trang «Thông tin»."


def test_a_csv_too_large_gets_no_advice_to_use_csv(checker: Checker) -> None:
    small = replace(checker.settings, limits=replace(checker.settings.limits, max_file_mb=1))
    for name in ("petitions.csv", "petitions.csv.gz", "q3.zip"):
        path = checker.folder / name
        noise = random.Random(1).randbytes(2 << 20).hex().encode()
        if name.endswith(".zip"):
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr("petitions.csv", b"petition_code\n" + noise * 6)
        else:
            text = b"petition_code,unit_code\n" + noise
            path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
        (finding,) = checker.checked(path, settings=small).findings
        assert finding.rule == "too_large"
        assert "CSV" not in finding.remedy


def test_a_workbook_too_large_gets_the_advice_to_use_csv() -> None:
    assert "gửi dạng CSV" in too_large("a.xlsx", 99, 50).remedy


def by_groups(field: str) -> list[dict[str, str]]:
    """Six petitions, of which only the first and the fourth have the field, as in a table grouped by it."""
    rows = petitions(6)
    return [row if number in (0, 3) else {**row, field: ""} for number, row in enumerate(rows)]


@pytest.mark.parametrize("field", ["unit_code", "received_on", "field", "outcome"])
def test_blanks_of_visual_groups_are_one_finding_without_deletion(checker: Checker, field: str) -> None:
    feed = with_petitions(checker, by_groups(field))
    (finding,) = [each for each in feed.findings if each.tier == "row"]
    assert (finding.rule, finding.count, finding.field, finding.row_number) == ("blanks_below", 4, field, 3)
    assert "ô trống không được hiểu là giống ô trên" in finding.message
    assert "xóa" not in finding.remedy
    assert feed.rows_quarantined == 4


def test_rows_with_many_blanks_of_groups_get_no_advice_to_delete(checker: Checker) -> None:
    rows = [row if n in (0, 3) else {**row, "unit_code": "", "field": "", "outcome": ""}
            for n, row in enumerate(petitions(6))]  # fmt: skip
    findings = [each for each in with_petitions(checker, rows).findings if each.tier == "row"]
    assert [each.rule for each in findings] == ["blanks_below"] * 3


def test_a_few_blanks_are_reported_separately(checker: Checker) -> None:
    rows = petitions(10)
    rows[4]["field"] = rows[7]["field"] = ""
    assert [each.cell for each in about(with_petitions(checker, rows), "missing_value")] == [
        "petitions!D6",
        "petitions!D9",
    ]


def test_all_cells_of_group_blanks_are_marked(checker: Checker) -> None:
    feed = with_petitions(checker, by_groups("field"))
    (group,) = groups_of(checker.con, feed.sheets, feed.findings, with_messages=False).values()
    assert [each.reference for each in group.ranges] == ["D3:D4", "D6:D7"]


EXAMPLES: list[dict[str, str]] = [
    {"petition_code": "Ví dụ: KN-001"},
    {"petition_code": "VD: KN-2024-0107"},
    {"petition_code": "ví dụ"},
    {"petition_code": "P9", "summary": "Ví dụ: đề nghị sửa đường"},
    {
        "petition_code": "KN-2024-0107",
        "summary": "Đề nghị sửa đoạn đường liên thôn bị hỏng",
        "dialogue_code": "HN-2024-015",
    },
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_row_is_reported_and_not_counted(checker: Checker, example: dict[str, str]) -> None:
    blank = {"summary": "", "dialogue_code": ""}
    feed = with_petitions(checker, [{**PETITION, **blank, **example}, {**PETITION, **blank}])
    (finding,) = [each for each in feed.findings if each.tier == "row"]
    assert (finding.rule, finding.row_number, feed.rows_quarantined) == ("example_row", 2, 1)


@pytest.mark.parametrize(
    "row",
    [
        {"petition_code": "KN-2024-0107", "dialogue_code": ""},
        {"petition_code": "VDC-01", "summary": "Có ví dụ: đường thôn"},
        {"petition_code": "P9", "summary": "Đề nghị sửa đoạn đường liên thôn bị hỏng"},
    ],
)
def test_a_row_that_only_looks_like_an_example_counts(checker: Checker, row: dict[str, str]) -> None:
    assert about(with_petitions(checker, [{**PETITION, **row}]), "example_row") == []


POSTS = {
    "Bí thư kiêm Chủ tịch": True,
    "Bí thư, Chủ tịch UBND": True,
    "Bí thư Đảng ủy, Chủ tịch UBND phường": True,
    "Chủ tịch UBND kiêm Bí thư Đảng ủy": True,
    "Phó Bí thư, Chủ tịch UBND": False,
    "Bí thư Đảng ủy, Chủ tịch HĐND": False,
    "Chủ tịch UBND phường": False,
    "Bí thư Đảng ủy": False,
}


def test_two_posts_in_one_row_need_separate_rows(checker: Checker) -> None:
    rows = [{**TENURE, "leader_code": f"L{n}", "post": post, "from_on": f"{2010 + n}-01-01"}
            for n, post in enumerate(POSTS)]  # fmt: skip
    rows = [{**row, "to_on": f"{2011 + n}-01-01"} for n, row in enumerate(rows)]
    feed = checker.checked(write_feed(checker.folder / "f", tenures=rows))
    findings = about(feed, "two_posts")
    assert [each.value for each in findings] == [post for post, two in POSTS.items() if two]
    assert all("chỉ được tính cho Chính quyền" in each.message for each in findings)


def test_two_posts_in_separate_rows_are_not_reported(checker: Checker) -> None:
    rows = [{**TENURE, "post": "Bí thư kiêm Chủ tịch", "body": body} for body in ("party", "government")]
    assert checker.checked(write_feed(checker.folder / "f", tenures=rows)).findings == ()


def test_two_bodies_in_one_cell_need_separate_rows(checker: Checker) -> None:
    feed = checker.checked(write_feed(checker.folder / "f", tenures=[{**TENURE, "body": "Cấp ủy, Chính quyền"}]))
    (finding,) = about(feed, "unknown_choice")
    assert finding.remedy.startswith("Ô ghi 2 giá trị («Cấp ủy», «Chính quyền»): mỗi dòng chỉ ghi một. ")


OTHER_DATES = {
    "tenures": (TENURE, ["from_on", "to_on"]),
    "trainings": (TRAINING, ["held_on"]),
    "decisions": (DECISION, ["decided_on"]),
    "practices": (PRACTICE, ["published_on"]),
}


@pytest.mark.parametrize(
    ("sheet", "field"), [(sheet, field) for sheet, (_, fields) in OTHER_DATES.items() for field in fields]
)
def test_an_impossible_year_in_another_sheet_is_the_only_finding(checker: Checker, sheet: str, field: str) -> None:
    row, _ = OTHER_DATES[sheet]
    rows = [{**row, field: "01/08/20024"}]
    if sheet == "tenures":
        rows.append({**row, "leader_code": "L2", "from_on": "2024-08-16"})
    feed = checker.checked(write_feed(checker.folder / "f", **{sheet: rows}))  # type: ignore[arg-type]
    findings = [each for each in feed.findings if each.rule not in ("too_many_errors", "repaired_date")]
    assert [(each.rule, each.cell[-1]) for each in findings] == [("impossible_year", "2")]


def test_a_dialogue_that_is_missing_is_one_finding(checker: Checker) -> None:
    rows = [PETITION | {"petition_code": f"P{at}", "dialogue_code": "D9" if at else "D1"} for at in range(4)]
    (finding,) = about(with_petitions(checker, rows), "unknown_dialogue")
    assert (finding.count, finding.value) == (3, "D9")
    assert "petitions!" in finding.message


def test_no_remedy_deletes_rows_with_data() -> None:
    """A remedy that deletes rows also says that they must have no data, or which of two identical rows to keep."""
    known = load.load()
    rules = [*known.feed_rules.values(), *(rule for sheet in known.sheets.values() for rule in sheet.rules)]
    dropping = {rule.id for rule in rules if re.search(r"(xóa|bỏ) (các )?dòng", rule.remedy)}
    careful = {
        rule.id for rule in rules if re.search(r"[Cc]hỉ khi|chỉ xóa|không xóa dòng|không\s+bỏ dòng", rule.remedy)
    }
    assert dropping - careful == set()

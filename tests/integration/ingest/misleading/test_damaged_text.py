"""Texts with lost letters are reported per column; texts with HTML character references are decoded and masked."""

from pathlib import Path

import pytest
import xlsxwriter

import ingest.staging.stage
from ingest.checking.checked_feed import CheckedFeed
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, write_feed
from tests.integration.ingest.misleading.checker import CASES, Checker, about


def with_summaries(checker: Checker, summaries: list[str], **others: str) -> CheckedFeed:
    rows = [{**PETITION, "petition_code": f"P{n}", "summary": each, **others} for n, each in enumerate(summaries)]
    return checker.checked(write_feed(checker.folder / "f", petitions=rows))


def workbook(path: Path, text: str) -> Path:
    """A feed of one dialogue and three petitions; the second petition has `text` as its summary."""
    with xlsxwriter.Workbook(path) as book:
        cover = book.add_worksheet("Thông tin")
        for row, (name, value) in enumerate((("Mã đơn vị gửi", "347"), ("Kỳ báo cáo", "2024Q3"))):
            cover.write_row(row, 0, (name, value))
        petitions = [{**PETITION, "petition_code": f"P{n}", "summary": "Đề nghị sửa đường"} for n in range(3)]
        petitions[1]["summary"] = text
        for sheet, rows in (("Hội nghị", [DIALOGUE]), ("Kiến nghị", petitions)):
            page = book.add_worksheet(sheet)
            for number, values in enumerate((list(rows[0]), *(list(row.values()) for row in rows))):
                page.write_row(number, 0, values)
    return path


def test_lost_letters_are_one_finding_per_column(checker: Checker) -> None:
    findings = about(checker.checked(CASES / "question_marks"), "lost_letters")
    assert [(each.cell, each.count, each.evidence) for each in findings] == [
        ("cover!D2", 1, "Lê Th? M?u"),
        ("cover!E2", 1, "Tr?n V?n M?u"),
        ("dialogues!F2", 2, "Nguy?n V?n M?u"),
        ("petitions!G2", 20, "?? ngh? x? lý vi?c s? 1 t?i t? dân ph? m?u"),
    ]
    assert all("không sửa tay từng ô" in each.remedy for each in findings)


@pytest.mark.parametrize("text", ["Đề ngh? quy?t", "Đề nghị quy\ufffdt", "C?p phép xây d?ng"])
def test_one_damaged_cell_among_good_ones_is_reported_in_a_workbook(checker: Checker, text: str) -> None:
    (finding,) = about(checker.checked(workbook(checker.folder / "f.xlsx", text)), "lost_letters")
    assert (finding.cell, finding.count, finding.evidence) == ("Kiến nghị!H3", 1, text)


def test_questions_addresses_and_abbreviations_are_not_reported(checker: Checker) -> None:
    honest = ["Bao giờ giải quyết?", "sao vậy??", "xem http://hanam.gov.vn/tin?id=3&x=y", "thế nào?Đề nghị làm rõ"]
    honest += ["gì?tại sao", "UBND? HĐND?", "bao nhiêu km? bao nhiêu kg?", "đường (?) nào", "???", "Có phải không ?"]
    assert with_summaries(checker, honest).findings == ()


def test_a_document_number_with_lost_letters_is_reported(checker: Checker) -> None:
    (finding,) = about(with_summaries(checker, ["Đường"], result_no="12/Q?-UBND"), "lost_letters")
    assert (finding.header, finding.evidence) == ("Văn bản trả lời", "12/Q?-UBND")


def test_an_outcome_with_lost_letters_gets_a_suggestion(checker: Checker) -> None:
    (finding,) = about(with_summaries(checker, ["Đường"], outcome="?ã gi?i quy?t"), "unknown_choice")
    assert finding.remedy.startswith("Có phải «Đã giải quyết»? ")


REFERENCES = {
    "Đề ngh&#7883; quy&#7871;t": "Đề nghị quyết",
    "&#272;&#x1EC1; ngh&#x1ECB;": "Đề nghị",
    "&amp;#7847;m &amp;amp;#7847;m": "ầm ầm",
    "Ph&ograve;ng A &amp; B &quot;m&#7899;i&quot;": 'Phòng A & B "mới"',
    "Tr&#7847;n&nbsp;Ph&#250;": "Trần Phú",
}


def test_references_are_decoded_and_recorded_like_legacy_letters(checker: Checker) -> None:
    feed = with_summaries(checker, list(REFERENCES))
    assert checker.values("summary") == list(REFERENCES.values())
    assert [(each.rule, each.cell, each.count) for each in feed.findings] == [("repaired_encoding", "petitions!H2", 5)]
    assert "«Đề ngh&#7883; quy&#7871;t» đọc là «Đề nghị quyết»" in feed.findings[0].message


def test_an_ampersand_is_no_reference(checker: Checker) -> None:
    honest = ["Trạm AT&T &co", "Công ty P&O; chi nhánh", "R&D; thử nghiệm", "A & B; C"]
    assert with_summaries(checker, honest).findings == ()
    assert checker.values("summary") == honest


def test_coded_columns_and_headers_in_references_are_decoded(checker: Checker) -> None:
    outcome = "&#272;&#227; gi&#7843;i quy&#7871;t"
    petition = {**PETITION, "outcome": outcome, "unit_code": "Ph&#432;&#7901;ng Quang Trung"}
    renamed = {"L&#297;nh v&#7921;c" if name == "field" else name: value for name, value in petition.items()}
    feed = checker.checked(write_feed(checker.folder / "f", petitions=[renamed]))
    assert [each for each in feed.findings if each.tier != "warn"] == []
    row = checker.con.execute("select outcome, unit_code, field from typed_rows_petitions").fetchone()
    assert row == ("resolved", "13285", "land")


@pytest.mark.parametrize(
    "text",
    [
        "G&#7885;i &#48;&#57;12345678",
        "gọi 0912&nbsp;345&nbsp;678",
        "&amp;#48;912345678",
        "&#x30;912 345 678",
        "&#272;T: 912 345 678",
        "an.nguyen&#64;example.vn",
    ],
)
def test_a_number_in_references_is_masked_before_storage(checker: Checker, text: str) -> None:
    feed = with_summaries(checker, [text])
    assert about(feed, "masked_text")
    (kept,) = checker.con.execute("select summary from received_petitions").fetchall()
    assert "đã che]" in kept[0]
    assert not any(part in kept[0] for part in ("345", "912", "example"))


def test_a_large_sheet_is_read_identically(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above a few thousand rows, SQL reads the texts that need no parser."""
    monkeypatch.setattr(ingest.staging.stage, "SMALL", 0)
    feed = with_summaries(checker, ["Đề nghị", "Đề ngh? quy?t", "ngh&#7883;", "Bao giờ?"], result_no="3.47202E+14")
    findings = [(each.rule, each.cell) for each in feed.findings]
    assert sorted(findings) == [
        ("lost_letters", "petitions!H3"),
        ("repaired_encoding", "petitions!H4"),
        ("shortened_code", "petitions!I2"),
    ]


def test_codes_shortened_by_excel_are_one_finding(checker: Checker) -> None:
    (finding,) = about(checker.checked(CASES / "exponent_codes"), "shortened_code", "duplicate_key", "missing_value")
    assert (finding.rule, finding.tier, finding.cell, finding.count) == ("shortened_code", "row", "petitions!B2", 20)
    assert "Excel" in finding.message
    assert "«3.47202E+14»" in finding.message


@pytest.mark.parametrize("codes", [["3,47E+14"] * 3, ["3.472024e+17"] * 2, [f"347202408{n:06}000" for n in range(5)]])
def test_shortened_codes_with_a_comma_or_rounded_are_reported_once(checker: Checker, codes: list[str]) -> None:
    rows = [{**PETITION, "petition_code": code} for code in codes]
    feed = checker.checked(write_feed(checker.folder / "f", petitions=rows))
    assert [(each.rule, each.count) for each in feed.findings if each.tier == "row"] == [("shortened_code", len(codes))]


def test_a_code_with_all_its_digits_is_read(checker: Checker) -> None:
    codes = ["3.47202408000123E+14", "3472024080001234567", "347202408000123450"]
    rows = [{**PETITION, "petition_code": code} for code in codes]
    feed = checker.checked(write_feed(checker.folder / "f", petitions=rows))
    assert [each.rule for each in feed.findings] == ["repaired_number"]
    read = checker.con.execute("select petition_code from typed_rows_petitions order by row_id").fetchall()
    assert read == [("347202408000123",), (codes[1],), (codes[2],)]


def test_a_cover_in_references_is_decoded(checker: Checker) -> None:
    feed = checker.checked(
        write_feed(checker.folder / "f", cover={**COVER, "prepared_by": "L&#234; Th&#7883; B&#236;nh"})
    )
    assert feed.cover.prepared_by == "Lê Thị Bình"


@pytest.mark.parametrize("reference", ["&#{0};", "&#x{0:X};", "&amp;#{0};"])
def test_csv_files_with_references_are_split_at_commas(checker: Checker, reference: str) -> None:
    folder = checker.folder / "ncr"
    folder.mkdir()
    for each in (CASES / "midnight_due").iterdir():
        text = each.read_text("utf-8-sig")
        plain = "".join(sign if sign.isascii() else reference.format(ord(sign)) for sign in text)
        (folder / each.name).write_text(plain, "ascii")
    feed = checker.checked(folder)
    assert (feed.verdict, feed.rows_landed, feed.rows_quarantined) == ("accepted", 22, 0)
    findings = {each.field: each.evidence for each in about(feed, "repaired_encoding")}
    assert (findings["outcome"], findings["chaired_by_head"]) == ("Đã giải quyết", "Có")


@pytest.mark.parametrize("pages", [("cover", "dialogues", "petitions"), ("petitions",)])
def test_a_header_with_lost_letters_is_reported(checker: Checker, pages: tuple[str, ...]) -> None:
    folder = checker.folder / "q"
    folder.mkdir()
    for each in (CASES / "midnight_due").iterdir():
        text = each.read_text("utf-8-sig")
        lost = text.encode("latin-1", "replace").decode("latin-1") if each.stem in pages else text
        (folder / each.name).write_text(lost, "utf-8")
    findings = checker.checked(folder).findings
    assert {(each.rule, each.sheet) for each in findings} == {("lost_header", page) for page in pages}
    assert all("«CSV UTF-8»" in each.remedy for each in findings)

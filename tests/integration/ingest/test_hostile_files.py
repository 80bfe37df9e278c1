"""Hostile, broken and unusual feeds: each gets one message, and either lands without its bad rows or is rejected.

There is no traceback, no dead parent process and no partial landing; memory and time are bounded.
"""

import base64
import gzip
import os
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import Verdict
from ingest.landing.land import Landing
from ingest.pipeline import check_paths, land_paths
from tests.integration.feed_files import COVER, DIALOGUE, PETITION
from tests.integration.hostile_files import (
    PLENTY,
    Writer,
    book,
    book_as_ods,
    book_as_xls,
    book_writer,
    content,
    csv_folder,
    csv_text,
    petitions,
    with_changed_bytes,
    with_edited_part,
    with_extra_parts,
    without,
    zip_writer,
)  # fmt: skip
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.settings import Limits

NOW = datetime(2024, 10, 15, 8, 0)
ENCRYPTED = Path(__file__).parents[2] / "fixtures" / "hostile" / "encrypted.xlsx"
SHEET = "xl/worksheets/sheet3.xml"
VIETNAMESE = set("ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
CFB = bytes.fromhex("D0CF11E0A1B11AE1")
SECONDS = 60
PARENT_MB = 400
WORKBOOKS: dict[str, Writer] = {"xlsx": book, "xls": book_as_xls, "ods": book_as_ods}


@dataclass(frozen=True)
class Case:
    """A file under `name`, and its expected result.

    `rule` is the reported rule ("" for no finding beyond those of a good feed); `lands` is the number of landed rows,
    None for a rejection.
    """

    name: str
    write: Writer
    rule: str
    lands: int | None = None


ALL = PLENTY + 1
"""Rows of a good feed: the petitions and one dialogue."""


def hide(_: Any, sheets: dict[str, Any]) -> None:
    sheets["Kiến nghị"].hide()


def hide_rows(_: Any, sheets: dict[str, Any]) -> None:
    sheets["Kiến nghị"].set_row(3, None, None, {"hidden": True})


def hide_column(_: Any, sheets: dict[str, Any]) -> None:
    sheets["Kiến nghị"].set_column(2, 2, None, None, {"hidden": True})


def second_sheet(workbook: Any, _: dict[str, Any]) -> None:
    sheet = workbook.add_worksheet("Kiến nghị (2)")
    for number, row in enumerate([list(PETITION), list(PETITION.values())]):
        sheet.write_row(number, 0, row)


def other_sheet(workbook: Any, _: dict[str, Any]) -> None:
    workbook.add_worksheet("Ghi chép 'riêng' ! 😀").write(0, 0, "không phải số liệu")


def second_header(_: Any, sheets: dict[str, Any]) -> None:
    for column, field in enumerate(PETITION):
        sheets["Kiến nghị"].write(PLENTY + 1, column, field)


def formula_cells(_: Any, sheets: dict[str, Any]) -> None:
    sheets["Kiến nghị"].write_formula(PLENTY, 0, '=CONCATENATE("P",20)', None, "P20")


def computed_to_zero(_: Any, sheets: dict[str, Any]) -> None:
    sheets["Hội nghị"].write(0, 20, "participants")
    sheets["Hội nghị"].write_formula(1, 20, "=1+1")


def error_cell(_: Any, sheets: dict[str, Any]) -> None:
    sheets["Kiến nghị"].write_formula(PLENTY, 2, "=NA()", None, "#N/A")


def without_values(part: bytes) -> bytes:
    """Replace the first key by a formula without a result, as openpyxl writes it."""
    return re.sub(rb'<c r="A2"[^>]*>.*?</c>', b'<c r="A2"><f>&quot;P&quot;&amp;1</f><v /></c>', part, count=1)


def ten_megabytes(part: bytes) -> bytes:
    """Replace the first key by a text longer than any program writes."""
    text = base64.b64encode(random.Random(1).randbytes(7_500_000))
    return re.sub(
        rb'<c r="A2"[^>]*>.*?</c>', b'<c r="A2" t="inlineStr"><is><t>' + text + b"</t></is></c>", part, count=1
    )


def outside_links(_: Any, sheets: dict[str, Any]) -> None:
    sheets["Kiến nghị"].write_url(40, 30, "external:c:\\temp\\x.xlsx#Sheet1!A1", string="")


def many_formatted(workbook: Any, sheets: dict[str, Any]) -> None:
    shade = workbook.add_format({"bg_color": "#eeeeee"})
    for number in range(30, 20_030):
        sheets["Kiến nghị"].set_row(number, None, shade)


def merged(_: Any, sheets: dict[str, Any]) -> None:
    sheets["Kiến nghị"].merge_range(30, 0, 33, 3, "")


def replace(old: bytes, new: bytes) -> Any:
    def change(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new, 1)

    return change


def a_million_formatted(part: bytes) -> bytes:
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % number for number in range(100, 1_000_100))
    return part.replace(b"</sheetData>", rows + b"</sheetData>")


def folder_of(name: str) -> Writer:
    def write(path: Path) -> None:
        path.mkdir()
        (path / name).write_text("x", encoding="utf-8")

    return write


def pipe(path: Path) -> None:
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.symlink_to(path)


def nested(path: Path) -> None:
    inner = path.with_suffix(".inner")
    book(inner)
    zip_writer({"feed.zip": inner.read_bytes() * 2})(path)
    inner.unlink()


def overlapping(path: Path) -> None:
    """Write a zip in which two directory entries name the same bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("cover.csv", csv_text([COVER]) * 40)
        archive.writestr("petitions.csv", csv_text(petitions()) * 40)
        archive.infolist()[1].header_offset = 0
        archive.filelist[1].compress_size = archive.filelist[0].compress_size * 400


CASES: dict[str, Case] = {
    # files that are no workbooks
    "an empty file": Case("a.xlsx", content(b""), "empty_file"),
    "one blank": Case("a.csv", content(b" \n"), "no_sheets"),
    "a PDF": Case("a.xlsx", content(b"%PDF-1.7 \n%%EOF"), "unsupported"),
    "a picture": Case("a.xlsx", content(b"\x89PNG\r\n\x1a\n" + bytes(99)), "unsupported"),
    "a 7z archive": Case("a.zip", content(b"7z\xbc\xaf\x27\x1c" + bytes(99)), "unsupported"),
    "a RAR archive": Case("a.zip", content(b"Rar!\x1a\x07\x00" + bytes(99)), "unsupported"),
    "noise": Case("a.csv", content(bytes(range(256)) * 20), "unsupported"),
    "HTML as .xls": Case("a.xls", content(b"<html><table><tr><td>1</td></tr></table></html>"), "unsupported"),
    "HTML in UTF-16 as .xls": Case("a.xls", content("<html><table></table></html>".encode("utf-16")), "unsupported"),
    "SpreadsheetML as .xls": Case(
        "a.xls",
        content(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        "unsupported",
    ),
    "a Word file": Case("a.xlsx", zip_writer({"[Content_Types].xml": b"", "word/document.xml": b""}), "unsupported"),
    "an old Word file": Case("a.xls", content(CFB + bytes(999) + "WordDocument\0".encode("utf-16-le")), "unsupported"),
    "a really encrypted workbook": Case("a.xlsx", lambda path: shutil.copy(ENCRYPTED, path), "encrypted"),
    "a broken .xls": Case("a.xls", content(CFB + bytes(999) + "Workbook\0".encode("utf-16-le")), "unreadable"),
    "a named pipe": Case("a.xlsx", pipe, "missing_file"),
    "a link to itself": Case("a.xlsx", loop, "missing_file"),
    "a folder of something else": Case("a", folder_of("cover.csv"), "no_header"),
    # archives
    "a bomb": Case("a.xlsx", zip_writer({"xl/workbook.xml": b" " * 90_000_000}), "suspicious_zip"),
    "a bomb of CSV": Case("a.zip", zip_writer({"petitions.csv": b"0" * 90_000_000}), "suspicious_zip"),
    "a gzip bomb": Case("a.csv.gz", content(gzip.compress(b"0" * 90_000_000)), "too_large"),
    "a truncated gzip": Case("a.csv.gz", content(gzip.compress(os.urandom(9000))[:5000]), "unreadable"),
    "a zip in a zip": Case("a.zip", nested, "packed_twice"),
    "entries that overlap": Case("a.zip", overlapping, "suspicious_zip"),
    "a path upwards": Case("a.zip", zip_writer({"../cover.csv": b"x"}), "suspicious_zip"),
    "an absolute path": Case("a.zip", zip_writer({"/etc/cover.csv": b"x"}), "suspicious_zip"),
    "a path of Windows": Case("a.zip", zip_writer({"..\\..\\cover.csv": b"x"}), "suspicious_zip"),
    "a drive letter": Case("a.zip", zip_writer({"c:cover.csv": b"x"}), "suspicious_zip"),
    "thousands of members": Case("a.zip", zip_writer({f"{n}.csv": b"" for n in range(3_000)}), "suspicious_zip"),
    "a zip of other things": Case("a.zip", zip_writer({"readme.md": b"x"}), "no_sheets"),
    "half a file": Case("a.xlsx", with_changed_bytes(lambda good: good[: len(good) // 2]), "unreadable"),
    "the last byte missing": Case("a.xlsx", with_changed_bytes(lambda good: good[:-1]), "unreadable"),
    "a flipped bit": Case(
        "a.xlsx", with_changed_bytes(lambda good: good[:900] + bytes([good[900] ^ 0xFF]) + good[901:]), "unreadable"
    ),
    # parts of a workbook
    "no workbook part": Case("a.xlsx", without("xl/workbook.xml"), "unsupported"),
    "no shared texts": Case("a.xlsx", without("xl/sharedStrings.xml"), "unreadable"),
    "no such sheet part": Case("a.xlsx", without(SHEET), "unreadable"),
    "a cell at XFD1048576": Case(
        "a.xlsx",
        with_edited_part(
            SHEET, replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
        ),
        "absurd_range",
    ),
    "a row beyond the sheet": Case(
        "a.xlsx",
        with_edited_part(
            SHEET, replace(b"</sheetData>", b'<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>')
        ),
        "absurd_range",
    ),
    "a row zero": Case("a.xlsx", with_edited_part(SHEET, replace(b'r="A2"', b'r="A0"')), "unreadable"),
    "rows out of order": Case("a.xlsx", with_edited_part(SHEET, replace(b'<row r="2"', b'<row r="9"')), "unreadable"),
    "a text that is not there": Case("a.xlsx", with_edited_part(SHEET, replace(b"<v>", b"<v>9999")), "unreadable"),
    "an entity that grows": Case(
        "a.xlsx",
        with_edited_part(
            SHEET,
            replace(
                b"<worksheet",
                b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet',
            ),
        ),
        "",
        ALL,
    ),
    "an entity of an outside file": Case(
        "a.xlsx",
        with_edited_part(
            "xl/sharedStrings.xml",
            lambda part: part.replace(b"<sst", b'<!DOCTYPE x [<!ENTITY p SYSTEM "/etc/passwd">]><sst', 1),
        ),
        "",
        ALL,
    ),
    "a tag without an end": Case(
        "a.xlsx", with_edited_part(SHEET, replace(b"</sheetData>", b"<row " + b'r="9" ' * 170_000)), "unreadable"
    ),
    "a wrong dimension": Case("a.xlsx", with_edited_part(SHEET, replace(b'ref="A1:', b'ref="A1:A2" x="A1:')), "", ALL),
    "macros": Case("a.xlsm", with_extra_parts({"xl/vbaProject.bin": os.urandom(4_000)}), "", ALL),
    "an external link": Case(
        "a.xlsx", with_extra_parts({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}), "", ALL
    ),
    "a million formatted rows": Case("a.xlsx", with_edited_part(SHEET, a_million_formatted), "", ALL),
    "thousands of shaded rows": Case("a.xlsx", book_writer(tweak=many_formatted), "", ALL),
    "an empty merged block": Case("a.xlsx", book_writer(tweak=merged), "", ALL),
    "a link far away": Case("a.xlsx", book_writer(tweak=outside_links), "", ALL),
    "the calendar of 1904": Case("a.xlsx", book_writer(options={"date_1904": True}), "", ALL),
    "a sheet with an odd name": Case("a.xlsx", book_writer(tweak=other_sheet), "", ALL),
    # cells
    "a formula with its value": Case("a.xlsx", book_writer(tweak=formula_cells), "", ALL),
    "a formula with a stored zero": Case("a.xlsx", book_writer(tweak=computed_to_zero), "formula_zero", ALL),
    "a formula never computed": Case("a.xlsx", with_edited_part(SHEET, without_values), "cell_error", ALL - 1),
    "an error in a cell": Case("a.xlsx", book_writer(tweak=error_cell), "not_a_date", ALL - 1),
    "a cell of ten megabytes": Case("a.xlsx", with_edited_part(SHEET, ten_megabytes), "too_long", ALL - 1),
    "a cell of ten megabytes in a CSV file": Case(
        "a", csv_folder(rows=petitions({"result_no": "x" * 10_000_000})), "endless_record", ALL - 1
    ),
    "marks of direction": Case("a.xlsx", book_writer(rows=petitions({"result_no": "\u202e1/UBND\u202c"})), "", ALL),
    "invisible letters": Case("a.xlsx", book_writer(rows=petitions({"petition_code": "P\u200b20"})), "", ALL),
    "a key that hides in zero width": Case(
        "a.xlsx", book_writer(rows=petitions({"petition_code": "P\u200b1"})), "duplicate_key", ALL - 2
    ),
    "a day that never was": Case(
        "a.xlsx", book_writer(rows=petitions({"received_on": "29/02/2023"})), "impossible_date", ALL - 1
    ),
    "a leap day that was": Case("a.xlsx", book_writer(rows=petitions({"received_on": "29/02/2024"})), "", ALL),
    "a name like a formula": Case("a.xlsx", book_writer(rows=petitions({"result_no": "=HYPERLINK(1)"})), "", ALL),
    "a name with plus": Case("a", csv_folder(rows=petitions({"result_no": "+1+cmd|x"})), "", ALL),
    "a name with minus": Case("a", csv_folder(rows=petitions({"result_no": "-2+3"})), "", ALL),
    "a name with at": Case("a", csv_folder(rows=petitions({"result_no": "@SUM(1)"})), "", ALL),
    # layout
    "a hidden sheet": Case("a.xlsx", book_writer(tweak=hide), "hidden_rows", ALL),
    "a hidden row": Case("a.xlsx", book_writer(tweak=hide_rows), "hidden_rows", ALL),
    "a hidden column": Case("a.xlsx", book_writer(tweak=hide_column), "", ALL),
    "a header twice": Case("a.xlsx", book_writer(tweak=second_header), "", ALL),
    "a sheet twice": Case("a.xlsx", book_writer(tweak=second_sheet), "repeated_sheet"),
    "no cover": Case(
        "a.zip",
        zip_writer({"dialogues.csv": csv_text([DIALOGUE]).encode(), "petitions.csv": csv_text(petitions()).encode()}),
        "no_cover",
    ),
    "an unknown sender": Case("a.xlsx", book_writer(cover=COVER | {"sender_unit_code": "99999"}), "unknown_sender"),
    "a period of nonsense": Case("a.xlsx", book_writer(cover=COVER | {"period": "2024Q9"}), "wrong_period"),
    # CSV
    "a mark at the start": Case("a", csv_folder(petitions_as=lambda text: text.encode("utf-8-sig")), "", ALL),
    "semicolons": Case("a", csv_folder(delimiter=";"), "", ALL),
    "tabs": Case("a", csv_folder(delimiter="\t"), "", ALL),
    "bars": Case("a", csv_folder(delimiter="|"), "", ALL),
    "UTF-16": Case("a", csv_folder(petitions_as=lambda text: text.encode("utf-16")), "", ALL),
    "lines of Windows": Case("a", csv_folder(petitions_as=lambda text: text.replace("\n", "\r\n").encode()), "", ALL),
    "lines of an old Macintosh": Case(
        "a", csv_folder(petitions_as=lambda text: text.replace("\n", "\r").encode()), "", ALL
    ),
    "a line break in a cell": Case("a", csv_folder(rows=petitions({"result_no": "1\n2"})), "", ALL),
    "quotes in a cell": Case("a", csv_folder(rows=petitions({"result_no": '1 "hai" 3'})), "", ALL),
    "a NUL": Case(
        "a", csv_folder(petitions_as=lambda text: text.replace("P20", "P\x0020").encode()), "nul_record", ALL - 1
    ),
    "a record too long": Case(
        "a", csv_folder(petitions_as=lambda text: (text.rstrip("\n") + ',"thừa"\n').encode()), "ragged_record", ALL - 1
    ),
    "a quote that never closes": Case(
        "a", csv_folder(petitions_as=lambda text: (text + '"P21,13285\n').encode()), "broken_quotes", ALL
    ),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return warehouse.home.create(tmp_path_factory.mktemp("hostile") / "home")


def landed(home: Home, source: Path) -> Landing:
    (landing,) = land_paths([source], home, warehouse.settings.load(home), NOW)
    return landing


def rows_of(home: Home, feed_id: str) -> tuple[int, int, str]:
    """Rows in the raw sheets, rows in quarantine, and the status of the feed."""
    with connect(home.warehouse, read_only=True) as con:
        sheets = [name for (name,) in con.execute(
            "select table_name from information_schema.columns where table_schema = 'raw' and column_name = 'received' "
            "and data_type like 'STRUCT%'"
        ).fetchall()]  # fmt: skip
        counts = [
            con.execute(f"select count(*) from raw.{name} where feed_id = ?", [feed_id]).fetchall() for name in sheets
        ]
        ((kept,),) = con.execute("select count(*) from raw.quarantine where feed_id = ?", [feed_id]).fetchall()
        ((status,),) = con.execute("select status from raw.feeds where feed_id = ?", [feed_id]).fetchall()
    return sum(count for ((count,),) in counts), kept, status


def peak_mb(*, reset: bool = False) -> float:
    """The peak memory of this process since the last call with `reset`."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    (line,) = [each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_feed_gets_its_message_and_lands_atomically(name: str, home: Home, tmp_path: Path) -> None:
    case = CASES[name]
    source = tmp_path / case.name
    case.write(source)
    before, start = peak_mb(reset=True), time.monotonic()
    landing = landed(home, source)
    assert time.monotonic() - start < SECONDS
    assert peak_mb() - before < PARENT_MB
    rules = {each.rule: each for each in landing.findings}
    if case.rule:
        said = rules[case.rule]
        assert VIETNAMESE & set(said.message.lower())
        assert said.message.endswith(".")
        assert said.remedy
        assert said.cell
    rows, kept, status = rows_of(home, landing.feed_id)
    if case.lands is None:
        assert (landing.verdict, rows, kept, status) == (Verdict.REJECTED, 0, 0, "rejected"), rules
    else:
        assert (landing.verdict, rows, status) == (Verdict.ACCEPTED, case.lands, "accepted"), landing.findings
        assert landing.rows_landed == rows
        assert landing.rows_quarantined >= kept  # plus unreadable records


LARGE_CASES = ("a bomb", "a cell at XFD1048576", "a million formatted rows", "noise")
CHECK_AND_MEASURE = """
import resource, sys
from doithoai.cli import exit_code
exit_code(["check", *sys.argv[2:], "--home", sys.argv[1]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_child_processes_stay_within_their_memory(home: Home, tmp_path: Path) -> None:
    """Checked in a separate process, because a child counts its parent's memory until it starts its own program."""
    sources = [tmp_path / str(number) / CASES[name].name for number, name in enumerate(LARGE_CASES)]
    for source, name in zip(sources, LARGE_CASES, strict=True):
        source.parent.mkdir()
        CASES[name].write(source)
    call = [sys.executable, "-c", CHECK_AND_MEASURE, str(home.root), *map(str, sources)]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=True)
    assert int(done.stdout.splitlines()[-1]) < Limits().memory_mb << 10


@pytest.mark.parametrize("name", ["a cell at XFD1048576", "a really encrypted workbook", "noise"])
def test_the_command_line_reports_it(name: str, home: Home, tmp_path: Path) -> None:
    case = CASES[name]
    case.write(tmp_path / case.name)
    call = [sys.executable, "-m", "doithoai", "check", str(tmp_path / case.name), "--home", str(home.root)]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert VIETNAMESE & set(done.stdout)


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "xlsb", "csv", "zip", "tmp", ""])
@pytest.mark.parametrize("content", ["xlsx", "xls", "ods"])
def test_a_workbook_is_recognized_by_its_content(content: str, ending: str, home: Home, tmp_path: Path) -> None:
    source = tmp_path / f"a.{ending}".rstrip(".")
    WORKBOOKS[content](source)
    (checked,) = check_paths([source], home, warehouse.settings.load(home), NOW)
    assert (checked.verdict, checked.rows_landed) == (Verdict.ACCEPTED, ALL), checked.findings


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60


def test_a_good_feed_lands_completely(home: Home, tmp_path: Path) -> None:
    book(tmp_path / "good.xlsx")
    landing = landed(home, tmp_path / "good.xlsx")
    assert (landing.verdict, landing.rows_landed, landing.rows_quarantined) == (Verdict.ACCEPTED, ALL, 0)

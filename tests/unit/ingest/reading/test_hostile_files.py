"""Hostile and broken files: each is refused with its own message, and the reading process survives."""

import gzip
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.model.received import ReceivedFeed

Reader = Callable[[Path], ReceivedFeed]
Writer = Callable[[Path], object]

_CFB = bytes.fromhex("D0CF11E0A1B11AE1")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Kiến nghị" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbook(rows: str) -> Writer:
    """Return a writer that writes a workbook whose sheet has these rows, given as XML."""

    def write(path: Path) -> None:
        sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
                archive.writestr(name, text)

    return write


def zipped(members: dict[str, bytes]) -> Writer:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)

    return write


def content(written: bytes) -> Writer:
    return lambda path: path.write_bytes(written)


def damaged(where: Callable[[bytes], bytes]) -> Writer:
    """Return a writer that writes a good workbook, then changes its bytes with `where`."""

    def write(path: Path) -> None:
        workbook('<row r="1"><c r="A1"><v>1</v></c></row>')(path)
        path.write_bytes(where(path.read_bytes()))

    return write


def _flipped(good: bytes) -> bytes:
    place = good.find(b"xl/worksheets/sheet1.xml") + 40
    return good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :]


HOSTILE: dict[str, tuple[str, Writer, str]] = {
    "one far cell": ("a.xlsx", workbook('<row r="9"><c r="XFD1048576"><v>1</v></c></row>'), "absurd_range"),
    "a row beyond Excel": ("a.xlsx", workbook('<row r="99999999"><c r="A99999999"><v>1</v></c></row>'), "absurd_range"),
    "a bad cell reference": ("a.xlsx", workbook('<row r="1"><c r="A0"><v>1</v></c></row>'), "unreadable"),
    "too many rows": (
        "a.xlsx",
        workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1001"><c r="A1001"><v>1</v></c></row>'),
        "too_many_rows",
    ),
    "rows out of order": (
        "a.xlsx",
        workbook('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'),
        "unreadable",
    ),
    "too many cells for the memory": (
        "a.xlsx",
        workbook("<row>" + "<c><v>7</v></c>" * 4_000_000 + "</row>"),
        "suspicious_zip",
    ),
    "a bomb": ("a.xlsx", zipped({"xl/workbook.xml": b" " * 90_000_000}), "suspicious_zip"),
    "more than fits": (
        "a.zip",
        zipped({f"{n}.csv": os.urandom(1000) + b" " * 3_900_000 for n in range(60)}),
        "too_large",
    ),
    "a path out of the folder": ("a.zip", zipped({"../petitions.csv": b"x"}), "suspicious_zip"),
    "an absolute path": ("a.zip", zipped({"/etc/cron.d/petitions.csv": b"x"}), "suspicious_zip"),
    "a truncated zip": ("a.xlsx", damaged(lambda good: good[: len(good) // 2]), "unreadable"),
    "a wrong checksum": ("a.xlsx", damaged(_flipped), "unreadable"),
    "a zip of other things": ("a.zip", zipped({"readme.md": b"x"}), "no_sheets"),
    "a Word file": ("a.xlsx", zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "unsupported"),
    "an encrypted workbook": (
        "a.xlsx",
        content(_CFB + b"\0" * 999 + "EncryptedPackage\0".encode("utf-16-le")),
        "encrypted",
    ),
    "an old Word file": ("a.xls", content(_CFB + b"\0" * 999 + "WordDocument\0".encode("utf-16-le")), "unsupported"),
    "a broken .xls": ("a.xls", content(_CFB + b"\0" * 999 + "Workbook\0".encode("utf-16-le")), "unreadable"),
    "HTML as .xls": ("a.xls", content(b"<html><table><tr><td>1</td></tr></table></html>"), "unsupported"),
    "SpreadsheetML": (
        "a.xls",
        content(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        "unsupported",
    ),
    "PDF as .xlsx": ("a.xlsx", content(b"%PDF-1.7 "), "unsupported"),
    "noise": ("a.csv", content(bytes(range(256)) * 20), "unsupported"),
    "a gzip bomb": ("a.csv.gz", content(gzip.compress(b"0" * 20_000_000)), "too_large"),
    "a truncated gzip": ("a.csv.gz", content(gzip.compress(os.urandom(9000))[:5000]), "unreadable"),
    "an empty file": ("a.csv", content(b""), "empty_file"),
    "a large file": ("a.csv", content(b"a,b\n" * 3_000_000), "too_large"),
    "text that is no feed": ("a.csv", content(b"a,b\n1,2\n"), "no_sheets"),
    "a petitions file without header": ("petitions.csv", content(b"1,2\n3,4\n"), "no_header"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(case: str, read: Reader, tmp_path: Path) -> None:
    name, write, rule = HOSTILE[case]
    write(tmp_path / name)
    feed = read(tmp_path / name)
    (obstacle,) = feed.obstacles
    assert (feed.sheets, obstacle.rule, obstacle.rejects_feed) == ((), rule, True)
    assert obstacle.message.endswith(".")
    assert obstacle.remedy.endswith(".")


def test_a_missing_file(read: Reader, tmp_path: Path) -> None:
    (obstacle,) = read(tmp_path / "missing.xlsx").obstacles
    assert obstacle.rule == "missing_file"


def test_a_parser_out_of_memory_is_survived(read: Reader, tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="ZZ{n}"><v>{n}</v></c><c r="A{n}"><v>1</v></c></row>' for n in range(1, 90_000))
    workbook(rows)(tmp_path / "a.xlsx")
    (obstacle,) = read(tmp_path / "a.xlsx").obstacles
    assert obstacle.rule == "parser_stopped"

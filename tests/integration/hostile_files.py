"""Writers of hostile, broken and unusual feed files, for the table of cases in `test_hostile_files.py`."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from tests.integration.feed_files import COVER, DIALOGUE, PETITION

Writer = Callable[[Path], object]
Rows = Sequence[Mapping[str, Any]]
PLENTY = 20
"""Enough good rows that one bad row is less than a tenth of the feed."""


def petitions(*odd: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return twenty valid petitions; the last ones have the changes of `odd`."""
    rows: list[dict[str, Any]] = [{**PETITION, "petition_code": f"P{number}"} for number in range(1, PLENTY + 1)]
    for number, changes in enumerate(odd, start=1):
        rows[-number] |= changes
    return rows


def book(
    path: Path,
    *,
    rows: Rows | None = None,
    tweak: Callable[[Any, dict[str, Any]], None] | None = None,
    options: Mapping[str, Any] | None = None,
    cover: Mapping[str, Any] = COVER,
) -> None:
    """Write a workbook of cover, dialogues and petitions; `tweak` changes the workbook and sheets before closing."""
    sheets: dict[str, Rows] = {"Thông tin": [cover], "Hội nghị": [DIALOGUE], "Kiến nghị": rows or petitions()}
    workbook = xlsxwriter.Workbook(path, {"strings_to_formulas": False, **(options or {})})
    made = {}
    for name, table in sheets.items():
        sheet = made[name] = workbook.add_worksheet(name)
        sheet.write_row(0, 0, header_of(table))
        for number, row in enumerate(table, start=1):
            sheet.write_row(number, 0, [row.get(field, "") for field in header_of(table)])
    if tweak:
        tweak(workbook, made)
    workbook.close()


def tables() -> dict[str, list[list[str]]]:
    """The sheets of a valid feed as rows of texts."""
    sheets: dict[str, Rows] = {"Thông tin": [COVER], "Hội nghị": [DIALOGUE], "Kiến nghị": petitions()}
    return {
        name: [header_of(rows), *([str(row.get(field, "")) for field in header_of(rows)] for row in rows)]
        for name, rows in sheets.items()
    }


def book_as_xls(path: Path) -> None:
    """Write the valid workbook in the format of Excel up to 2003."""
    workbook = xlwt.Workbook()
    for name, lines in tables().items():
        sheet = workbook.add_sheet(name)
        for number, line in enumerate(lines):
            for place, cell in enumerate(line):
                sheet.write(number, place, cell)
    with path.open("wb") as file:
        workbook.save(file)


def book_as_ods(path: Path) -> None:
    """Write the valid workbook as LibreOffice does."""
    document = OpenDocumentSpreadsheet()
    for name, lines in tables().items():
        table = Table(name=name)
        for line in lines:
            row = TableRow()
            for cell in line:
                filled = TableCell(valuetype="string")
                filled.addElement(P(text=cell))
                row.addElement(filled)
            table.addElement(row)
        document.spreadsheet.addElement(table)
    with path.open("wb") as file:
        document.write(file)


def header_of(rows: Rows) -> list[str]:
    """All fields of the rows, in the order of their first appearance."""
    return list(dict.fromkeys(field for row in rows for field in row))


def book_writer(**how: Any) -> Writer:
    """Return a writer that calls `book` with these arguments."""
    return lambda path: book(path, **how)


def with_edited_part(member: str, change: Callable[[bytes], bytes]) -> Writer:
    """Return a writer that writes a valid workbook, with the part `member` changed by `change`."""

    def write(path: Path) -> None:
        book(path.with_suffix(".good"))
        with (
            zipfile.ZipFile(path.with_suffix(".good")) as good,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bad,
        ):
            for name in good.namelist():
                bad.writestr(name, change(good.read(name)) if name == member else good.read(name))
        path.with_suffix(".good").unlink()

    return write


def with_extra_parts(members: Mapping[str, bytes]) -> Writer:
    """Return a writer that writes a valid workbook with additional parts."""

    def write(path: Path) -> None:
        book(path)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)

    return write


def without(member: str) -> Writer:
    """Return a writer that writes a valid workbook without the part `member`."""

    def write(path: Path) -> None:
        book(path.with_suffix(".good"))
        with zipfile.ZipFile(path.with_suffix(".good")) as good, zipfile.ZipFile(path, "w") as bad:
            for name in good.namelist():
                if name != member:
                    bad.writestr(name, good.read(name))
        path.with_suffix(".good").unlink()

    return write


def with_changed_bytes(change: Callable[[bytes], bytes]) -> Writer:
    """Return a writer that writes a valid workbook, then corrupts its bytes with `change`."""

    def write(path: Path) -> None:
        book(path)
        path.write_bytes(change(path.read_bytes()))

    return write


def content(written: bytes) -> Writer:
    return lambda path: path.write_bytes(written)


def zip_writer(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Writer:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, written in members.items():
                archive.writestr(name, written)

    return write


def csv_text(rows: Rows, delimiter: str = ",") -> str:
    """The rows as CSV, every cell quoted, all fields in the header."""
    header = header_of(rows)
    lines = [header, *([str(row.get(field, "")) for field in header] for row in rows)]
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    return "\n".join(quoted) + "\n"


def csv_folder(
    *, petitions_as: Callable[[str], bytes] = str.encode, delimiter: str = ",", rows: Rows | None = None
) -> Writer:
    """Return a writer that writes a folder of CSV files; `petitions_as` encodes petitions.csv."""

    def write(path: Path) -> None:
        path.mkdir()
        (path / "cover.csv").write_text(csv_text([COVER]), encoding="utf-8")
        (path / "dialogues.csv").write_text(csv_text([DIALOGUE]), encoding="utf-8")
        (path / "petitions.csv").write_bytes(petitions_as(csv_text(rows or petitions(), delimiter)))

    return write

"""Small programs that write hostile, broken and odd feed files, each for one row of the table of cases."""

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
"""So many good rows that one bad row is no tenth of the feed."""


def petitions(*odd: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Twenty valid petitions; the last ones with the changes of `odd`."""
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
    """A workbook of cover, dialogues and petitions; `tweak` sees the workbook and its sheets before it is closed."""
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
    """The sheets of a valid feed as lines of texts."""
    sheets: dict[str, Rows] = {"Thông tin": [COVER], "Hội nghị": [DIALOGUE], "Kiến nghị": petitions()}
    return {
        name: [header_of(rows), *([str(row.get(field, "")) for field in header_of(rows)] for row in rows)]
        for name, rows in sheets.items()
    }


def book_as_xls(path: Path) -> None:
    """The valid workbook as Excel wrote it until 2003."""
    workbook = xlwt.Workbook()
    for name, lines in tables().items():
        sheet = workbook.add_sheet(name)
        for number, line in enumerate(lines):
            for place, cell in enumerate(line):
                sheet.write(number, place, cell)
    with path.open("wb") as file:
        workbook.save(file)


def book_as_ods(path: Path) -> None:
    """The valid workbook as LibreOffice writes it."""
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
    """Every field of the rows, in the order of their first appearance."""
    return list(dict.fromkeys(field for row in rows for field in row))


def of_book(**how: Any) -> Writer:
    """Writes such a workbook."""
    return lambda path: book(path, **how)


def edited(member: str, change: Callable[[bytes], bytes]) -> Writer:
    """A valid workbook one part of which is changed."""

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


def added(members: Mapping[str, bytes]) -> Writer:
    """A valid workbook with more parts in it."""

    def write(path: Path) -> None:
        book(path)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)

    return write


def without(member: str) -> Writer:
    """A valid workbook that lacks a part."""

    def write(path: Path) -> None:
        book(path.with_suffix(".good"))
        with zipfile.ZipFile(path.with_suffix(".good")) as good, zipfile.ZipFile(path, "w") as bad:
            for name in good.namelist():
                if name != member:
                    bad.writestr(name, good.read(name))
        path.with_suffix(".good").unlink()

    return write


def bytes_changed(change: Callable[[bytes], bytes]) -> Writer:
    """A valid workbook with its bytes changed."""

    def write(path: Path) -> None:
        book(path)
        path.write_bytes(change(path.read_bytes()))

    return write


def content(written: bytes) -> Writer:
    return lambda path: path.write_bytes(written)


def zipped(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Writer:
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
    """A folder of CSV files; `petitions_as` makes the bytes of petitions.csv."""

    def write(path: Path) -> None:
        path.mkdir()
        (path / "cover.csv").write_text(csv_text([COVER]), encoding="utf-8")
        (path / "dialogues.csv").write_text(csv_text([DIALOGUE]), encoding="utf-8")
        (path / "petitions.csv").write_bytes(petitions_as(csv_text(rows or petitions(), delimiter)))

    return write

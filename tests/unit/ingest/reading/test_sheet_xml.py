"""Facts from a sheet's XML: the places of cells without references, and harmful content."""

import zipfile
from pathlib import Path

import pytest

from ingest.reading.workbook.notes import SheetNotes
from ingest.reading.workbook.sheet_xml import scan_workbook
from ingest.reading.workbook.zip_archive import open_archive
from warehouse.settings import Limits

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def notes(folder: Path, rows: str, before: str = "") -> SheetNotes:
    """Scan a workbook whose only sheet has these rows, and return the notes on the sheet."""
    path = folder / "a.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        relation = '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
        of_package = "http://schemas.openxmlformats.org/package/2006/relationships"
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{of_package}">{relation}</Relationships>')
        sheet = '<sheet name="A" sheetId="1" o:id="r1"/>'
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:o="{_OFFICE}">{sheet}</workbook>')
        data = f'{before}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        book.writestr("xl/worksheets/sheet1.xml", data)
    return scan_workbook(open_archive(path, "a.xlsx", Limits()), 30)["A"]


def test_cells_without_references_follow_each_other(tmp_path: Path) -> None:
    found = notes(
        tmp_path,
        '<row><c/><c t="e"><v>#N/A</v></c></row>'
        '<row r="4" hidden="1"><c r="B4"/><c t="e"><v>#REF!</v></c><c r="F4"><f>A1</f></c>'
        "<c><f>A2</f><v>0</v></c></row>"
        '<row hidden="true"><c r="A9" t="e"><v>#NUM!</v></c></row>',
    )
    assert found.texts == {(0, 1): "#N/A", (3, 2): "#REF!", (3, 5): "#CHƯA TÍNH: =A1", (8, 0): "#NUM!"}
    assert found.zeros == {(3, 6)}
    assert found.hidden_rows == {3, 8}
    assert not found.unordered


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ('<row r="1"><c r="ALM1"><v>1</v></c></row>', "ALM1"),
        ('<row r="1"><c r="ALL1"><v>1</v></c><c r="XFD1"/></row>', ""),
        ('<row r="1048577"><c/></row>', "A1048577"),
        (f"<row>{'<c/>' * 1_001}<c><v>1</v></c></row>", "A1"),
    ],
)
def test_a_cell_far_away_is_found(tmp_path: Path, rows: str, cell: str) -> None:
    assert notes(tmp_path, rows).far_cell == cell


def test_rows_in_descending_order_are_found(tmp_path: Path) -> None:
    assert notes(tmp_path, '<row r="5"/><row r="3"/>').unordered


@pytest.mark.parametrize(
    ("rows", "before"),
    [
        ('<row r="1"><c r="A1"><v>&lol;</v></c></row>', '<!DOCTYPE x [<!ENTITY lol "lol">]>'),
        ('<row r="1"><c></row>', ""),
    ],
)
def test_entities_and_broken_xml_are_refused(tmp_path: Path, rows: str, before: str) -> None:
    assert notes(tmp_path, rows, before).unread

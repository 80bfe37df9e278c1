"""Restore drop-down lists from a sheet's extension list, which openpyxl drops; imports nothing from the project.

Excel 2010 and later store a validation that refers to another sheet in `extLst`. A plain one works as well, so each is
restored as one.
"""

import zipfile
from collections.abc import Iterator, Mapping
from posixpath import join, normpath
from typing import Any

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def validations_apart(workbook: str) -> dict[str, list[Any]]:
    """The validations in extension lists, by sheet title, as plain validations of openpyxl."""
    with zipfile.ZipFile(workbook) as archive:
        members = set(archive.namelist())
        parts = {title: part for title, part in _parts(archive).items() if part in members}
        return {title: list(_validations(archive, part)) for title, part in parts.items()}


def _parts(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """The archive members that store the sheets, by title."""
    from openpyxl.xml.functions import fromstring

    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in links.iter(f"{_LINKS}Relationship")}
    sheets = fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    return {each.get("name", ""): _path(targets.get(each.get(_LINK), "")) for each in sheets}


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _validations(archive: zipfile.ZipFile, part: str) -> Iterator[Any]:
    from openpyxl.xml.functions import iterparse

    with archive.open(part) as stream:
        for _, element in iterparse(stream):
            if element.tag == f"{_X14}dataValidation":
                yield _plain(element)
            elif element.tag == f"{_MAIN}row":
                element.clear()


def _plain(element: Any) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    known = {name: value for name, value in element.attrib.items() if name in DataValidation.__attrs__}
    cells = element.findtext(f"{_XM}sqref", "")
    formulas = {name: element.findtext(f"{_X14}{name}/{_XM}f") for name in ("formula1", "formula2")}
    return DataValidation(**{**known, **formulas, "sqref": cells})

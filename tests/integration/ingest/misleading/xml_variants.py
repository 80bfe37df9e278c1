"""Rewrites of one .xlsx in other valid forms of its XML, as written by programs other than Excel."""

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = {
    _MAIN: b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}
_RELATIONS = "xl/_rels/workbook.xml.rels"
Rewrite = Callable[[str, bytes], bytes]


def rewrite_zip(source: Path, target: Path, rewrite: Rewrite) -> Path:
    """Copy the zip `source` to `target`, with each member rewritten by `rewrite`."""
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(name, rewrite(name, read.read(name)))
    return target


def _strict(_name: str, xml: bytes) -> bytes:
    for transitional, strict in _STRICT.items():
        xml = xml.replace(transitional, strict)
    return xml


def _prefixed(name: str, xml: bytes) -> bytes:
    """Give every element of the main namespace a prefix."""
    if not name.endswith(".xml") or b'xmlns="' + _MAIN not in xml:
        return xml
    xml = xml.replace(b'xmlns="' + _MAIN, b'xmlns:x="' + _MAIN)
    return re.sub(rb"<(/?)([A-Za-z]\w*)(?=[\s/>])", rb"<\1x:\2", xml)


def _without_references(name: str, xml: bytes) -> bytes:
    """Remove the references of rows and cells, and write blank ones explicitly, because the position now counts."""
    if "worksheets/sheet" not in name:
        return xml
    rows = re.findall(rb"<row[^>]*?(?:/>|>.*?</row>)", xml, re.DOTALL)
    by_number = {int(found[1]): row for row in rows if (found := re.search(rb'r="(\d+)"', row))}
    filled = b"".join(_unnumbered(by_number.get(at, b"<row/>")) for at in range(1, max(by_number) + 1))
    return xml.replace(b"".join(rows), filled)


def _unnumbered(row: bytes) -> bytes:
    cells = re.findall(rb"<c [^>]*?(?:/>|>.*?</c>)", row, re.DOTALL)
    by_column = {_column(cell): re.sub(rb' r="[A-Z]+\d+"', b"", cell, count=1) for cell in cells}
    content = b"".join(by_column.get(at, b"<c/>") for at in range(1, max(by_column, default=0) + 1))
    start = re.sub(rb' r="\d+"', b"", row[: row.index(b">") + 1].replace(b"/>", b">"), count=1)
    return start + content + b"</row>"


def _column(cell: bytes) -> int:
    found = re.search(rb'r="([A-Z])\d+"', cell)
    assert found
    return found[1][0] - 64


def _inline(name: str, xml: bytes, shared: list[bytes]) -> bytes:
    """Replace references to shared texts by the texts themselves."""
    if "worksheets/sheet" not in name:
        return xml
    return re.sub(
        rb'<c ([^>]*?)t="s"([^>]*)><v>(\d+)</v></c>',
        lambda cell: b'<c %st="inlineStr"%s><is>%s</is></c>' % (cell[1], cell[2], shared[int(cell[3])]),
        xml,
    )


def _in_runs(name: str, xml: bytes) -> bytes:
    """Split shared texts into several runs, with a phonetic guide that is not part of them."""
    if name != "xl/sharedStrings.xml":
        return xml
    return re.sub(rb"<si><t[^>]*>([^<]+)</t></si>", lambda text: _as_runs(text[1].decode()).encode(), xml)


def _as_runs(text: str) -> str:
    runs = f'<r><t xml:space="preserve">{text[:2]}</t></r><r><rPr><b/></rPr><t xml:space="preserve">{text[2:]}</t></r>'
    return f'<si>{runs}<rPh sb="0" eb="1"><t>ngu</t></rPh><phoneticPr fontId="1"/></si>'


def _absolute(name: str, xml: bytes) -> bytes:
    return re.sub(rb'Target="(?!/)', b'Target="/xl/', xml) if name == _RELATIONS else xml


def _with_detours(name: str, xml: bytes) -> bytes:
    return re.sub(rb'Target="worksheets/', b'Target="./theme/../worksheets/', xml) if name == _RELATIONS else xml


def _with_backslashes(name: str, xml: bytes) -> bytes:
    return re.sub(rb'Target="worksheets/', rb'Target="worksheets\\', xml) if name == _RELATIONS else xml


def _without_dimension(_name: str, xml: bytes) -> bytes:
    return re.sub(rb"<dimension[^>]*/>", b"", xml)


def variants(source: Path) -> Mapping[str, Rewrite]:
    """The rewrites of `source`, by what they change."""
    with zipfile.ZipFile(source) as book:
        shared = re.findall(rb"<si>(.*?)</si>", book.read("xl/sharedStrings.xml"), re.DOTALL)
    return {
        "strict": _strict,
        "prefixed": _prefixed,
        "without_references": _without_references,
        "inline": lambda name, xml: _inline(name, xml, shared),
        "in_runs": _in_runs,
        "absolute": _absolute,
        "detours": _with_detours,
        "with_backslashes": _with_backslashes,
        "without_dimension": _without_dimension,
        "strict_prefixed_without_references": lambda name, xml: _prefixed_strict(name, _without_references(name, xml)),
    }


def _prefixed_strict(name: str, xml: bytes) -> bytes:
    return _strict(name, _prefixed(name, xml))

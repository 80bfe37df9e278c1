"""What the parser does not tell about an .xlsx, from its sheets' XML in one streamed pass.

Cells beyond any sensible range, cells that hold an error or a formula never computed, formulas whose stored result is
zero, as programs that cannot compute write it, and hidden rows. XML is scanned
for the few patterns meant, never built: nothing in it can expand.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.reading.archive import OpenArchive
from ingest.received import UNCOMPUTED

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_FAR_COLUMN = re.compile(rb'r="([B-Z][A-Z]{2}|AL[M-Z]|A[M-Z][A-Z]|[A-Z]{4,})(\d+)"[^>/]*>')
_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_LAST_ROW = 1_048_576
_ERROR = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*t="e"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>([^<]*)</v>')
_FORMULA = rb'<c r="([A-Z]+\d+)"(?![^>]*t="str")[^>]*><f[^>]*?(?:/>|>([^<]*)</f>)'
_UNCOMPUTED = re.compile(_FORMULA + rb"(?:<v\s*/>|<v></v>)?</c>")
_ZERO = re.compile(_FORMULA + rb"<v>0</v></c>")
_HIDDEN_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
_TAIL = 4 << 20


@dataclass
class SheetNotes:
    """What one sheet's XML tells: the first far cell, whether rows are out of order, texts by cell, hidden rows.

    `zeros` are the cells of formulas whose stored result is zero.
    """

    far_cell: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    unordered: bool = False
    last_row: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    zeros: list[str] = field(default_factory=list)


def scan_workbook(archive: OpenArchive) -> dict[str, SheetNotes]:
    """Notes by sheet name; reads every member through, so that each one's size and CRC are proved."""
    members = _sheet_members(archive)
    notes = {}
    for member in archive.names():
        if member in members:
            notes[members[member]] = _scan(archive.blocks(member))
        else:
            for _block in archive.blocks(member):
                pass
    return notes


def _sheet_members(archive: OpenArchive) -> dict[str, str]:
    """Member name → sheet name, from the workbook part and its relations."""
    names = set(archive.names())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    relations = {
        entry.get("Id", ""): _member(entry.get("Target", ""))
        for entry in _entries(_RELATION, b"".join(archive.blocks("xl/_rels/workbook.xml.rels")))
    }
    sheets = _entries(_SHEET, b"".join(archive.blocks("xl/workbook.xml")))
    return {relations.get(sheet.get("r:id", ""), ""): sheet.get("name", "") for sheet in sheets}


def _entries(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[dict[str, str]]:
    for found in pattern.finditer(xml):
        yield {
            key.decode(): html.unescape(value.decode("utf-8", "replace"))
            for key, value in _ATTRIBUTE.findall(found.group())
        }


def _member(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _scan(blocks: Iterable[bytes]) -> SheetNotes:
    notes = SheetNotes()
    tail = b""
    for block in blocks:
        chunk = tail + block
        cut = chunk.rfind(b"<row")
        tail = chunk[cut:] if cut > 0 else chunk
        if cut > 0:
            _note(notes, chunk[:cut])
        elif len(tail) > _TAIL:
            _note(notes, tail)
            tail = b""
    _note(notes, tail)
    return notes


def _note(notes: SheetNotes, chunk: bytes) -> None:
    far = notes.far_cell or _far_cell(chunk)
    notes.far_cell = far
    _note_rows(notes, chunk)
    if b't="e"' in chunk:
        notes.texts.update((cell.decode(), html.unescape(text.decode())) for cell, text in _ERROR.findall(chunk))
    if b"<f" in chunk:
        found = _UNCOMPUTED.findall(chunk)
        notes.texts.update((cell.decode(), f"{UNCOMPUTED}{html.unescape(text.decode())}") for cell, text in found)
        notes.zeros += [cell.decode() for cell, _ in _ZERO.findall(chunk)]
    if b"hidden=" in chunk:
        notes.hidden_rows.update(int(row) for row in _HIDDEN_ROW.findall(chunk))


def _far_cell(chunk: bytes) -> str:
    """The first cell with content beyond column ALL (1,000)."""
    if found := _FAR_COLUMN.search(chunk):
        return (found[1] + found[2]).decode()
    return ""


def _note_rows(notes: SheetNotes, chunk: bytes) -> None:
    """Whether rows go on upwards: of rows out of order the parser would lose some."""
    rows = [notes.last_row, *map(int, _ROW.findall(chunk))]
    notes.unordered = notes.unordered or any(after <= before for before, after in pairwise(rows))
    notes.last_row = rows[-1]
    if max(rows) > _LAST_ROW and not notes.far_cell:
        notes.far_cell = f"A{max(rows)}"

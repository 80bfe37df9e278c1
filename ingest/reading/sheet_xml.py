"""What the parser does not tell about an .xlsx, from its sheets' XML in one streamed pass.

Cells beyond any sensible range, cells that hold an error or a formula never computed, formulas whose stored result is
zero, as programs that cannot compute write it, and hidden rows. XML is scanned
for the few patterns meant, never built: nothing in it can expand.
"""

import html
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.reading.archive import OpenArchive
from ingest.reading.obstacles import UnreadableError, timed_out
from ingest.received import UNCOMPUTED

_SHEET = re.compile(rb"<(?:\w{1,9}:)?sheet\s[^<>]{0,900}>")
_RELATION = re.compile(rb"<(?:\w{1,9}:)?Relationship\s[^<>]{0,2000}>")
_ATTRIBUTE = re.compile(rb'([\w:]{1,90})\s*=\s*"([^"]{0,2000})"')
_SOME = rb"[^<>]{0,300}"
"""The attributes of a tag, as many as programs write; without an end, one look at a part would be one at all of it."""

_FAR_COLUMN = re.compile(rb'r="([B-Z][A-Z]{2}|AL[M-Z]|A[M-Z][A-Z]|[A-Z]{4,9})(\d{1,9})"[^<>/]{0,300}>')
_ROW = re.compile(rb"<row " + _SOME.replace(b"}", b"}?") + rb'\br="(\d{1,9})"')
_LAST_ROW = 1_048_576
_CELL = rb'<c r="([A-Z]{1,9}\d{1,9})"'
_ERROR = re.compile(
    _CELL
    + _SOME
    + rb't="e"'
    + _SOME
    + rb">(?:<f"
    + _SOME
    + rb">[^<]{0,9000}</f>|<f"
    + _SOME
    + rb"/>)?<v>([^<]{0,99})</v>"
)
_FORMULA = (
    _CELL
    + rb"(?!"
    + _SOME
    + rb't="str")'
    + _SOME
    + rb"><f"
    + _SOME.replace(b"}", b"}?")
    + rb"(?:/>|>([^<]{0,9000})</f>)"
)
_UNCOMPUTED = re.compile(_FORMULA + rb"(?:<v\s?/>|<v></v>)?</c>")
_ZERO = re.compile(_FORMULA + rb"<v>0</v></c>")
_HIDDEN_ROW = re.compile(_ROW.pattern + _SOME.replace(b"}", b"}?") + rb'\bhidden="(?:1|true)"')
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


def scan_workbook(archive: OpenArchive, seconds: int) -> dict[str, SheetNotes]:
    """Notes by sheet name; reads every member through, so that each one's size and CRC are proved.

    Raises UnreadableError where that takes longer than `seconds`.
    """
    until = time.monotonic() + seconds
    members = _sheet_members(archive)
    notes = {}
    for member in archive.names():
        blocks = _in_time(archive, member, until, seconds)
        if member in members:
            notes[members[member]] = _scan(blocks)
        else:
            for _block in blocks:
                pass
    return notes


def _in_time(archive: OpenArchive, member: str, until: float, seconds: int) -> Iterator[bytes]:
    """The blocks of one file in the zip, for as long as there is time."""
    for block in archive.blocks(member):
        if time.monotonic() > until:
            raise UnreadableError(timed_out(archive.name, seconds))
        yield block


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

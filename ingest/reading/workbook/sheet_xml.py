"""Facts about an .xlsx that the workbook parser does not report, from one streamed pass over the XML of its sheets.

They are cells beyond any sensible range, cells with an error or with a formula that was never computed, formulas whose
stored result is zero, numbers in custom formats, and hidden rows.
"""

import posixpath
import time
from collections.abc import Callable, Iterable, Iterator, Mapping

from ingest.model.received import UNCOMPUTED
from ingest.reading.grid import Position
from ingest.reading.obstacles import UnreadableError, timed_out
from ingest.reading.workbook import xml_stream
from ingest.reading.workbook.notes import LONGEST_FORMULA, SheetNotes
from ingest.reading.workbook.number_format import changes_numbers, shown_by
from ingest.reading.workbook.zip_archive import OpenArchive

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET_NAMES = xml_stream.names(_MAIN, "row", "c", "v", "f", "is")
_STYLE_NAMES = xml_stream.names(_MAIN, "numFmt", "cellXfs", "cellStyleXfs", "xf")
_ID_NAMES = tuple(xml_stream.names(_OFFICE, "id"))
_BUILT_IN = {"9": "0%", "10": "0.00%"}
_NUMBERS = (None, "n")
"""The types of cells that hold a number; a cell without a type does too."""

_LAST_COLUMN = 1_000
_LAST_ROW = 1_048_576


def scan_workbook(archive: OpenArchive, seconds: int) -> dict[str, SheetNotes]:
    """Return the facts by sheet name; every member is read to its end, so that its size and CRC are verified.

    Raise UnreadableError if a member is damaged, or if reading takes longer than `seconds`.
    """
    until = time.monotonic() + seconds
    members = _sheet_members(archive)
    formats = _formats(archive) if members else {}
    notes = {}
    for member in archive.names():
        blocks = in_time(archive, member, until, seconds)
        if member in members:
            notes[members[member]] = _SheetScan(formats).scan(blocks)
        else:
            for _block in blocks:
                pass
    return notes


def in_time(archive: OpenArchive, member: str, until: float, seconds: int) -> Iterator[bytes]:
    """Yield the blocks of one member; raise UnreadableError (with the limit, `seconds`) once `until` is past."""
    for block in archive.blocks(member):
        if time.monotonic() > until:
            raise UnreadableError(timed_out(archive.name, seconds))
        yield block


def _sheet_members(archive: OpenArchive) -> dict[str, str]:
    """The sheet names by member name, from the workbook part and its relationships."""
    if not {WORKBOOK, RELATIONS} <= set(archive.names()):
        return {}
    targets = {
        entry.get("Id", ""): member_of(entry.get("Target", ""))
        for entry in entries(archive, RELATIONS, xml_stream.names((PACKAGE,), "Relationship"))
    }
    sheets = entries(archive, WORKBOOK, xml_stream.names(_MAIN, "sheet"))
    return {targets.get(_relation(sheet), ""): sheet.get("name", "") for sheet in sheets}


def entries(archive: OpenArchive, member: str, wanted: Mapping[str, str]) -> list[xml_stream.Attributes]:
    """The attributes of each element in the member whose qualified name is in `wanted`."""
    found: list[xml_stream.Attributes] = []
    xml_stream.elements(archive.blocks(member), wanted, lambda _, attributes: found.append(dict(attributes)))
    return found


def _relation(sheet: xml_stream.Attributes) -> str:
    """The id of the relationship that leads to a sheet's part."""
    return next((sheet[name] for name in _ID_NAMES[1:] if name in sheet), "")


def member_of(target: str) -> str:
    """The zip member that a relationship target leads to, from the root or from the workbook's folder."""
    return posixpath.normpath(posixpath.join("/xl", target.replace("\\", "/"))).lstrip("/")


def _formats(archive: OpenArchive) -> dict[str, str]:
    """The formats that display a number as another text, by the index of the cell style."""
    if "xl/styles.xml" not in archive.names():
        return {}
    patterns = dict(_BUILT_IN)
    styles: list[str] = []
    places: list[str] = []

    def take(name: str, attributes: xml_stream.Attributes) -> None:
        if name == "numFmt":
            patterns[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and places and places[-1] == "cellXfs":
            styles.append(attributes.get("numFmtId", ""))
        elif name != "xf":
            places.append(name)

    xml_stream.elements(archive.blocks("xl/styles.xml"), _STYLE_NAMES, take)
    used = {str(index): patterns.get(number, "") for index, number in enumerate(styles)}
    return {index: pattern for index, pattern in used.items() if pattern and changes_numbers(pattern)}


def _column(reference: str) -> int:
    """The column (from 0) in a cell reference; -1 if it has none."""
    column = 0
    for letter in reference[:4]:
        if "A" <= letter <= "Z":
            column = column * 26 + ord(letter) - 64
    return column - 1


class _SheetScan:
    """One pass over a sheet's XML; plain cells are skipped as early as possible."""

    def __init__(self, formats: Mapping[str, str]) -> None:
        self._formats = formats
        self._notes = SheetNotes()
        self._parser = xml_stream.new_parser()
        self._row = -1
        self._numbered = self._plain = self._hidden = self._watching = False
        self._reference = ""
        self._beyond = 0
        self._kind: str | None = None
        self._pattern = ""
        self._formula: str | None = None
        self._value = ""
        self._inside = ""

    def scan(self, blocks: Iterable[bytes]) -> SheetNotes:
        self._parser.StartElementHandler = self._started()
        self._notes.unread = not xml_stream.parse(self._parser, blocks)
        return self._notes

    def _started(self) -> Callable[[str, xml_stream.Attributes], None]:
        """The handler for start tags; it is called for every cell and value, so plain ones must cost little."""
        local_of, formats = _SHEET_NAMES.get, self._formats

        def start(name: str, attributes: xml_stream.Attributes) -> None:
            local = local_of(name)
            if local == "c":
                reference = attributes.get("r", "")
                if not reference or not self._plain:
                    self._place_cell(reference)
                self._reference = reference or self._reference
                self._kind = kind = attributes.get("t")
                self._watching = reference[2:3] > "9" or self._beyond > _LAST_COLUMN
                if formats or kind == "e":
                    self._look_into(formats.get(attributes.get("s", ""), ""))
            elif local == "row":
                self._start_row(attributes)
            elif local and (self._watching or local == "f"):
                self._start_content(local)

        return start

    def _start_row(self, attributes: xml_stream.Attributes) -> None:
        number = attributes.get("r", "")
        self._hidden = attributes.get("hidden") in {"1", "true"}
        self._reference, self._beyond = "", 0
        self._numbered = self._plain = number.isdecimal()
        self._enter_row(int(number) - 1 if self._numbered else self._row + 1)

    def _enter_row(self, row: int) -> None:
        self._notes.unordered = self._notes.unordered or row <= self._row
        self._row = row
        if row >= _LAST_ROW:
            self._notes.far_cell = self._notes.far_cell or f"A{row + 1}"
        if self._hidden:
            self._notes.hidden_rows.add(row)

    def _place_cell(self, reference: str) -> None:
        """Set the position of a cell without a reference, or of the first cell with one in a row without a number."""
        self._plain = bool(reference)
        if not reference:
            self._beyond += 1
            return
        self._beyond = 0
        row = int("".join(filter(str.isdecimal, reference)) or 0) - 1
        if not self._numbered and row > self._row:
            self._notes.hidden_rows.discard(self._row)
            self._enter_row(row)
        self._numbered = True

    def _look_into(self, pattern: str) -> None:
        """Start to collect the texts of a cell if it has an error or a custom format."""
        self._pattern = pattern
        if pattern or self._kind == "e":
            self._keep_texts()

    def _keep_texts(self) -> None:
        self._formula, self._value, self._watching = None, "", True
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def _start_content(self, local: str) -> None:
        self._note_far()
        if local == "f":
            if self._parser.EndElementHandler is None:
                self._keep_texts()
            self._formula = ""
        self._inside = local

    def _note_far(self) -> None:
        row, column = self._position()
        if column >= _LAST_COLUMN and not self._notes.far_cell:
            self._notes.far_cell = self._reference or f"A{row + 1}"

    def _position(self) -> Position:
        """The position of the cell; without a reference, the position after the previous cell."""
        return self._row, _column(self._reference) + self._beyond

    def _text(self, text: str) -> None:
        if self._inside == "v":
            self._value += text
        elif self._inside == "f" and len(self._formula or "") < LONGEST_FORMULA:
            self._formula = f"{self._formula or ''}{text}"[:LONGEST_FORMULA]

    def _end(self, name: str) -> None:
        if _SHEET_NAMES.get(name) == "c":
            self._parser.EndElementHandler = self._parser.CharacterDataHandler = None
            self._note_cell()
        self._inside = ""

    def _note_cell(self) -> None:
        value = self._value.strip()
        if self._kind == "e" and value:
            self._notes.texts[self._position()] = value
        elif self._formula is not None and self._kind not in {"str", "inlineStr"} and not value:
            self._notes.texts[self._position()] = f"{UNCOMPUTED}{self._formula}"
        elif self._formula is not None and self._kind in _NUMBERS and value == "0":
            self._notes.zeros.add(self._position())
        elif self._pattern and value and self._kind in _NUMBERS:
            self._note_shown(value)

    def _note_shown(self, value: str) -> None:
        try:
            shown = shown_by(self._pattern, float(value))
        except (ValueError, OverflowError):
            return
        self._notes.note_shown(self._position(), shown)

"""Facts about an .ods that the workbook parser does not report, from one streamed pass over its content.

They are cells with an error or with a formula that was never computed, formulas whose stored result is zero, numbers
displayed as other texts, hidden rows and merged blocks.
"""

import re
import time
from collections.abc import Mapping

from ingest.model.received import UNCOMPUTED
from ingest.reading.grid import Merged, Shown, column_letter
from ingest.reading.workbook import xml_stream
from ingest.reading.workbook.notes import LONGEST_FORMULA, SheetNotes
from ingest.reading.workbook.sheet_xml import in_time
from ingest.reading.workbook.zip_archive import OpenArchive

CONTENT = "content.xml"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_TABLE, _OFFICE, _TEXT = (f"{_ODF.format(part)}{xml_stream.SEPARATOR}" for part in ("table", "office", "text"))
_CALC = f"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0{xml_stream.SEPARATOR}"
_CELLS = {f"{_TABLE}table-cell": "cell", f"{_TABLE}covered-table-cell": "cell"}
_ELEMENTS = {
    **_CELLS,
    f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "row",
    f"{_TEXT}p": "paragraph",
    f"{_TEXT}s": "blank",
    f"{_OFFICE}annotation": "annotation",
}
_LAST_COLUMN = 1_000
_MOST_ROWS = 1_048_576
_MOST_REPEATED = 10_000
_ERROR = re.compile(r"#[A-ZÀ-Ỹ/0-9]+[!?]?|Err:\d{3,5}")
_AS_IN_EXCEL = {
    "Err:503": "#NUM!",
    "Err:521": "#NULL!",
    "Err:524": "#REF!",
    "Err:525": "#NAME?",
    "Err:532": "#DIV/0!",
    "Err:32767": "#N/A",
}
"""LibreOffice's own error codes, as it exports them to Excel; all others become #VALUE!."""

_BOOLEANS = {"TRUE": "TRUE", "FALSE": "FALSE", "ĐÚNG": "TRUE", "SAI": "FALSE"}
"""What LibreOffice displays for a number in a boolean format."""

_REFERENCE = re.compile(r"\[\.?([^\]]+)\]")
_SCIENTIFIC = re.compile(r"-?\d+(?:[.,]\d+)?E[+-]?\d+")
_OWN_TEXT = re.compile(r"0\d+|.*[^\W\d_].*|.*\d[-/]\d.*", re.DOTALL)


def scan_content(archive: OpenArchive, seconds: int) -> dict[str, SheetNotes]:
    """Return the facts by sheet name; every member is read to its end, so that its size and CRC are verified.

    Raise UnreadableError if a member is damaged, or if reading takes longer than `seconds`.
    """
    until = time.monotonic() + seconds
    scan = _ContentScan()
    for member in archive.names():
        blocks = in_time(archive, member, until, seconds)
        if member == CONTENT:
            sound = xml_stream.parse(scan.parser, blocks)
        else:
            for _block in blocks:
                pass
    for note in scan.notes.values():
        note.unread = not sound
    return scan.notes


class _ContentScan:
    """One pass over all tables; `notes` holds the facts about each, by its name."""

    def __init__(self) -> None:
        self.notes: dict[str, SheetNotes] = {}
        self.parser = xml_stream.new_parser()
        self.parser.StartElementHandler = self._start
        self._sheet = SheetNotes()
        self._next_row = self._row = self._next_column = self._column = 0
        self._rows = self._columns = 1
        self._hidden = range(0)
        self._cell: xml_stream.Attributes = {}
        self._paragraphs: list[str] = []
        self._inside = ""

    def _start(self, name: str, attributes: xml_stream.Attributes) -> None:
        kind = _ELEMENTS.get(name)
        if kind == "cell":
            self._start_cell(attributes)
        elif kind == "row":
            self._start_row(attributes)
        elif kind == "table":
            self._sheet = self.notes.setdefault(attributes.get(f"{_TABLE}name", ""), SheetNotes())
            self._next_row, self._hidden = 0, range(0)
        elif kind and self.parser.EndElementHandler:
            self._start_text(kind)

    def _start_row(self, attributes: xml_stream.Attributes) -> None:
        self._rows = _repeated(attributes, "number-rows-repeated", _MOST_ROWS)
        self._row, self._next_row = self._next_row, self._next_row + self._rows
        self._next_column = 0
        is_hidden = attributes.get(f"{_TABLE}visibility") in {"collapse", "filter"}
        self._hidden = range(self._row, self._next_row) if is_hidden else range(0)

    def _start_cell(self, attributes: xml_stream.Attributes) -> None:
        self._columns = _repeated(attributes, "number-columns-repeated", _MOST_ROWS)
        self._column, self._next_column = self._next_column, self._next_column + self._columns
        if len(attributes) > 1:
            self._note_place(attributes)
        kind = attributes.get(f"{_OFFICE}value-type")
        is_error = attributes.get(f"{_CALC}value-type") == "error"
        if is_error or kind in {"float", "percentage"} or f"{_TABLE}formula" in attributes:
            self._cell, self._paragraphs = attributes, []
            self.parser.EndElementHandler = self._end
            self.parser.CharacterDataHandler = self._text

    def _note_place(self, attributes: xml_stream.Attributes) -> None:
        """Note a cell far out, hidden rows with content, and a merged block."""
        if f"{_OFFICE}value-type" in attributes:
            if self._next_column > _LAST_COLUMN and not self._sheet.far_cell:
                self._sheet.far_cell = f"{column_letter(self._next_column - 1)}{self._row + 1}"
            self._sheet.hidden_rows.update(self._hidden)
        down = _repeated(attributes, "number-rows-spanned", _MOST_ROWS)
        right = _repeated(attributes, "number-columns-spanned", _MOST_ROWS)
        if down > 1 or right > 1:
            block = Merged(self._row, self._column, self._row + down - 1, self._column + right - 1)
            self._sheet.merged.append(block)

    def _start_text(self, kind: str) -> None:
        if kind == "paragraph" and self._inside != "annotation":
            self._inside = kind
            self._paragraphs.append("")
        elif kind == "annotation":
            self._inside = kind
        elif self._inside == "paragraph":
            self._paragraphs[-1] += " "

    def _text(self, text: str) -> None:
        if self._inside == "paragraph" and len(self._paragraphs[-1]) < LONGEST_FORMULA:
            self._paragraphs[-1] += text

    def _end(self, name: str) -> None:
        kind = _ELEMENTS.get(name)
        if kind == self._inside:
            self._inside = ""
        if kind == "cell":
            self.parser.EndElementHandler = self.parser.CharacterDataHandler = None
            self._note_cell("\n".join(self._paragraphs))

    def _note_cell(self, shown: str) -> None:
        cell = self._cell
        formula, kind = cell.get(f"{_TABLE}formula"), cell.get(f"{_OFFICE}value-type")
        number = cell.get(f"{_OFFICE}value", "")
        is_error = cell.get(f"{_CALC}value-type") == "error"
        if shown and (is_error or (formula is not None and _ERROR.fullmatch(shown))):
            self._note_text(_AS_IN_EXCEL.get(shown, "#VALUE!") if shown.startswith("Err:") else shown)
        elif formula is not None and kind is None and not shown:
            self._note_text(f"{UNCOMPUTED}{_plain(formula)}")
        elif kind == "percentage" or shown in _BOOLEANS:
            self._note_text(_BOOLEANS.get(shown, shown.replace(".", ",")))
        elif formula is not None and kind == "float" and number == "0":
            self._sheet.zeros.add((self._row, self._column))
        elif kind == "float" and _is_own_text(shown, number):
            self._sheet.shown |= dict.fromkeys(self._places(), Shown(shown, ""))

    def _note_text(self, text: str) -> None:
        self._sheet.texts |= dict.fromkeys(self._places(), text)

    def _places(self) -> list[tuple[int, int]]:
        """The positions that the current cell element stands for; it may be repeated."""
        rows, columns = min(self._rows, _MOST_REPEATED), min(self._columns, _LAST_COLUMN)
        return [(self._row + row, self._column + column) for row in range(rows) for column in range(columns)]


def _repeated(attributes: Mapping[str, str], name: str, most: int) -> int:
    number = attributes.get(f"{_TABLE}{name}", "1")
    return max(1, min(int(number), most)) if number.isdecimal() else 1


def _is_own_text(shown: str, number: str) -> bool:
    """Whether the format displays the number with letters, symbols or leading zeros."""
    return shown != number and bool(_OWN_TEXT.fullmatch(shown)) and not _SCIENTIFIC.fullmatch(shown)


def _plain(formula: str) -> str:
    """The formula as people write it, without the equals sign: `A1+1` for `of:=[.A1]+1`."""
    return _REFERENCE.sub(r"\1", formula.partition("=")[2] or formula)[:LONGEST_FORMULA]

"""Facts about an .xls that calamine does not report, from the records of its sheets; loaded only by the child process.

Imports nothing from the project. An .xls workbook is a stream of records; only those of error cells, formulas, numbers
in custom formats and hidden rows are used, and they are read in one pass.
"""

import io
import re
import struct
from collections.abc import Iterator
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.formula import FormulaError

DAMAGED = (xlrd.XLRDError, CompDocError, FormulaError, struct.error, LookupError, ValueError, AssertionError)
"""The exceptions that damaged records cause."""

_BOF, _EOF, _BOUNDSHEET = 0x0809, 0x000A, 0x0085
_ROW, _BOOLERR, _FORMULA, _NUMBER, _RK, _MULRK = 0x0208, 0x0205, 0x0006, 0x0203, 0x027E, 0x00BD
_HIDDEN = 0x0020
_NOT_A_NUMBER = b"\xff\xff"
_ERROR_RESULT = 2
_NO_TEXT = re.compile(r"general|@|.*[ymdhs].*", re.IGNORECASE | re.DOTALL)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Record = tuple[int, bytes]


def notes_of(content: bytes) -> dict[str, dict[str, Any]] | None:
    """By sheet name: `texts` (row, column, error), `zeros`, `numbers` (row, column, number, format), `hidden` rows.

    None if the records are damaged; calamine may still read the file, and the sender is told what may be missing.
    """
    try:
        return _notes(content)
    except DAMAGED:
        return None


def _notes(content: bytes) -> dict[str, dict[str, Any]]:
    nowhere = io.StringIO()  # xlrd would log irregularities to stdout
    book = xlrd.open_workbook(file_contents=content, formatting_info=True, on_demand=True, logfile=nowhere)
    stream, base = bytes(book.mem), book.base
    formats = {at: book.format_map[xf.format_key].format_str for at, xf in enumerate(book.xf_list)}
    patterns = {at: text for at, text in formats.items() if not _NO_TEXT.fullmatch(_LITERAL.sub("", text))}
    places = [base + offset for offset in _sheet_offsets(stream, base)]
    return {
        name: _sheet_notes(_records(stream, at), patterns) for name, at in zip(book.sheet_names(), places, strict=False)
    }


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Yield the records of the substream that starts at `at`, without those of substreams inside it, such as charts."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, body
        if not depth:
            return


def _sheet_offsets(stream: bytes, base: int) -> list[int]:
    return [struct.unpack_from("<I", body)[0] for kind, body in _records(stream, base) if kind == _BOUNDSHEET]


def _sheet_notes(records: Iterator[Record], patterns: dict[int, str]) -> dict[str, Any]:
    notes: dict[str, Any] = {"texts": [], "zeros": [], "numbers": [], "hidden": []}
    for kind, body in records:
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", body)
            if flags & _HIDDEN:
                notes["hidden"].append(row)
        elif kind == _BOOLERR and body[7]:
            notes["texts"].append([*struct.unpack_from("<HH", body), _error(body[6])])
        elif kind == _FORMULA:
            _note_formula(notes, body)
        elif kind in {_NUMBER, _RK, _MULRK}:
            notes["numbers"] += [each for each in _numbers(kind, body, patterns) if each[3]]
    return notes


def _note_formula(notes: dict[str, Any], body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    result = body[6:14]
    if result[6:] != _NOT_A_NUMBER:
        if struct.unpack("<d", result) == (0.0,):
            notes["zeros"].append([row, column])
    elif result[0] == _ERROR_RESULT:
        notes["texts"].append([row, column, _error(result[2])])


def _error(code: int) -> str:
    return str(xlrd.error_text_from_code.get(code, "#N/A"))


def _numbers(kind: int, body: bytes, patterns: dict[int, str]) -> Iterator[list[Any]]:
    """Yield row, column, number and format of each number in a record; the format is "" unless it is a custom one."""
    row, column = struct.unpack_from("<HH", body)
    if kind == _NUMBER:
        style, number = struct.unpack_from("<Hd", body, 4)
        yield [row, column, number, patterns.get(style, "")]
        return
    count = 1 if kind == _RK else (len(body) - 6) // 6
    for index in range(count):
        style, packed = struct.unpack_from("<HI", body, 4 + index * 6)
        yield [row, column + index, _unpacked(packed), patterns.get(style, "")]


def _unpacked(packed: int) -> float:
    """The number in an RK value, which stores an integer or the high half of a float, possibly times 100."""
    if packed & 2:
        number = float(packed >> 2 if packed < 1 << 31 else (packed >> 2) - (1 << 30))
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return number / 100 if packed & 1 else number

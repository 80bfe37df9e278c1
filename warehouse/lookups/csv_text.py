"""Parse the bytes of a lookup file into records: encoding, separator, quotes, header, cells per line. Pure."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from warehouse.lookups.definitions import Lookup
from warehouse.lookups.faults import LookupFault

_SAVE_AS = "Mở bằng bảng tính rồi lưu lại dạng «CSV UTF-8», các cột ngăn cách bằng dấu phẩy."
_WITH_COMMAS = (
    "Excel lấy dấu ngăn cách theo cài đặt vùng của Windows (List separator): đổi thành dấu phẩy rồi lưu lại, hoặc lưu "
    "bằng LibreOffice và chọn dấu phẩy."
)


@dataclass(frozen=True)
class Record:
    """A non-blank row: its row number in a spreadsheet, its cells by column name, and how many cells it has.

    If `cell_count` differs from the header's, cells may be under the wrong column.
    """

    number: int
    cells: Mapping[str, str]
    cell_count: int


class Unreadable(Exception):
    """A file cannot be read; `fault` says why."""

    def __init__(self, fault: LookupFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def read_records(lookup: Lookup, data: bytes) -> list[Record]:
    """Return the records below the header; raise Unreadable if the encoding, quotes or header are wrong."""
    rows = _rows(lookup, _decoded(lookup, data))
    _, header = next(rows, (1, []))
    names = [name.strip() for name in header]
    _require_header(lookup, names)
    return [Record(number, dict(zip(names, row, strict=False)), len(row)) for number, row in rows]


def uneven(lookup: Lookup, record: Record) -> LookupFault:
    """Return the fault of a record with more or fewer cells than the header."""
    return LookupFault(
        lookup.file,
        record.number,
        "",
        "",
        f"Dòng có {record.cell_count} ô, phải có {len(lookup.columns)} ô như dòng tiêu đề.",
        "Thêm hoặc bớt dấu phẩy; chữ có dấu phẩy thì đặt cả ô trong ngoặc kép.",
    )


def _decoded(lookup: Lookup, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise _unreadable(lookup, None, "Tệp không phải văn bản UTF-8.", _SAVE_AS)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig") + "?"
        row = sum(1 for _ in csv.reader(io.StringIO(before, newline="")))
        raise _unreadable(lookup, row, "Có chữ không phải UTF-8.", _SAVE_AS) from error


def _rows(lookup: Lookup, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield non-blank rows with their numbers; spreadsheet programs save blank rows as lines of commas."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if any(cell.strip() for cell in row):
                yield number, row
    except csv.Error as error:
        raise _unreadable(
            lookup,
            number + 1,
            "Dấu ngoặc kép không khớp nên không tách được các ô.",
            "Sửa dấu ngoặc kép của dòng này; ngoặc kép trong chữ thì viết hai lần.",
        ) from error


def _require_header(lookup: Lookup, names: list[str]) -> None:
    expected = lookup.header
    if sorted(names) == sorted(expected):
        return
    joined = ",".join(expected)
    remedy = f"Dòng đầu phải có đúng các cột: {joined}."
    if separator := _other_separator(names, expected):
        raise _unreadable(lookup, 1, f"Các cột ngăn cách bằng {separator}, phải là dấu phẩy.", _WITH_COMMAS)
    raise _unreadable(lookup, 1, f"Dòng tiêu đề không đúng: {_differences(names, expected)}.", remedy)


def _other_separator(names: list[str], expected: tuple[str, ...]) -> str:
    separators = {";": "dấu chấm phẩy", "\t": "dấu tab", "|": "dấu gạch đứng"}
    held = {sign: {part.strip() for part in ",".join(names).split(sign)} for sign in separators}
    return next((separators[sign] for sign, parts in held.items() if len(parts & {*expected}) > 1), "")


def _differences(names: list[str], expected: tuple[str, ...]) -> str:
    missing = [name for name in expected if name not in names]
    extra = [name or "(để trống)" for name in dict.fromkeys(names) if name not in expected]
    twice = [name for name in expected if names.count(name) > 1]
    found = (("thiếu cột", missing), ("thừa cột", extra), ("lặp lại cột", twice))
    return "; ".join(f"{what} {', '.join(columns)}" for what, columns in found if columns)


def _unreadable(lookup: Lookup, row: int | None, message: str, remedy: str) -> Unreadable:
    return Unreadable(LookupFault(lookup.file, row, "", "", message, remedy))

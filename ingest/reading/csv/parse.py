"""Parse CSV strictly, from bytes to records; a line with unbalanced quotes becomes a record of its own."""

import codecs
import csv
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ingest.model.received import Encoding
from ingest.parsing.encodings import syllable_share
from ingest.reading.content import wide_charset

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 1 << 18
_PROBE = 1 << 16
_HEAD_RECORDS = 60
_GOOD_TO_SLIPS = 20
_CP1252_UPPER = {code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))}
UNDECODABLE = "\udcff"
"""The placeholder for undecodable bytes: no valid text contains it, and UTF-8 cannot encode it."""

REPLACED = "\ufffd"
"""The character displayed for undecodable bytes."""

_MARKED = "marked_undecodable"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")

_LONGEST_CELL = 1 << 30
"""No practical limit on a cell: records that are too long are refused later, with their number."""


def _marked(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return UNDECODABLE, error.end
    raise error


codecs.register_error(_MARKED, _marked)


@dataclass(frozen=True)
class Record:
    """One record: its number from 1 (blank lines count) and its cells.

    If its quotes are unbalanced, `cells` is None and `text` is the line.
    """

    number: int
    cells: list[str] | None
    text: str = ""


def charset_of(path: Path) -> str:
    """The Python codec for the text at `path`: utf-8-sig, utf-16 (-le, -be), cp1258, or cp1252 (also TCVN3 and VNI).

    UTF-16 is detected by its byte order mark or by NUL bytes at every other position, UTF-8 by samples from the whole
    file (a few errors are allowed; their records are reported), cp1258 and cp1252 by their share of Vietnamese
    syllables.
    """
    head = _samples(path, 1, _SAMPLE)[0]
    if wide := wide_charset(head):
        return wide
    if _are_utf8((head, *_samples(path, 32, _PROBE))):
        return "utf-8-sig"
    vietnamese = syllable_share([_decoded(head, "cp1258")], Encoding.UNICODE)
    western = max(syllable_share([_decoded(head, "cp1252")], encoding) for encoding in Encoding)
    return "cp1258" if vietnamese > western else "cp1252"


def decoded(path: Path, charset: str) -> str:
    """The whole text at `path`, without byte order mark; cp1258, whose tone marks are separate, becomes NFC."""
    return _decoded(path.read_bytes(), charset)


def staged_utf8(path: Path, charset: str, target: Path) -> Path:
    """Create a UTF-8 file `target` with the text at `path`: a link to the file itself, or a converted copy.

    Bytes that are invalid in the charset become bytes that are invalid in UTF-8.
    """
    target.unlink(missing_ok=True)
    if charset == "utf-8-sig" and not _has_mark(path):
        target.symlink_to(path.resolve())
    else:
        target.write_text(decoded(path, charset), encoding="utf-8", errors="surrogateescape", newline="")
    return target


def with_plain_head(path: Path, start: int, records: int) -> Path:
    """Copy the UTF-8 file with each of its first `records` records, which end at byte `start`, replaced by one dash.

    DuckDB loses or miscounts rows if it skips a record that spans several lines.
    """
    target = path.with_name(f"{path.stem}-plain.csv")
    with path.open("rb") as file, target.open("wb") as copy:
        head = file.read(start)
        copy.write((b"-\r\n" if head.endswith(b"\r\n") else b"-\n") * records)
        shutil.copyfileobj(file, copy, 1 << 22)
    return target


def readable(text: str) -> str:
    """The text with REPLACED in place of undecodable bytes."""
    return text.replace(UNDECODABLE, REPLACED)


def best_delimiter(text: str, score: Callable[[list[str]], int]) -> str:
    """The delimiter that gives the highest `score` (number of headers) of a first record; among equals, most cells."""

    def fitness(delimiter: str) -> tuple[int, int]:
        head = [record.cells or [] for record in islice(records(text, delimiter), _HEAD_RECORDS)]
        return max(map(score, head), default=0), max(map(len, head), default=0)

    return max(DELIMITERS, key=fitness)


MOST_BROKEN = 1_000
"""A file with this many broken records is broken as a whole: checking each could take hours."""


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Yield the records of `text`, up to MOST_BROKEN broken ones; quote and escape are `"`.

    After a record with unbalanced quotes, reading continues with the next line, so that one error costs one line.
    """
    position, number, broken_ones = 0, 0, 0
    while position < len(text) and broken_ones < MOST_BROKEN:
        lines = _Lines(text, position)
        csv.field_size_limit(_LONGEST_CELL)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        start = position
        try:
            for cells in reader:
                number += 1
                yield Record(number, cells)
                start = lines.position
            return
        except csv.Error:
            number += 1
            broken_ones += 1
            broken = _line(text, start)
            yield Record(number, None, broken.strip("\r\n"))
            position = start + len(broken)


def end_of_records(text: str, delimiter: str, count: int) -> int:
    """The position in `text` where its first `count` records end; their quotes must be balanced."""
    lines = _Lines(text, 0)
    csv.field_size_limit(_LONGEST_CELL)
    for _record in islice(csv.reader(lines, delimiter=delimiter, strict=True), count):
        pass
    return lines.position


class _Lines:
    """Iterates over the lines of a text from a position on; `position` is the end of the last line read."""

    def __init__(self, text: str, position: int) -> None:
        self._text = text
        self.position = position

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = _line(self._text, self.position)
        if not line:
            raise StopIteration
        self.position += len(line)
        return line


def _line(text: str, position: int) -> str:
    found = _LINE.match(text, position)
    return found.group() if found else ""


def _has_mark(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(3) == codecs.BOM_UTF8


def _samples(path: Path, count: int, size: int) -> list[bytes]:
    """`count` blocks of up to `size` bytes, spread evenly; each but the first starts after a line break."""
    length = path.stat().st_size
    blocks = []
    with path.open("rb") as file:
        for index in range(count):
            offset = length * index // count
            file.seek(offset)
            block = file.read(size)
            blocks.append(block if offset == 0 else block[block.find(b"\n") + 1 :])
    return blocks


def _are_utf8(samples: Iterable[bytes]) -> bool:
    """Whether the samples are UTF-8 except for a few errors; text in other charsets is hardly ever valid UTF-8."""
    texts = [codecs.getincrementaldecoder("utf-8")(_MARKED).decode(sample) for sample in samples]
    slips = sum(text.count(UNDECODABLE) for text in texts)
    return not slips or sum(not letter.isascii() for text in texts for letter in text) > _GOOD_TO_SLIPS * slips


def _decoded(content: bytes, charset: str) -> str:
    if charset == "cp1252":
        return content.decode("latin-1").translate(_CP1252_UPPER)
    text = content.decode(charset, _MARKED)
    return unicodedata.normalize("NFC", text) if charset == "cp1258" else text.removeprefix("\ufeff")


def head_text(path: Path, size: int) -> str:
    """The text of the first `size` bytes of a UTF-8 file, without a last, incomplete line."""
    with path.open("rb") as file:
        block = file.read(size)
    whole = block[: block.rfind(b"\n") + 1] if len(block) == size else block
    return whole.decode("utf-8", _MARKED)

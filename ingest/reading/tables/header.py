"""Find the header of a sheet and the fields of its columns. Pure.

The header is the row, or the two or three adjacent rows, with the most headers or field names of the contract, within
the first 1,000 rows. A merged block counts for all its cells.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from ingest.contract.vocabulary import Vocabulary
from ingest.model.received import Encoding, SheetKind
from ingest.parsing.fonts import converted
from ingest.parsing.html_references import without_references
from ingest.parsing.keys import normalised
from ingest.parsing.text import repair_text
from ingest.reading.grid import Grid

_ZONES = (60, 1_000)
_MAX_DEPTH = 3
_MIN_FIELDS = 2
_LONGEST = 200
_HINT = re.compile(r"\(.*\)|\[.*\]|[\W\d]*", re.DOTALL)
"""A text below a header that is not a header itself: a unit or format in brackets, a column number, or a dash."""

Row = list[str | None]


@dataclass(frozen=True)
class HeaderWords:
    """Cached lookups for the header texts of one kind of sheet.

    `field_of` gives the field and the readable form of a text in any spelling, or None. `may_be_part` is whether every
    word of the text occurs in some header, so that the text may be one row of a header of several rows.
    """

    field_of: Callable[[str], tuple[str, str] | None]
    may_be_part: Callable[[str], bool]


@dataclass(frozen=True)
class Header:
    """The header rows `top` to `bottom` of a grid, with each column's field (None if unknown) and text."""

    top: int
    bottom: int
    fields: tuple[str | None, ...]
    texts: tuple[str, ...]

    def known(self) -> int:
        """The number of distinct known fields."""
        return len(set(self.fields) - {None})

    def sure(self) -> int:
        """The number of fields with a single column: a title over several columns is not the header of any of them."""
        return self.known() - len(duplicated(self))


def find_header(grid: Grid, kind: SheetKind, vocabulary: Vocabulary) -> Header | None:
    """The first header that has at least 80% as many fields of this kind as the best one; None if none is found."""
    words = headers_of(kind, vocabulary)
    for zone in _ZONES:
        rows = header_rows(grid, 0, min(zone, grid.length))
        found = [header for top in range(len(rows)) if (header := header_at(rows, top, words))]
        if found:
            most = max(header.known() for header in found)
            first = next(header for header in found if header.known() * 5 >= most * 4)
            return most_telling(header for header in found if header.top <= first.bottom)
        if grid.length <= zone:
            break
    return None


def headers_of(kind: SheetKind, vocabulary: Vocabulary) -> HeaderWords:
    """The lookups for the headers of this kind of sheet."""
    known = vocabulary.words_of(kind)
    return HeaderWords(
        cache(lambda text: _field(text, kind, vocabulary)),
        cache(lambda text: any(known.issuperset(normalised(spelling).split()) for spelling in spellings(text))),
    )


def header_at(rows: list[Row], top: int, words: HeaderWords) -> Header | None:
    """The header that begins at `rows[top]`, at its best depth; None if it has fewer than two known fields."""
    if not any(cell and len(cell) <= _LONGEST and words.may_be_part(cell) for cell in rows[top]):
        return None
    depths = range(1, min(_MAX_DEPTH, len(rows) - top) + 1)
    headers = [_header(rows[top : top + depth], top, words) for depth in depths]
    best = max(
        headers,
        key=_fitness,
    )
    return _readable(best) if best.known() >= _MIN_FIELDS else None


def _fitness(header: Header) -> tuple[int, int, int]:
    """How well a header of some depth fits: by its fields with a single column.

    If it has none, as with tables side by side, by all its fields.
    """
    sure = header.sure()
    return sure, -len(duplicated(header)) if sure else header.known(), -header.bottom


def best_kind(grid: Grid, vocabulary: Vocabulary) -> SheetKind | None:
    """The kind of sheet whose header has most fields: at least three, and its whole key; None if no kind is best."""
    scores: dict[SheetKind, int] = {}
    for kind in vocabulary.sheets:
        header = find_header(grid, kind, vocabulary)
        if header and header.known() >= 3 and set(vocabulary.key_of(kind)) <= set(header.fields):
            scores[kind] = header.known()
    ranked = sorted(scores, key=lambda kind: -scores[kind])
    if not ranked or (len(ranked) > 1 and scores[ranked[0]] == scores[ranked[1]]):
        return None
    return ranked[0]


def header_rows(grid: Grid, start: int, stop: int) -> list[Row]:
    """The rows `start` to `stop` (excluded) of the grid; merged blocks of at most three rows are filled."""
    columns = [column.slice(start, stop - start).to_pylist() for column in grid.columns]
    rows: list[Row] = [list(row) for row in zip(*columns, strict=True)]
    for block in grid.merged:
        if start <= block.top < stop and block.bottom - block.top < _MAX_DEPTH:
            text = rows[block.top - start][block.left] if block.left < len(grid.columns) else None
            for row in rows[block.top - start : block.bottom - start + 1]:
                row[block.left : block.right + 1] = [text] * len(row[block.left : block.right + 1])
    return rows


def spellings(text: str) -> Iterator[str]:
    """Yield the text itself and its conversions from legacy encodings."""
    yield text
    if (plain := without_references(text)) != text:
        yield plain
    if not text.isascii():
        for encoding in (Encoding.TCVN3, Encoding.VNI, Encoding.UTF8_AS_CP1252):
            if (read := converted(text, encoding)) != text:
                yield read


def most_telling(headers: Iterable[Header]) -> Header | None:
    """The header with most fields (None without headers); among equals the lowest, since a title above adds nothing."""
    return max(headers, key=lambda header: (header.known(), header.top), default=None)


def duplicated(header: Header) -> list[str]:
    """The fields that more than one column has."""
    return [field for field, count in Counter(header.fields).items() if field is not None and count > 1]


def tables_beside(header: Header) -> list[tuple[int, int]]:
    """The first and last column of each table, if there are several side by side; empty for a single table.

    There are several if at least two fields, and more than half of all, occur more than once.
    """
    starts, seen, again = [0], set[str](), 0
    for at, field in enumerate(header.fields):
        if field in seen:
            starts.append(at)
            seen = set()
        seen |= {field} if field else set()
    again = len(duplicated(header))
    if again < _MIN_FIELDS or again * 2 <= header.known():
        return []
    told = [at for at, text in enumerate(header.texts) if text]
    bounds = [*(_first_of(header, at) for at in starts), len(header.fields)]
    spans = [[at for at in told if first <= at < stop] for first, stop in pairwise(bounds)]
    return [(span[0], span[-1]) for span in spans if span]


def _first_of(header: Header, at: int) -> int:
    """The first column of the table whose first known column is `at`: columns of row numbers may precede it."""
    while at > 0 and header.texts[at - 1] and header.fields[at - 1] is None:
        at -= 1
    return at


def _readable(header: Header) -> Header:
    """The header with the texts of unknown columns repaired."""
    pairs = zip(header.fields, header.texts, strict=True)
    return replace(header, texts=tuple(text if field else repair_text(text).value or "" for field, text in pairs))


def _header(rows: list[Row], top: int, words: HeaderWords) -> Header:
    columns = [_column(list(parts), words) for parts in zip(*rows, strict=True)]
    sure = {field for field, _text, certain in columns if certain}
    vague = Counter(field for field, _text, certain in columns if not certain)
    fields = tuple(
        field if certain or (field not in sure and vague[field] == 1) else None for field, _text, certain in columns
    )
    return Header(top, top + len(rows) - 1, fields, tuple(text for _field, text, _certain in columns))


def _column(parts: Row, words: HeaderWords) -> tuple[str | None, str, bool]:
    """The field and text of one column, and whether its lowest header, alone or joined with those above, gives it."""
    texts = list(dict.fromkeys(part for part in parts if part))
    if not texts or max(map(len, texts)) > _LONGEST:
        return None, "", False
    joined = " ".join(texts)
    if not any(map(words.may_be_part, texts)):
        return None, joined, False
    above = (
        texts[:-1] if _HINT.fullmatch(texts[-1].strip()) else []
    )  # a title above another name is the title of a group
    for certain, candidates in ((True, dict.fromkeys((joined, texts[-1]))), (False, dict.fromkeys(above))):
        for candidate in candidates:
            if found := words.field_of(candidate) if words.may_be_part(candidate) else None:
                return found[0], found[1] if certain else joined, certain
    return None, joined, False


def _field(text: str, kind: SheetKind, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The field and the readable text of a header; None if no field has it."""
    for spelling in spellings(text):
        if field := vocabulary.field_of(kind, spelling):
            return field, (repair_text(spelling).value or "").replace("\n", " ")
    return None

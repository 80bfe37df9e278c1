"""Every cell of a feed at its position, whether the contract knows it or not, for copies of the file."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.model.received import SheetKind
from ingest.reading.content import Content, content_of
from ingest.reading.csv import parse
from ingest.reading.feed import TEXT_NAMES, WORKBOOK_NAMES, Reader, gunzipped, shown_name
from ingest.reading.grid import Grid, Merged
from ingest.reading.workbook.read import read_workbook
from ingest.reading.workbook.zip_archive import extract, open_archive

_BATCH = 4_096
Line = tuple[int, list[str | None]]
"""A row's number in the sender's file (from 1), and its cells from column A on."""


@dataclass(frozen=True)
class Page:
    """One sheet or CSV file; each call of `lines` iterates over its rows."""

    name: str
    lines: Callable[[], Iterator[Line]]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()


def is_plain_workbook(source: Path) -> bool:
    """Whether the file is an .xlsx or .xlsm, judged by its content."""
    return source.is_file() and content_of(source) is Content.ZIP and _has_member(source, "xl/workbook.xml")


def pages_of(source: Path, reader: Reader) -> list[Page]:
    """The pages of the feed at `source`; none if it is not a table. Raise UnreadableError or OSError if unreadable."""
    if source.is_dir():
        paths = sorted(path for path in source.iterdir() if path.suffix.lower() in TEXT_NAMES)
        return [_csv_page(path, path.name, reader) for path in paths if not path.name.startswith(".")]
    match content_of(source):
        case Content.ZIP:
            return _zip_pages(source, source.name, reader)
        case Content.XLS:
            return list(map(_page, read_workbook(source, source.name, None, reader.limits, reader.workdir / "cells")))
        case Content.GZIP:
            return [_csv_page(gunzipped(source, source.name, reader), source.name.removesuffix(".gz"), reader)]
        case Content.TEXT:
            return [_csv_page(source, source.name, reader)]
        case _:
            return []


def _zip_pages(path: Path, name: str, reader: Reader) -> list[Page]:
    archive = open_archive(path, name, reader.limits)
    names = archive.names()
    if "xl/workbook.xml" in names or "content.xml" in names:
        return list(map(_page, read_workbook(path, name, archive, reader.limits, reader.workdir / "cells")))
    texts = [member for member in names if member.lower().endswith(TEXT_NAMES)]
    if texts:
        found = [
            (member, extract(archive, member, reader.workdir / f"cells-{n}.csv")) for n, member in enumerate(texts)
        ]
        return [_csv_page(inner, shown_name(member), reader) for member, inner in found]
    books = [member for member in names if member.lower().endswith(WORKBOOK_NAMES)]
    if len(books) != 1:
        return []
    return pages_of(extract(archive, books[0], reader.workdir / "cells.workbook"), reader)


def _has_member(path: Path, member: str) -> bool:
    with zipfile.ZipFile(path) as archive:
        return member in archive.namelist()


def _page(grid: Grid) -> Page:
    hidden = frozenset(grid.number(row) for row in grid.hidden_rows)
    return Page(grid.name, lambda: _grid_lines(grid), grid.merged, grid.hidden, hidden)


def _grid_lines(grid: Grid) -> Iterator[Line]:
    for start in range(0, grid.length, _BATCH):
        columns = [column.slice(start, _BATCH).to_pylist() for column in grid.columns]
        numbers = grid.numbers.slice(start, _BATCH).to_pylist()
        yield from ((number, list(cells)) for number, *cells in zip(numbers, *columns, strict=True))


def _csv_page(path: Path, name: str, reader: Reader) -> Page:
    return Page(PurePosixPath(name).stem, lambda: _csv_lines(path, reader))


def _csv_lines(path: Path, reader: Reader) -> Iterator[Line]:
    text = parse.decoded(path, parse.charset_of(path))

    def score(cells: list[str]) -> int:
        return max(sum(reader.vocabulary.field_of(kind, cell) is not None for cell in cells) for kind in SheetKind)

    for record in parse.records(text, parse.best_delimiter(text[: 1 << 18], score)):
        cells = record.cells if record.cells is not None else [record.text]
        yield record.number, [cell or None for cell in cells]

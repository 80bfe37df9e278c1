"""Read one feed in any form: a workbook, a CSV file, a folder of CSV files, or a zip with a workbook or CSV files."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.contract.generated_sheets import is_own, is_result
from ingest.contract.vocabulary import Vocabulary
from ingest.model.received import Obstacle, ReceivedFeed, SheetKind
from ingest.reading import obstacles
from ingest.reading.content import Content, content_of
from ingest.reading.csv.sheet import read_csv
from ingest.reading.grid import Grid
from ingest.reading.obstacles import UnreadableError
from ingest.reading.tables.cover import read_cover
from ingest.reading.tables.kinds import kind_of_grid, kind_of_name
from ingest.reading.tables.sheets import SheetsRead, read_table
from ingest.reading.workbook.read import read_workbook
from ingest.reading.workbook.zip_archive import OpenArchive, extract, open_archive
from warehouse.settings import Limits

TEXT_NAMES = (".csv", ".txt", ".tsv")
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".ods")
_PACKED_NAMES = (".zip", ".rar", ".7z", ".gz")
_WHAT = {
    Content.OTHER_CFB: "tài liệu của chương trình khác (ví dụ Word)",
    Content.HTML: "trang web (HTML) mang tên tệp bảng tính",
    Content.SPREADSHEET_XML: "bảng tính XML 2003",
    Content.PDF: "tệp PDF",
    Content.BINARY: "tệp nhị phân không rõ loại",
}
_TABLES = (Content.HTML, Content.SPREADSHEET_XML)


@dataclass(frozen=True)
class _Part:
    """What was read from one file or sheet; `read` is None if the file or sheet is not in the contract."""

    name: str
    read: SheetsRead | None
    result_rows: tuple[tuple[str | None, ...], ...] = ()


@dataclass(frozen=True)
class Reader:
    """What reading needs besides the file: vocabulary, limits, working folder."""

    vocabulary: Vocabulary
    limits: Limits
    workdir: Path


def read_feed(source: Path, vocabulary: Vocabulary, limits: Limits, workdir: Path) -> ReceivedFeed:
    """Return the sheets of the feed at `source`, and the obstacles to reading it.

    `workdir` holds parsed and staged files, which must exist as long as the result is used. Problems with the content
    are returned as obstacles, not raised.
    """
    workdir.mkdir(parents=True, exist_ok=True)
    reader = Reader(vocabulary, limits, workdir)
    try:
        parts = list(_folder_parts(source, reader) if source.is_dir() else _file_parts(source, source.name, reader))
    except UnreadableError as error:
        return ReceivedFeed(source.name, (), (error.obstacle,))
    except OSError as error:
        return ReceivedFeed(source.name, (), (obstacles.missing_file(f"{source.name} ({error.strerror})"),))
    return _feed(source.name, parts)


def _feed(name: str, parts: Iterable[_Part]) -> ReceivedFeed:
    parts = list(parts)
    read = [part.read for part in parts if part.read]
    sheets = tuple(sheet for each in read for sheet in each.sheets)
    found: list[Obstacle] = [obstacle for each in read for obstacle in each.obstacles]
    if not read:
        found.append(obstacles.no_sheets(name))
    ignored = tuple(part.name for part in parts if part.read is None and not is_own(part.name))
    results = tuple(row for part in parts for row in part.result_rows)
    return ReceivedFeed(name, sheets, tuple(found), ignored, results)


def _folder_parts(folder: Path, reader: Reader) -> Iterator[_Part]:
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith("."):
            continue
        if path.suffix.lower() in TEXT_NAMES:
            yield _guarded_csv(path, path.name, reader)
        else:
            yield _Part(path.name, None)


def _file_parts(path: Path, name: str, reader: Reader) -> Iterator[_Part]:
    if path.exists() and not path.is_file():
        raise UnreadableError(obstacles.no_plain_file(name))
    size_mb = path.stat().st_size / (1 << 20)
    if size_mb > reader.limits.max_file_mb:
        is_csv = not name.lower().endswith(WORKBOOK_NAMES)
        raise UnreadableError(obstacles.too_large(name, size_mb, reader.limits.max_file_mb, is_csv=is_csv))
    match content_of(path):
        case Content.EMPTY:
            raise UnreadableError(obstacles.empty_file(name))
        case Content.ZIP:
            yield from _zip_parts(path, name, reader)
        case Content.XLS:
            yield from _workbook_parts(path, name, None, reader)
        case Content.ENCRYPTED:
            raise UnreadableError(obstacles.encrypted(name))
        case Content.GZIP:
            yield _csv_part(gunzipped(path, name, reader), name.removesuffix(".gz"), reader)
        case Content.TEXT:
            yield _csv_part(path, name, reader)
        case other:
            raise UnreadableError(obstacles.unsupported(name, _WHAT[other], is_table=other in _TABLES))


def _zip_parts(path: Path, name: str, reader: Reader) -> Iterator[_Part]:
    archive = open_archive(path, name, reader.limits)
    names = archive.names()
    if "xl/workbook.xml" in names or "content.xml" in names:
        yield from _workbook_parts(path, name, archive, reader)
    elif "[Content_Types].xml" in names:
        raise UnreadableError(obstacles.unsupported(name, "tệp Office kiểu khác (ví dụ .docx, .xlsb)", is_table=True))
    elif _holds_csv_feed(names, reader.vocabulary):
        yield from _zipped_csv_parts(archive, names, reader)
    else:
        yield from _zipped_workbook_parts(archive, names, reader)


def _holds_csv_feed(names: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether the text files in a zip are a feed; if it also holds a workbook or an archive, one must be a cover."""
    texts = [PurePosixPath(shown_name(member)).stem for member in names if member.lower().endswith(TEXT_NAMES)]
    if not any(member.lower().endswith((*WORKBOOK_NAMES, *_PACKED_NAMES)) for member in names):
        return bool(texts)
    return any(kind_of_name(stem, vocabulary) is SheetKind.COVER for stem in texts)


def _zipped_csv_parts(archive: OpenArchive, names: list[str], reader: Reader) -> Iterator[_Part]:
    for number, member in enumerate(names):
        shown = shown_name(member)
        if member.lower().endswith(TEXT_NAMES):
            yield _guarded_csv(extract(archive, member, reader.workdir / f"member-{number}.csv"), shown, reader)
        else:
            yield _Part(shown, None)


def _zipped_workbook_parts(archive: OpenArchive, names: list[str], reader: Reader) -> Iterator[_Part]:
    books = [member for member in names if member.lower().endswith(WORKBOOK_NAMES)]
    if len(books) > 1:
        raise UnreadableError(obstacles.several_workbooks(archive.name, list(map(shown_name, books))))
    if not books:
        packed = [shown_name(member) for member in names if member.lower().endswith(_PACKED_NAMES)]
        why = obstacles.packed_twice(archive.name, packed) if packed else obstacles.no_sheets(archive.name)
        raise UnreadableError(why)
    inner = extract(archive, books[0], reader.workdir / "member.workbook")
    if content_of(inner) is Content.ZIP:
        opened = open_archive(inner, shown_name(books[0]), reader.limits)
        yield from _workbook_parts(inner, shown_name(books[0]), opened, reader)
    else:
        yield from _file_parts(inner, shown_name(books[0]), reader)
    yield from (_Part(shown_name(member), None) for member in names if member != books[0])


def _workbook_parts(path: Path, name: str, archive: OpenArchive | None, reader: Reader) -> Iterator[_Part]:
    for grid in read_workbook(path, name, archive, reader.limits, reader.workdir / "parsed"):
        if grid.length:
            yield _own_part(grid) if is_own(grid.name) else _Part(grid.name, _read_grid(grid, reader.vocabulary))


def _own_part(grid: Grid) -> _Part:
    """A sheet generated by this project; it has no feed data, but the rows of a result sheet are kept."""
    rows = (tuple(grid.row(row)) for row in range(grid.length)) if is_result(grid.name) else ()
    return _Part(grid.name, None, tuple(rows))


def _read_grid(grid: Grid, vocabulary: Vocabulary) -> SheetsRead | None:
    kind = kind_of_grid(grid, vocabulary)
    if kind is None:
        return None
    return read_cover(grid, vocabulary) if kind is SheetKind.COVER else read_table(grid, kind, vocabulary)


def _guarded_csv(path: Path, name: str, reader: Reader) -> _Part:
    """Read one of several files; a problem is returned as an obstacle, so that the others are read."""
    try:
        return _csv_part(path, name, reader)
    except UnreadableError as error:
        return _Part(name, SheetsRead((), (error.obstacle,)))


def _csv_part(path: Path, name: str, reader: Reader) -> _Part:
    size_mb = path.stat().st_size / (1 << 20)
    if size_mb > reader.limits.max_file_mb:
        raise UnreadableError(obstacles.too_large(name, size_mb, reader.limits.max_file_mb, is_csv=True))
    content = content_of(path)
    if content is Content.EMPTY:
        raise UnreadableError(obstacles.empty_file(name))
    if content is not Content.TEXT:
        raise UnreadableError(
            obstacles.unsupported(name, _WHAT.get(content, "tệp không phải văn bản CSV"), is_table=content in _TABLES)
        )
    return _Part(name, read_csv(path, PurePosixPath(name).stem, reader.vocabulary, reader.workdir))


def gunzipped(path: Path, name: str, reader: Reader) -> Path:
    """Decompress a .gz file into the working folder; raise UnreadableError if it is damaged or too large."""
    target = reader.workdir / "gunzipped.csv"
    limit = reader.limits.max_file_mb << 20
    try:
        with gzip.open(path) as packed, target.open("wb") as file:
            while block := packed.read(1 << 20):
                file.write(block)
                if file.tell() > limit:
                    size_mb = file.tell() / (1 << 20)
                    raise UnreadableError(obstacles.too_large(name, size_mb, reader.limits.max_file_mb, is_csv=True))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableError(obstacles.unreadable(name)) from error
    return target


def shown_name(member: str) -> str:
    """The file name of a zip member, decoded as UTF-8 even if the zip does not declare it."""
    name = PurePosixPath(member.replace("\\", "/")).name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name

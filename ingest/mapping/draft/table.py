"""Read the table in an export of unknown layout: its headers, and its columns as texts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.contract.load import load as load_contracts
from ingest.contract.vocabulary import vocabulary
from ingest.reading.content import Content, content_of
from ingest.reading.csv import parse
from ingest.reading.feed import Reader, gunzipped
from ingest.reading.grid import Grid
from ingest.reading.obstacles import UnreadableError
from ingest.reading.workbook.read import read_workbook
from ingest.reading.workbook.zip_archive import open_archive
from warehouse.errors import UsageError
from warehouse.settings import Limits

_MOST_HEADER_ROWS = 30

Rows = Sequence[Sequence[str | None]]


@dataclass(frozen=True)
class ExportTable:
    """One table: its `headers` in order, and in `columns` the values below each, without blanks."""

    name: str
    headers: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]

    def values(self, header: str) -> Counter[str]:
        """The count of each value in a column."""
        return Counter(self.columns[self.headers.index(header)])


def read_export(path: Path, limits: Limits, workdir: Path) -> ExportTable:
    """The table in a CSV file (also .gz), or in the longest sheet of a workbook; raise UsageError if there is none."""
    workdir.mkdir(parents=True, exist_ok=True)
    try:
        name, rows = _rows(path, limits, workdir)
    except (UnreadableError, OSError) as error:
        why = error.obstacle.message if isinstance(error, UnreadableError) else f"Không mở được «{path.name}»."
        raise UsageError(why, "Đưa tệp .csv, .csv.gz, .xlsx, .xls hoặc .ods mà hệ thống kia xuất ra.") from error
    return _table(name, rows)


def _rows(path: Path, limits: Limits, workdir: Path) -> tuple[str, Rows]:
    content = content_of(path)
    if content is Content.GZIP:
        reader = Reader(vocabulary(load_contracts()), limits, workdir)
        return path.name, _csv_rows(gunzipped(path, path.name, reader))
    if content in (Content.ZIP, Content.XLS):
        archive = open_archive(path, path.name, limits) if content is Content.ZIP else None
        grids = read_workbook(path, path.name, archive, limits, workdir / "parsed")
        return _largest(grids, path.name)
    return path.name, _csv_rows(path)


def _csv_rows(path: Path) -> Rows:
    text = parse.decoded(path, parse.charset_of(path))
    delimiter = parse.best_delimiter(text, len)
    found = (record.cells for record in parse.records(text, delimiter))
    return [[cell.strip() or None for cell in cells] for cells in found if cells]


def _largest(grids: Sequence[Grid], name: str) -> tuple[str, Rows]:
    grid = max(grids, key=lambda it: it.length, default=None)
    if grid is None:
        return name, []
    return grid.name, [grid.row(number) for number in range(grid.length)]


def _table(name: str, rows: Rows) -> ExportTable:
    """The table whose header is the row with the most distinct texts, titles having fewer, in the first 30 rows.

    Raise UsageError if no row has two.
    """
    upper = rows[:_MOST_HEADER_ROWS]
    widths = [len({cell for cell in row if cell and not cell.isdigit()}) for row in upper]
    if max(widths, default=0) < 2:
        raise UsageError(f"Không thấy bảng nào trong «{name}».", "Đưa tệp có một dòng tiêu đề cột và các dòng số liệu.")
    top = widths.index(max(widths))
    headers = [(number, cell) for number, cell in enumerate(rows[top]) if cell]
    below = rows[top + 1 :]
    columns = [tuple(row[number] or "" for row in below if number < len(row) and row[number]) for number, _ in headers]
    return ExportTable(name, tuple(cell for _, cell in headers), tuple(columns))

"""Read workbooks (.xlsx, .xls, .ods) in a child process with limits, and return their grids."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest.reading import obstacles
from ingest.reading.grid import Grid, Merged, Position, make_grid
from ingest.reading.obstacles import UnreadableError
from ingest.reading.workbook.notes import SheetNotes
from ingest.reading.workbook.number_format import shown_by
from ingest.reading.workbook.ods_xml import CONTENT, scan_content
from ingest.reading.workbook.sheet_xml import WORKBOOK, scan_workbook
from ingest.reading.workbook.xlsx_package import parsable
from ingest.reading.workbook.zip_archive import OpenArchive
from warehouse.settings import Limits

_CHILD = Path(__file__).with_name("child.py")
# The child's memory limit also counts reserved address space: these settings choose an allocator that reserves little.
_ENVIRONMENT = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2", "LC_ALL": "C.UTF-8"}
_MANIFEST = "manifest.json"


def read_workbook(path: Path, name: str, archive: OpenArchive | None, limits: Limits, workdir: Path) -> list[Grid]:
    """Return the sheets of the workbook at `path`; raise UnreadableError if it cannot be read within the limits.

    `archive` is the open zip of an .xlsx or .ods, None for .xls. Facts that the parser does not report (errors,
    formulas never computed, hidden rows, …) are read from the XML here, or from the records of an .xls by the child.
    """
    workdir.mkdir(parents=True, exist_ok=True)
    (workdir / _MANIFEST).unlink(missing_ok=True)
    if archive:
        path = parsable(path, archive, workdir)
    with _parsing(path, limits, workdir) as child:
        notes = _harmless_notes(archive, limits.timeout_s) if archive else {}
        _await(child, name, limits.timeout_s)
    manifest = _manifest(name, limits, workdir)
    return [_grid(entry, workdir, notes) for entry in manifest["sheets"]]


@contextmanager
def _parsing(path: Path, limits: Limits, workdir: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the child process; it is killed if it still runs when the block ends."""
    numbers = (limits.memory_mb, limits.timeout_s, limits.max_rows)
    child = subprocess.Popen(
        [sys.executable, "-I", str(_CHILD), str(path), str(workdir), *map(str, numbers)],
        env=_ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def _await(child: subprocess.Popen[bytes], name: str, seconds: int) -> None:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(obstacles.timed_out(name, seconds)) from error


def _harmless_notes(archive: OpenArchive, seconds: int) -> dict[str, SheetNotes]:
    """The facts from the sheets' XML, read while the child parses.

    Raise UnreadableError if a cell lies far out or rows are out of order.
    """
    scan = scan_content if CONTENT in archive.names() and WORKBOOK not in archive.names() else scan_workbook
    notes = scan(archive, seconds)
    for sheet, note in notes.items():
        if note.far_cell:
            raise UnreadableError(obstacles.absurd_range(sheet, note.far_cell))
        if note.unordered:
            raise UnreadableError(obstacles.unordered_rows(sheet))
    return notes


def _manifest(name: str, limits: Limits, workdir: Path) -> dict[str, Any]:
    written = workdir / _MANIFEST
    if not written.exists():
        raise UnreadableError(obstacles.parser_stopped(name))
    manifest: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    _raise_error(manifest, name, limits)
    return manifest


def _raise_error(manifest: Mapping[str, Any], name: str, limits: Limits) -> None:
    match manifest.get("error"):
        case None:
            return
        case "encrypted":
            raise UnreadableError(obstacles.encrypted(name))
        case "too_large":
            raise UnreadableError(obstacles.too_many_rows(limits.max_rows, manifest["detail"]))
        case _:
            raise UnreadableError(obstacles.unreadable(name))


def _grid(entry: Mapping[str, Any], workdir: Path, notes: Mapping[str, SheetNotes]) -> Grid:
    note = notes.get(entry["name"]) or _record_notes(entry["notes"])
    grid = make_grid(entry["name"], _with_texts(_columns(workdir / entry["file"]), note.texts))
    return replace(
        grid,
        merged=(*(Merged(*block) for block in entry["merged"]), *note.merged),
        hidden=entry["hidden"],
        hidden_rows=frozenset(row for row in note.hidden_rows if row < grid.length),
        zeros=frozenset(note.zeros),
        shown=note.shown,
        dates={int(at): tuple(range(top, end + 1) for top, end in runs) for at, runs in entry["dates"].items()},
        unread=note.unread,
    )


def _record_notes(records: Mapping[str, Any] | None) -> SheetNotes:
    """The facts that the child found in the records of an .xls."""
    if records is None:
        return SheetNotes(unread=True)
    notes = SheetNotes(
        texts={(row, column): text for row, column, text in records["texts"]},
        zeros={(row, column) for row, column in records["zeros"]},
        hidden_rows=set(records["hidden"]),
    )
    for row, column, number, pattern in records["numbers"]:
        notes.note_shown((row, column), shown_by(pattern, number))
    return notes


def _columns(path: Path) -> list[pa.ChunkedArray]:
    if path.suffix == ".json":
        columns = json.loads(path.read_text(encoding="utf-8"))
        return [pa.chunked_array([pa.array(cells, pa.string())]) for cells in columns]
    with pa.memory_map(str(path)) as source:
        table = pa.ipc.open_file(source).read_all()
    return list(table.columns)


def _with_texts(columns: list[pa.ChunkedArray], texts: Mapping[Position, str]) -> list[pa.ChunkedArray]:
    """The columns with the texts of errors, uncomputed formulas and percentages, which the parser does not report."""
    by_column: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        by_column.setdefault(column, {})[row] = text
    return [_patched(column, by_column.get(index, {})) for index, column in enumerate(columns)]


def _patched(column: pa.ChunkedArray, texts: Mapping[int, str]) -> pa.ChunkedArray:
    if not texts:
        return column
    cells = column.to_pylist()
    for row, text in texts.items():
        if row < len(cells):
            cells[row] = text
    return pa.chunked_array([pa.array(cells, pa.string())])

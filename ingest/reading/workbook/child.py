"""The child process that parses a workbook; it runs with limits and imports nothing from the project.

    python -I child.py WORKBOOK OUT_DIR MEMORY_MB CPU_SECONDS MAX_ROWS

Writes one file per sheet (columns of nullable text in the canonical form of `ingest.model.received`, row i being row
i + 1 of the sheet; in Arrow IPC, or in JSON if the sheet is so small that loading Arrow would take longer) and
`manifest.json`: `{"sheets": [{name, hidden, file, merged, dates, notes}]}`, or `{"error": identifier, "detail": text}`.
`dates` has, by column, the runs of rows (first, last) with a date; `notes` has the facts from the records of an .xls,
null if there are none. If a workbook crashes the parser or exhausts its memory, there is no manifest.
"""

import datetime as dt
import gc
import json
import os
import re
import resource
import runpy
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

_MAX_CELLS = 64_000_000
_FEW_CELLS = 100_000
_PIECE = 8_192
_EXACT = 1e15
_FIRST_YEAR = 1900
"""A value before this year is not a date: a time alone, and zero, are stored as the day before the first date."""

_LIKE_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")


def main(arguments: list[str]) -> int:
    """Parse the workbook named in `arguments`; return 0 if a manifest was written."""
    workbook, out_dir, memory_mb, cpu_seconds, max_rows = arguments
    _limit(int(memory_mb), int(cpu_seconds))
    gc.disable()  # it creates millions of cells but no cycles, and ends soon
    sys.meta_path.insert(0, _WithoutPandas())
    try:
        manifest = _parsed(Path(workbook), Path(out_dir), int(max_rows))
    except MemoryError:
        return 3
    except BaseException as error:  # noqa: BLE001 - the parser's PanicException is no Exception; the parent reports it
        manifest = {"error": _identifier(error), "detail": f"{type(error).__name__}: {error}"[:500]}
    (Path(out_dir) / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return 0


class _WithoutPandas(MetaPathFinder):
    """Keeps pyarrow from importing pandas (0.4 s) if it is installed."""

    def find_spec(self, fullname: str, *_path_and_target: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


def _limit(memory_mb: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _identifier(error: BaseException) -> str:
    if type(error).__name__ == "PasswordError":
        return "encrypted"
    return "too_large" if isinstance(error, _TooLargeError) else "unreadable"


class _TooLargeError(Exception):
    """A sheet has more rows or cells than a feed may have."""


def _parsed(workbook: Path, out_dir: Path, max_rows: int) -> dict[str, Any]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    with workbook.open("rb") as content:  # given a path, it would trust the ending
        book = load_workbook(content)
    notes = _notes(workbook)
    sheets = []
    for index, meta in enumerate(book.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(index)
        last_row, last_column = sheet.end or (0, 0)
        if last_row >= max_rows or (last_row + 1) * (last_column + 1) > _MAX_CELLS:
            raise _TooLargeError(f"{meta.name}: {last_row + 1} x {last_column + 1}")
        rows = sheet.to_python(skip_empty_area=False)
        file = _write(rows, out_dir / f"sheet{index}")
        sheets.append(
            {
                "name": meta.name,
                "hidden": meta.visible != SheetVisibleEnum.Visible,
                "file": file,
                "merged": [[*start, *end] for start, end in sheet.merged_cell_ranges or []],
                "dates": _dates(rows),
                "notes": notes.get(meta.name) if notes is not None else None,
            }
        )
    return {"sheets": sheets}


def _notes(workbook: Path) -> dict[str, Any] | None:
    """The facts from the records of an .xls, by sheet name; empty for a zip, None if they cannot be read."""
    content = workbook.read_bytes()
    if content.startswith(b"PK"):
        return {}
    notes: dict[str, Any] | None = runpy.run_path(str(Path(__file__).with_name("xls_records.py")))["notes_of"](content)
    return notes


def _dates(rows: list[list[Any]]) -> dict[int, list[list[int]]]:
    """By column, the runs of rows with a date, each as its first and last row."""
    columns: dict[int, list[list[int]]] = {}
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                runs = columns.setdefault(column, [[at, at]])
                if runs[-1][1] >= at - 1:
                    runs[-1][1] = at
                else:
                    runs.append([at, at])
    return columns


def _write(rows: list[list[Any]], path: Path) -> str:
    """Write the sheet to `path` with the ending for its format added; return the file name."""
    width = max(map(len, rows), default=0)
    if width * len(rows) <= _FEW_CELLS:
        columns = [[_text(row[index]) for row in rows] for index in range(width)]
        path.with_suffix(".json").write_text(json.dumps(columns), encoding="utf-8")
        return path.with_suffix(".json").name
    _write_arrow(rows, width, path.with_suffix(".arrow"))
    return path.with_suffix(".arrow").name


def _write_arrow(rows: list[list[Any]], width: int, path: Path) -> None:
    import pyarrow as pa

    columns = [_column([row[index] for row in rows]) for index in range(width)]
    table = pa.table(columns, names=[f"c{index}" for index in range(width)])
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _column(values: list[Any]) -> Any:
    """One column as nullable text, converted in pieces: a title or total mixes the types in its own piece only."""
    import pyarrow as pa

    pieces = [_texts(values[start : start + _PIECE]) for start in range(0, len(values), _PIECE)]
    return pa.chunked_array(pieces, pa.string())


def _texts(values: list[Any]) -> Any:
    """Values as nullable text; values of a single type, with or without blanks, are converted all at once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kinds = set(map(type, values))
    if kinds <= {str}:
        texts = pa.array(values, pa.string())
        return pc.if_else(pc.equal(texts, ""), None, texts)
    if kinds <= {str, float} or kinds <= {str, dt.date}:
        blanked = [None if value == "" else value for value in values] if str in kinds else values
        if str not in set(map(type, blanked)):
            return _numbers(blanked) if float in kinds else _days(blanked)
    return pa.array(list(map(_text, values)), pa.string())


def _days(values: list[dt.date | None]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    days = pa.array(values, pa.date32())
    if (pc.min(pc.year(days)).as_py() or _FIRST_YEAR) < _FIRST_YEAR:
        return pa.array(list(map(_text, values)), pa.string())
    return days.cast(pa.string())


def _numbers(values: list[float | None]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = pa.array(values, pa.float64())
    if (pc.max(pc.abs(numbers)).as_py() or 0) >= _EXACT:
        return pa.array(list(map(_text, values)), pa.string())
    try:
        return numbers.cast(pa.int64()).cast(pa.string())
    except pa.ArrowInvalid:
        return pa.array(list(map(_text, values)), pa.string())


def _text(value: Any) -> str | None:
    """One cell in canonical form; numbers have the fifteen digits that a spreadsheet displays."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, dt.date) and value.year < _FIRST_YEAR:
        return str(value.time() if isinstance(value, dt.datetime) else dt.time())
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    return None if value is None else str(value)


def _number_text(value: float) -> str:
    """A number with up to fifteen digits; 1.234 gets a zero at its end, so that its point is not read as thousands."""
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    text = f"{value:.15g}"
    return f"{text}0" if _LIKE_THOUSANDS.fullmatch(text) else text


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))  # exits without freeing every cell first

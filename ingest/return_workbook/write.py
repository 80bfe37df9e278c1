"""Write a return workbook: the sender's own file if possible, else a copy, else only the findings."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from ingest.contract import load
from ingest.contract.generated_sheets import RESULT_SHEET, TEMPLATE_AUTHOR, TEMPLATE_HEADER
from ingest.contract.vocabulary import vocabulary
from ingest.findings.overflow import COLUMNS, OverflowFinding
from ingest.findings.status import restored
from ingest.reading.content import Content, content_of
from ingest.reading.feed import TEXT_NAMES, Reader
from ingest.reading.obstacles import UnreadableError
from ingest.reading.pages import Page, is_plain_workbook, pages_of
from ingest.return_workbook.copied_page import Layout
from ingest.return_workbook.copy import write_copy
from ingest.return_workbook.report import AUTHOR, COLORS, MAX_LISTED, SENTINEL, WIDTHS, Checked, Report, height, report
from warehouse.settings import Limits

if TYPE_CHECKING:
    from ingest.checking.checked_feed import CheckedFeed

_CHILD = Path(__file__).with_name("child.py")
_MAX_KEPT_ROWS = 20_000
"""Feeds with more rows are returned as a copy: keeping formats takes a hundred times as long."""

_BOOKS = frozenset({"xl/workbook.xml", "content.xml"})
_SECONDS = 90
_ENDING = "-tra-lai"


def return_names(sources: Sequence[Path]) -> list[str]:
    """The names of return workbooks, `<stem>-tra-lai.xlsx`; equal ones get their folder's name, or else a number."""
    stems = [it.name if it.is_dir() else re.sub(rf"{_ENDING}(-\d+)?$", "", it.stem) for it in sources]
    folders = [it.absolute().parent.name for it in sources]
    names = [
        stem if stems.count(stem) == 1 else f"{folder}-{stem}" for folder, stem in zip(folders, stems, strict=True)
    ]
    return [
        f"{stem if names.count(stem) == 1 else f'{stem}-{number}'}{_ENDING}.xlsx"
        for number, stem in enumerate(names, start=1)
    ]


def write_return(
    con: duckdb.DuckDBPyConnection, checked: "CheckedFeed", source: Path, target: Path, limits: Limits
) -> Path:
    """Write the return workbook to `target`, atomically, and return its path.

    Existing files, such as the checked one, are never overwritten: the new file gets a number. `con` still has the
    sheets of `source` staged.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target = _free(target)
    partial = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with TemporaryDirectory(prefix="doithoai-") as workdir:
            _write(con, checked, source, partial, Reader(vocabulary(load.load()), limits, Path(workdir)))
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def _free(target: Path) -> Path:
    """`target`, or the first `target-2`, `target-3`, … that does not exist."""
    numbered = (target.with_name(f"{target.stem}-{number}{target.suffix}") for number in count(2))
    return next(each for each in chain([target], numbered) if not each.exists())


def _write(con: duckdb.DuckDBPyConnection, checked: "CheckedFeed", source: Path, target: Path, reader: Reader) -> None:
    result = report(_checked(con, checked))
    pages = _pages(source, reader)
    rows = sum(sheet.staged.rows for sheet in checked.sheets)
    keeps = pages is not None and rows <= _MAX_KEPT_ROWS and is_plain_workbook(source)
    if not (keeps and _marked(source, result, target, reader)):
        layout = Layout(_first_rows(con, checked), not _is_book(source)) if pages else Layout()
        write_copy(target, result, pages or [], layout, reader.workdir)


def _first_rows(con: duckdb.DuckDBPyConnection, checked: "CheckedFeed") -> dict[str, int]:
    """The first data row of each page with a header."""
    found: dict[str, int] = {}
    for staged in checked.staged:
        first = dict(con.execute(f"select part, min(row_number) from {staged.table} group by part").fetchall())
        for number, part in enumerate(staged.parts):
            if number in first and not any(column.row for column in part.columns.values()):
                found[part.name] = min(first[number], found.get(part.name, first[number]))
    return found


def _is_book(source: Path) -> bool:
    """Whether the cells come from a workbook, which stores dates as such, and not from text files."""
    if source.is_dir():
        return False
    match content_of(source):
        case Content.ZIP:
            with zipfile.ZipFile(source) as archive:
                names = set(archive.namelist())
            return bool(names & _BOOKS) or not any(name.lower().endswith(TEXT_NAMES) for name in names)
        case found:
            return found is Content.XLS


def _pages(source: Path, reader: Reader) -> list[Page] | None:
    """The pages of the file; None if it cannot be read, which a finding reports."""
    try:
        return pages_of(source, reader)
    except (UnreadableError, OSError):
        return None


def _checked(con: duckdb.DuckDBPyConnection, checked: "CheckedFeed") -> Checked:
    listed = [each for each in checked.findings if not isinstance(each, OverflowFinding)]
    folded = sum(each.count for each in checked.findings if isinstance(each, OverflowFinding))
    if folded:
        room = max(MAX_LISTED - len(listed), 0)
        names = (*COLUMNS, "standing", "reason")
        rows = con.execute(
            f"select {', '.join(names)} from overflow_findings order by sheet, row_number, cell, rule limit {room}"
        ).fetchall()
        listed += [restored(dict(zip(names, row, strict=True))) for row in rows]
    cover = checked.cover
    return Checked(
        file=checked.file_name,
        sender=f"đơn vị gửi {cover.sender_unit_code}" if cover.sender_unit_code else "",
        period=f"kỳ {cover.period.code}" if cover.period else "",
        rejected=checked.verdict.value == "rejected",
        quarantined=checked.rows_quarantined,
        total=len([each for each in checked.findings if not isinstance(each, OverflowFinding)]) + folded,
        findings=listed[:MAX_LISTED],
        fixed=checked.fixed,
        groups=checked.groups,
    )


def _marked(source: Path, result: Report, target: Path, reader: Reader) -> bool:
    """Mark the sender's own workbook in a child process with limits; return whether `target` was written."""
    limits, workdir = reader.limits, reader.workdir
    plan = workdir / "plan.json"
    plan.write_text(json.dumps(_plan(result), ensure_ascii=False), encoding="utf-8")
    seconds = min(limits.timeout_s, _SECONDS)
    call = [sys.executable, "-I", str(_CHILD), str(source), str(plan), str(target), str(limits.memory_mb), str(seconds)]
    try:
        done = subprocess.run(
            call,
            check=False,
            timeout=seconds,
            env={"LC_ALL": "C.UTF-8", "TMPDIR": str(workdir)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0 and target.exists()


def _plan(result: Report) -> dict[str, object]:
    return {
        "sheet": RESULT_SHEET,
        "author": AUTHOR,
        "template": TEMPLATE_AUTHOR,
        "template_header": TEMPLATE_HEADER,
        "sentinel": SENTINEL,
        "colors": dict(COLORS),
        "widths": WIDTHS,
        "header": result.header,
        "heights": [height(row) for row in result.rows],
        "rows": [[asdict(cell) for cell in row] for row in result.rows],
        "marks": {sheet: asdict(marks) for sheet, marks in result.marks.items()},
    }

"""Snippets: the rows of each sheet around its findings, as a small spreadsheet for a page.

Each row appears once, however many findings it has. Values are as received, masked, in Unicode; long ones are cut.
Columns that are not in the contract are left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from ingest.findings.messages import day_shown
from ingest.model.findings import Finding
from ingest.model.received import Encoding, ReceivedColumn
from ingest.parsing import to_unicode
from ingest.staging.stage import Part, StagedSheet
from warehouse.sql import quoted

LONGEST_CELL = 120
"""Maximum number of characters of a cell in a snippet."""

Rows = Sequence[tuple[int, tuple[str | None, ...]]]
"""Row numbers with the received values of some fields."""


@dataclass(frozen=True)
class SnippetColumn:
    """A column as the sender sees it; `letter` is empty for the labels in a cover that lists labels and values."""

    letter: str
    header: str
    field: str


@dataclass(frozen=True)
class SnippetRow:
    """A row with its number in the sender's file, one text per column."""

    row_number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Snippet:
    """The rows of one block of a sheet that have findings, and the data rows just above and below each."""

    sheet: str
    columns: tuple[SnippetColumn, ...]
    rows: tuple[SnippetRow, ...]


def snippets_of(
    con: duckdb.DuckDBPyConnection, sheets: Iterable[StagedSheet], findings: Iterable[Finding]
) -> tuple[Snippet, ...]:
    """The rows that `findings` are about and their neighbours, for each of `sheets`, which are staged on `con`."""
    rows: dict[str, set[int]] = {}
    for finding in findings:
        if finding.row_number is not None:
            rows.setdefault(finding.sheet, set()).add(finding.row_number)
    found = [
        _snippet(con, staged, number, part, rows[part.name])
        for staged in sheets
        for number, part in enumerate(staged.parts)
        if part.name in rows
    ]
    return tuple(each for each in found if each.rows)


def _snippet(con: duckdb.DuckDBPyConnection, staged: StagedSheet, number: int, part: Part, wanted: set[int]) -> Snippet:
    columns = dict(
        sorted(part.columns.items(), key=lambda item: (item[1].row or 0, len(item[1].letter), item[1].letter))
    )
    if any(column.row for column in columns.values()):
        return labelled(part.name, columns, _received(con, staged, number, columns, None))
    return table(part.name, columns, _received(con, staged, number, columns, wanted))


def _received(
    con: duckdb.DuckDBPyConnection, staged: StagedSheet, part: int, columns: Iterable[str], wanted: set[int] | None
) -> Rows:
    """The wanted rows of a part and their neighbours; all rows if `wanted` is None."""
    values = ", ".join(map(quoted, columns))
    near = " or ".join(f"{number} in (select unnest($wanted))" for number in ("row_number", "above", "below"))
    query = (
        f"with near as (select *, lag(row_number) over by_row as above, lead(row_number) over by_row as below "
        f"from {staged.table} where part = {part} window by_row as (order by row_number)) "
        f"select row_number, {values} from near where {near if wanted is not None else 'true'} order by row_number"
    )
    rows = con.execute(query, {"wanted": sorted(wanted)} if wanted is not None else {}).fetchall()
    return [(row_number, tuple(cells)) for row_number, *cells in rows]


def table(sheet: str, columns: Mapping[str, ReceivedColumn], rows: Rows) -> Snippet:
    """The snippet for a sheet with a header row."""
    heads = tuple(SnippetColumn(each.letter, each.header, field) for field, each in columns.items())
    encodings = [each.encoding for each in columns.values()]
    shown = (SnippetRow(number, tuple(map(_shown, cells, encodings))) for number, cells in rows)
    return Snippet(sheet, heads, tuple(shown))


def labelled(sheet: str, columns: Mapping[str, ReceivedColumn], rows: Rows) -> Snippet:
    """The snippet for a cover that lists labels and values: one row per label, with or without findings."""
    letter = next((each.letter for each in columns.values()), "")
    heads = (SnippetColumn("", "", ""), SnippetColumn(letter, "", ""))
    shown = (
        SnippetRow(each.row or number, (each.header, _shown(cell, each.encoding)))
        for number, cells in rows[:1]
        for each, cell in zip(columns.values(), cells, strict=True)
    )
    return Snippet(sheet, heads, tuple(shown))


def _shown(cell: str | None, encoding: Encoding) -> str:
    text = day_shown(to_unicode(cell or "", encoding))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"

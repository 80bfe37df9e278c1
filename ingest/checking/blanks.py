"""Blanks that mean "the same as above": columns filled only in the first row of each group.

A blank is never read as the value above it. A column with many such blanks gets one finding instead of one per row.
"""

from collections import Counter
from collections.abc import Sequence

import duckdb

from ingest.checking.context import CheckContext
from ingest.findings.cell_ranges import MISSING_VALUE
from ingest.findings.overflow import OverflowFinding
from ingest.model.findings import Finding
from ingest.model.received import SheetKind
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import TypedSheet
from warehouse.sql import quoted

FEWEST = 3
"""A column is filled by groups if it has this many blanks, in a third of its rows, and its first row is filled."""

_Place = tuple[str, str]
"""The sheet kind and the field of a column."""


def merge_blanks_below(
    context: CheckContext, sheets: Sequence[TypedSheet], findings: Sequence[Finding]
) -> list[Finding]:
    """Return the findings, with one finding for all blanks in a column that is filled by groups."""
    rule = context.contracts.feed_rules["blanks_below"]
    counts = Counter((each.sheet_kind, each.field) for each in findings if each.rule == MISSING_VALUE)
    examples = _filled_by_groups(context.con, [typed.staged for typed in sheets], counts, findings)
    merged, seen = [], set[_Place]()
    for each in findings:
        place = (each.sheet_kind, each.field)
        if each.rule != MISSING_VALUE or place not in examples:
            merged.append(each)
        elif place not in seen:
            seen.add(place)
            merged.append(context.builder.in_place_of(each, rule, count=counts[place], evidence=examples[place]))
    return merged


def _filled_by_groups(
    con: duckdb.DuckDBPyConnection, sheets: Sequence[StagedSheet], blanks: Counter[_Place], findings: Sequence[Finding]
) -> dict[_Place, str]:
    """The columns that are filled by groups, with the value of their first row."""
    by_kind = {sheet.contract.kind.value: sheet for sheet in sheets}
    overflow = {(each.sheet_kind, each.field) for each in findings if isinstance(each, OverflowFinding)}
    found: dict[_Place, str] = {}
    for (kind, name), count in blanks.items():
        sheet = by_kind.get(SheetKind(kind)) if kind else None
        if sheet is None or (kind, name) in overflow or count < FEWEST or count * 3 < sheet.rows:
            continue
        if name in sheet.fields and sheet.contract.key != (name,) and (first := _first_value(con, sheet, name)):
            found[kind, name] = first
    return found


def _first_value(con: duckdb.DuckDBPyConnection, sheet: StagedSheet, name: str) -> str:
    rows = con.execute(f"select {quoted(name)} from {sheet.table} order by rowid limit 1").fetchall()
    return rows[0][0] or "" if rows else ""

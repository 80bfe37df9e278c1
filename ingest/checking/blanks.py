"""Blanks meant as "the same as above": a column that is filled in the first row of each group alone.

A blank is never read as the value above it. Where many are meant so, that is told once a column, in place of every row.
"""

from collections import Counter
from collections.abc import Sequence

import duckdb

from ingest.checking.context import Desk
from ingest.findings.cell_ranges import MISSING_VALUE
from ingest.findings.overflow import FoldedFinding
from ingest.model.findings import Finding
from ingest.model.received import SheetKind
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import TypedSheet
from warehouse.expectations import quoted

FEWEST = 3
"""So many blanks at least, and a third of the rows, and the first row filled, make a column filled by groups."""

_Place = tuple[str, str]
"""Sheet and field of a column."""


def with_blanks_below(desk: Desk, sheets: Sequence[TypedSheet], findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those about the blanks of a column that is filled by groups as one."""
    rule = desk.contracts.feed_rules["blanks_below"]
    counts = Counter((each.sheet_kind, each.field) for each in findings if each.rule == MISSING_VALUE)
    examples = _filled_by_groups(desk.con, [typed.staged for typed in sheets], counts, findings)
    found, told = [], set[_Place]()
    for each in findings:
        place = (each.sheet_kind, each.field)
        if each.rule != MISSING_VALUE or place not in examples:
            found.append(each)
        elif place not in told:
            told.add(place)
            found.append(desk.teller.in_place_of(each, rule, count=counts[place], evidence=examples[place]))
    return found


def _filled_by_groups(
    con: duckdb.DuckDBPyConnection, sheets: Sequence[StagedSheet], blanks: Counter[_Place], findings: Sequence[Finding]
) -> dict[_Place, str]:
    """The columns that are filled by groups, each with the value of its first row."""
    by_kind = {sheet.contract.kind.value: sheet for sheet in sheets}
    folded = {(each.sheet_kind, each.field) for each in findings if isinstance(each, FoldedFinding)}
    found: dict[_Place, str] = {}
    for (kind, name), count in blanks.items():
        sheet = by_kind.get(SheetKind(kind)) if kind else None
        if sheet is None or (kind, name) in folded or count < FEWEST or count * 3 < sheet.rows:
            continue
        if name in sheet.fields and sheet.contract.key != (name,) and (first := _first_value(con, sheet, name)):
            found[kind, name] = first
    return found


def _first_value(con: duckdb.DuckDBPyConnection, sheet: StagedSheet, name: str) -> str:
    rows = con.execute(f"select {quoted(name)} from {sheet.table} order by rowid limit 1").fetchall()
    return rows[0][0] or "" if rows else ""

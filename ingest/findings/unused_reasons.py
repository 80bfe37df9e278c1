"""Unused reasons: what a sender said of points that this version of the feed no longer has."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

import duckdb

from ingest.findings.confirmations import READINGS, Written
from ingest.findings.status import restored
from ingest.model.findings import Finding
from ingest.model.reasons import GivenReason


@dataclass(frozen=True)
class UnusedReason:
    """A reason that answers nothing: the point is gone, or its value is another one. `by` is empty if not yet kept."""

    cell: str
    message: str
    reason: str
    by: str = ""


def unused_reasons(
    con: duckdb.DuckDBPyConnection,
    asked: Iterable[Finding],
    earlier: Collection[str],
    known: Mapping[str, GivenReason],
    written: Sequence[Written],
) -> tuple[UnusedReason, ...]:
    """The reasons of the `earlier` records, and those `written` into the feed itself, that answer none of `asked`."""
    keys = {key for each in asked for key in (each.confirmation_key, each.received_key)}
    found = {
        each.confirmation_key: UnusedReason(each.cell, each.message, said.reason, said.by)
        for each in recorded(con, earlier)
        if each.needs_reason and each.rule not in READINGS and not keys & {each.confirmation_key, each.received_key}
        if (said := said_of(each, known))
    }
    own = {it.key: UnusedReason(it.cell, it.message, it.reason) for it in written if it.key not in keys}
    return tuple((own | found).values())


def said_of(finding: Finding, known: Mapping[str, GivenReason]) -> GivenReason | None:
    """What is known to have been said of a recorded finding."""
    kept = known.get(finding.confirmation_key) or known.get(finding.received_key)
    return kept or (GivenReason(finding.reason) if finding.reason else None)


def recorded(con: duckdb.DuckDBPyConnection, feed_ids: Collection[str], schema: str = "raw") -> list[Finding]:
    """The findings of these records in the order told; a warehouse of an earlier release may lack a column."""
    there = {row[0] for row in con.execute(f"describe {schema}.findings").fetchall()}
    names = [each.name for each in fields(Finding)]
    columns = (name if name in there else f"null as {name}" for name in names)
    rows = con.execute(
        f"select {', '.join(columns)} from {schema}.findings where list_contains(?, feed_id) "
        "order by feed_id, finding_no",
        [sorted(feed_ids)],
    ).fetchall()
    return [restored(dict(zip(names, row, strict=True))) for row in rows]

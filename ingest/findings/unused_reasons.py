"""Unused reasons: reasons for findings that the checked version of a feed no longer has."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

import duckdb

from ingest.findings.confirmations import READINGS, WrittenReason
from ingest.findings.status import restored
from ingest.model.findings import Finding
from ingest.model.reasons import GivenReason


@dataclass(frozen=True)
class UnusedReason:
    """A reason without a finding: it is fixed, or its value changed. `by` is empty if the reason is not stored yet."""

    cell: str
    message: str
    reason: str
    by: str = ""


def unused_reasons(
    con: duckdb.DuckDBPyConnection,
    asked: Iterable[Finding],
    earlier: Collection[str],
    known: Mapping[str, GivenReason],
    written: Sequence[WrittenReason],
) -> tuple[UnusedReason, ...]:
    """The reasons of `earlier` records, and those `written` in the feed itself, that match none of `asked`."""
    keys = {key for each in asked for key in (each.confirmation_key, each.received_key)}
    found = {
        each.confirmation_key: UnusedReason(each.cell, each.message, reason.reason, reason.by)
        for each in recorded_findings(con, earlier)
        if each.needs_reason and each.rule not in READINGS and not keys & {each.confirmation_key, each.received_key}
        if (reason := known_reason(each, known))
    }
    own = {it.key: UnusedReason(it.cell, it.message, it.reason) for it in written if it.key not in keys}
    return tuple((own | found).values())


def known_reason(finding: Finding, known: Mapping[str, GivenReason]) -> GivenReason | None:
    """The known reason for a recorded finding; None if there is none."""
    stored = known.get(finding.confirmation_key) or known.get(finding.received_key)
    return stored or (GivenReason(finding.reason) if finding.reason else None)


def recorded_findings(con: duckdb.DuckDBPyConnection, feed_ids: Collection[str], schema: str = "raw") -> list[Finding]:
    """The recorded findings of these feeds, in order; attributes that an older warehouse lacks are empty."""
    present = {row[0] for row in con.execute(f"describe {schema}.findings").fetchall()}
    names = [each.name for each in fields(Finding)]
    columns = (name if name in present else f"null as {name}" for name in names)
    rows = con.execute(
        f"select {', '.join(columns)} from {schema}.findings where list_contains(?, feed_id) "
        "order by feed_id, finding_no",
        [sorted(feed_ids)],
    ).fetchall()
    return [restored(dict(zip(names, row, strict=True))) for row in rows]

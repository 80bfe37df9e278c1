"""The status of findings relative to the sender's previous feed for the period, and the sender's reasons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace

import duckdb
import pyarrow as pa

from ingest.contract.load import load
from ingest.contract.sheet_contract import DATES
from ingest.findings.messages import day_shown
from ingest.findings.overflow import COLUMNS, CONFIRMATION_KEY_SQL, IDENTITY_SQL, RECEIVED_KEY_SQL, OverflowFinding
from ingest.model.findings import Finding, Standing, Tier
from ingest.model.reasons import GivenReason
from ingest.model.received import SheetKind
from ingest.parsing.days import read_instant


def with_standing(con: duckdb.DuckDBPyConnection, findings: Sequence[Finding], previous: str) -> list[Finding]:
    """Return the findings, marked as new or open relative to feed `previous`; mark overflow findings in their table.

    If `previous` was recorded by an earlier release, whose findings have no identity, none is marked.
    """
    rows = con.execute("select distinct identity from raw.findings where feed_id = ?", [previous]).fetchall()
    known = {identity for (identity,) in rows}
    if known == {None}:
        return list(findings)
    con.execute(
        f"update overflow_findings set standing = if({IDENTITY_SQL} in (select identity from raw.findings "
        "where feed_id = ? and identity is not null), 'open', 'new')",
        [previous],
    )
    return [
        each
        if isinstance(each, OverflowFinding)
        else replace(each, standing=Standing.OPEN if each.identity in known else Standing.NEW)
        for each in findings
    ]


def fixed_since(
    con: duckdb.DuckDBPyConnection, findings: Sequence[Finding], previous: str, kinds: Collection[str]
) -> tuple[Finding, ...]:
    """The fixed findings of feed `previous`, except about sheets outside `kinds`, which were not checked now."""
    names = [each.name for each in fields(Finding)]
    now = pa.array([each.identity for each in findings if not isinstance(each, OverflowFinding)], pa.string())
    con.register("identities_now", pa.table({"identity": now}))
    con.register("kinds_now", pa.table({"kind": pa.array(sorted({*kinds, ""}), pa.string())}))
    rows = con.execute(
        f"select {', '.join(names)} from raw.findings where feed_id = ? and identity is not null "
        "and sheet_kind in (select kind from kinds_now) and identity not in (select identity from identities_now) "
        f"and identity not in (select {IDENTITY_SQL} from overflow_findings) order by finding_no",
        [previous],
    ).fetchall()
    con.unregister("identities_now")
    con.unregister("kinds_now")
    return tuple(_fixed(dict(zip(names, row, strict=True))) for row in rows)


def _fixed(row: dict[str, object]) -> Finding:
    """A fixed finding; a date is shown as it was read, because nobody can read a cell's serial number."""
    found = restored(row)
    shown = _day_read(found)
    message = found.message.replace(found.value, shown) if shown != found.value else found.message
    return replace(found, standing=Standing.FIXED, value=shown, message=message)


def _day_read(found: Finding) -> str:
    """The value; if it is a date stored as a serial number or in canonical form, that date in Vietnamese form."""
    kinds = {kind.value: kind for kind in SheetKind}
    if found.sheet_kind not in kinds or not found.field:
        return found.value
    column = next((it for it in load().sheets[kinds[found.sheet_kind]].columns if it.field == found.field), None)
    if column is None or column.type not in DATES:
        return found.value
    read = read_instant(found.value.strip())
    is_stored = read.repair == "serial_date" or read.repair is None
    return day_shown(str(read.value)) if is_stored and read.value is not None else found.value


def restored(row: dict[str, object]) -> Finding:
    """The finding in a row of recorded findings; texts that an older warehouse lacks become empty."""
    values = {name: "" if value is None and name != "row_number" else value for name, value in row.items()}
    standing = Standing(str(values["standing"])) if values.get("standing") else None
    return Finding(**{**values, "tier": Tier(str(row["tier"])), "standing": standing})  # type: ignore[arg-type]


def with_reasons(
    con: duckdb.DuckDBPyConnection, findings: Sequence[Finding], known: Mapping[str, GivenReason]
) -> list[Finding]:
    """Return each finding with the sender's reason, if there is one; overflow findings get theirs in their table."""
    if not known:
        return list(findings)
    reasons = {key: each.reason for key, each in known.items()}
    given = {"key": pa.array(list(reasons), pa.string()), "reason": pa.array(list(reasons.values()), pa.string())}
    con.register("given_reasons", pa.table(given))
    con.execute(
        f"update overflow_findings set reason = g.reason from given_reasons as g where needs_reason "
        f"and g.key in ({CONFIRMATION_KEY_SQL}, {RECEIVED_KEY_SQL})"
    )
    con.unregister("given_reasons")
    return [
        replace(each, reason=reasons.get(each.confirmation_key) or reasons.get(each.received_key, ""))
        if each.needs_reason and not isinstance(each, OverflowFinding)
        else each
        for each in findings
    ]


def confirmable(con: duckdb.DuckDBPyConnection, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that need a reason, whether or not they have one; overflow findings are listed one by one."""
    listed = [each for each in findings if each.needs_reason and not isinstance(each, OverflowFinding)]
    names = (*COLUMNS, "reason")
    rows = con.execute(f"select {', '.join(names)} from overflow_findings where needs_reason").fetchall()
    return (*listed, *(restored(dict(zip(names, row, strict=True))) for row in rows))

"""The steps of a landing: each function writes one kind of record inside the transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.contract import load
from ingest.findings.overflow import COLUMNS as OVERFLOW_COLUMNS
from ingest.findings.overflow import CONFIRMATION_KEY_SQL, IDENTITY_SQL, OverflowFinding
from ingest.model.findings import Finding
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import TypedSheet
from warehouse.sql import literal, quoted


@dataclass(frozen=True)
class LandingFeed:
    """What every step of a landing needs."""

    con: duckdb.DuckDBPyConnection
    checked: CheckedFeed
    feed_id: str
    version: int | None
    archive_name: str | None
    now: datetime


def write_feed(feed: LandingFeed) -> None:
    """Write the feed's own record."""
    checked, cover = feed.checked, feed.checked.cover
    values = [
        feed.feed_id,
        checked.packed.sha256,
        checked.file_name,
        feed.archive_name,
        cover.sender_unit_code,
        period_code(checked),
        feed.version,
        feed.now,
        checked.verdict.value,
        cover.nil_return,
        cover.prepared_on,
        cover.prepared_by,
        cover.approved_by,
        cover.declared_dialogues,
        cover.declared_petitions,
        checked.profile.record if checked.profile else None,
        checked.rows_landed,
        checked.rows_quarantined,
        _count_findings(checked),
        load.digest(),
        checked.saved_at,
    ]
    feed.con.execute(f"insert into raw.feeds values ({', '.join('?' * len(values))})", values)


def write_columns(feed: LandingFeed) -> None:
    """Write the feed's known columns with their first and last data rows; a profile's constant counts as a column."""
    rows = [(feed.feed_id, *row) for typed in feed.checked.sheets for row in _column_rows(feed.con, typed)]
    names = "feed_id sheet_kind field header letter encoding sheet first_row last_row filled_rows"
    _insert(feed.con, "raw.feed_columns", rows, tuple(names.split()))


def _column_rows(con: duckdb.DuckDBPyConnection, typed: TypedSheet) -> Iterator[tuple[object, ...]]:
    staged, kind = typed.staged, typed.staged.contract.kind.value
    spans, filled = _row_spans(con, staged), _filled_rows(staged)
    for number, part in enumerate(staged.parts):
        span = spans.get(number, (None, None))
        for name, column in part.columns.items():
            place = (part.name, *span, filled.get((number, name)))
            yield kind, name, column.header, column.letter, column.encoding.value, *place
    for name in typed.sources:
        if name not in staged.fields:
            yield kind, name, "", "", "unicode", "", None, None, None


def _row_spans(con: duckdb.DuckDBPyConnection, staged: StagedSheet) -> dict[int, tuple[int, int]]:
    """The first and the last row of each part that has rows."""
    spans = f"select part, min(row_number), max(row_number) from {staged.table} group by part"
    return {part: (first, last) for part, first, last in con.execute(spans).fetchall()}


def _filled_rows(staged: StagedSheet) -> dict[tuple[int, str], list[int]]:
    """By part and field, the rows whose cell was filled from its merged block."""
    filled: dict[tuple[int, str], list[int]] = {}
    for part, field, row_number in staged.filled_down:
        filled.setdefault((part, field), []).append(row_number)
    return filled


def write_rows(feed: LandingFeed) -> None:
    """Write the rows without an error, typed, with the received text of every cell."""
    for typed in feed.checked.sheets:
        kind = typed.staged.contract.kind
        fields = [quoted(column.field) for column in typed.staged.contract.columns]
        without_errors = _without_errors(feed.con, typed) if feed.checked.rows_quarantined else ""
        feed.con.execute(
            f"insert into raw.{kind} (feed_id, sheet, row_number, {', '.join(fields)}, received) "
            f"select ?, {_sheet_name(typed.staged)}, row_number, {', '.join(fields)}, received from {typed.view}"
            f"{without_errors}",
            [feed.feed_id],
        )


def _without_errors(con: duckdb.DuckDBPyConnection, typed: TypedSheet) -> str:
    """A `where` clause that excludes rows with an error; empty if there are none, which saves large sheets a join."""
    errors = f"select row from violations_{typed.staged.contract.kind} where tier = 'row'"
    return f" where row_id not in ({errors})" if con.execute(f"{errors} limit 1").fetchone() else ""


def _sheet_name(staged: StagedSheet) -> str:
    names = " ".join(f"when {number} then {literal(part.name)}" for number, part in enumerate(staged.parts))
    return f"case part {names} end"


def write_quarantine(feed: LandingFeed) -> None:
    """Write the rows with an error, as received, with the rules that they break."""
    if not feed.checked.rows_quarantined:
        return
    for typed in feed.checked.sheets:
        staged, kind = typed.staged, typed.staged.contract.kind
        received = ", ".join(f"{literal(name)}, r.{quoted(name)}" for name in staged.fields)
        feed.con.execute(
            f"insert into raw.quarantine select ?, ?, {_sheet_name(staged)}, r.row_number, "
            f"json_object({received})::varchar, f.rules from {staged.table} as r join "
            "(select row, string_agg(distinct id, ',' order by id) as rules "
            f"from violations_{kind} where tier = 'row' group by row) as f on f.row = r.rowid order by r.rowid",
            [feed.feed_id, kind.value],
        )


def write_repairs(feed: LandingFeed) -> None:
    """Write each distinct repaired text, as received and as read."""
    for typed in feed.checked.sheets:
        if not typed.reads.repaired:
            continue
        feed.con.execute(
            f"insert into raw.repairs select ?, ?, {_sheet_name(typed.staged)}, field, x, read, repair, cells, "
            f"first_row from {typed.reads.table} where repair is not null order by field, part, first_row, x",
            [feed.feed_id, typed.staged.contract.kind.value],
        )


def write_set_aside(feed: LandingFeed) -> None:
    """Write the lines that are not data."""
    rows = [
        (feed.feed_id, sheet, aside.row_number, aside.reason, aside.text)
        for typed in feed.checked.sheets
        for sheet, aside in typed.staged.set_aside
    ]
    _insert(feed.con, "raw.set_aside", rows, ("feed_id", "sheet", "row_number", "reason", "text"))


def write_findings(feed: LandingFeed) -> None:
    """Write the findings, numbered from 1 in their order."""
    rows = [
        (feed.feed_id, number, *astuple(each), each.identity, each.confirmation_key)
        for number, each in enumerate(feed.checked.recorded_findings, start=1)
    ]
    names = ("feed_id", "finding_no", *Finding.__dataclass_fields__, "identity", "confirmation_key")
    _insert(feed.con, "raw.findings", rows, names)


def write_overflow_findings(feed: LandingFeed) -> None:
    """Write the overflow findings, numbered after the others."""
    if len(feed.checked.recorded_findings) == len(feed.checked.findings):
        return
    feed.con.execute(
        "insert into raw.findings by name select ? as feed_id, ? + row_number() over () as finding_no, 1 as count, "
        f"{', '.join(OVERFLOW_COLUMNS)}, standing, coalesce(reason, '') as reason, false as grouped, "
        f"{IDENTITY_SQL} as identity, {CONFIRMATION_KEY_SQL} as confirmation_key from overflow_findings",
        [feed.feed_id, len(feed.checked.recorded_findings)],
    )


def write_changes(feed: LandingFeed) -> None:
    """Write the changes relative to the last accepted version; a first version has none."""
    if feed.checked.changes:
        feed.con.execute(
            "insert into raw.changes by name select ? as feed_id, ? as previous_feed_id, * from feed_changes",
            [feed.feed_id, feed.checked.changes.previous_feed_id],
        )


def _count_findings(checked: CheckedFeed) -> int:
    """The number of findings that are recorded, overflow findings included."""
    overflow = sum(each.count for each in checked.findings if isinstance(each, OverflowFinding))
    return len(checked.recorded_findings) + (overflow if checked.verdict is Verdict.ACCEPTED else 0)


def _insert(
    con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]], names: tuple[str, ...]
) -> None:
    """Insert all rows in one statement; inserting row by row would run one statement per row."""
    if not rows:
        return
    columns = [pa.array([_plain(value) for value in column]) for column in zip(*rows, strict=True)]
    con.register("new_rows", pa.table(columns, names=list(names)))
    con.execute(f"insert into {table} by name select * from new_rows")
    con.unregister("new_rows")


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def period_code(checked: CheckedFeed) -> str | None:
    """The code of the feed's period; None if the period is unknown."""
    return checked.cover.period.code if checked.cover.period else None

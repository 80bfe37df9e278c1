"""Landing: a checked feed into the archive and the raw tables, in one transaction, or not at all.

Every step is a function of its own. A crash at any point leaves either nothing in the raw tables or the whole feed; as
the same bytes are known again, running once more is always safe.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from ingest.check import CheckedFeed, Verdict
from ingest.findings import Finding
from ingest.folded import COLUMNS as FOLDED_COLUMNS
from ingest.folded import FoldedFinding
from ingest.staging import StagedSheet
from ingest.typed import TypedSheet
from warehouse.expectations import quoted
from warehouse.home import Home


@dataclass(frozen=True)
class Landing:
    """What became of one feed: `feed_id` is its record in `raw.feeds`, of the earlier landing where there was one."""

    file_name: str
    verdict: Verdict
    feed_id: str
    rows_landed: int
    rows_quarantined: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Feed:
    """What every step of a landing writes with."""

    con: duckdb.DuckDBPyConnection
    checked: CheckedFeed
    feed_id: str
    version: int | None
    archive_name: str | None
    now: datetime


def land(con: duckdb.DuckDBPyConnection, home: Home, checked: CheckedFeed, now: datetime) -> Landing:
    """Lands `checked`, whose sheets are still staged on `con`; a feed that landed before is left alone.

    A rejected feed leaves its record and findings; the same rejection again leaves nothing new.
    """
    if checked.verdict is Verdict.ALREADY_LANDED:
        return _landing(checked, checked.feed_id or "")
    if checked.verdict is Verdict.REJECTED:
        return _landing(checked, _rejected_before(con, checked) or _record_rejection(con, checked, now))
    archive_name = archive_bytes(home, checked)
    version = _next_version(con, checked)
    feed_id = f"{checked.cover.sender_unit_code}-{_period_code(checked)}-v{version}"
    feed = _Feed(con, checked, feed_id, version, archive_name, now)
    _in_one_transaction(feed, ACCEPTED_STEPS)
    return _landing(checked, feed_id)


def _landing(checked: CheckedFeed, feed_id: str) -> Landing:
    return Landing(
        checked.file_name, checked.verdict, feed_id, checked.rows_landed, checked.rows_quarantined, checked.findings
    )


def _record_rejection(con: duckdb.DuckDBPyConnection, checked: CheckedFeed, now: datetime) -> str:
    prefix = f"rejected-{checked.packed.sha256[:16]}"
    ((before,),) = con.execute("select count(*) from raw.feeds where starts_with(feed_id, ?)", [prefix]).fetchall()
    feed = _Feed(con, checked, f"{prefix}-{before + 1}", None, None, now)
    _in_one_transaction(feed, REJECTED_STEPS)
    return feed.feed_id


def _rejected_before(con: duckdb.DuckDBPyConnection, checked: CheckedFeed) -> str | None:
    """The record of the last rejection of the same bytes, if it said the same."""
    last = con.execute(
        "select feed_id from raw.feeds where sha256 = ? and status = 'rejected' "
        "order by received_at desc, feed_id desc limit 1",
        [checked.packed.sha256],
    ).fetchone()
    if last is None:
        return None
    told = con.execute(
        "select rule, cell, value, message from raw.findings where feed_id = ? order by finding_no", [last[0]]
    ).fetchall()
    same = told == [(each.rule, each.cell, each.value, each.message) for each in checked.findings]
    return str(last[0]) if same else None


def _in_one_transaction(feed: _Feed, steps: tuple[str, ...]) -> None:
    feed.con.execute("begin transaction")
    try:
        for step in steps:
            _step(step)(feed)
    except BaseException:
        feed.con.execute("rollback")
        raise
    commit(feed)


def _step(name: str) -> Callable[[_Feed], None]:
    found: Callable[[_Feed], None] = globals()[name]
    return found


ACCEPTED_STEPS = (
    "write_feed",
    "write_columns",
    "write_rows",
    "write_quarantine",
    "write_repairs",
    "write_set_aside",
    "write_findings",
    "write_folded",
)
"""The steps of a landing between begin and commit, by name."""

REJECTED_STEPS = ("write_feed", "write_findings")
"""The steps of recording a rejection."""


def archive_bytes(home: Home, checked: CheckedFeed) -> str:
    """Keeps the feed's bytes as `archive/<sha256>.<ext>`, whole or not at all; returns the file's name.

    They may hold personal data, so that nobody but the owner reads them at any moment.
    """
    target = home.archive / f"{checked.packed.sha256}{checked.packed.suffix}"
    if target.exists():
        return target.name
    partial = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    partial.touch(0o600)
    shutil.copyfile(checked.packed.path, partial)
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    return target.name


def commit(feed: _Feed) -> None:
    """Makes the landing durable."""
    feed.con.execute("commit")


def write_feed(feed: _Feed) -> None:
    """The feed's own record."""
    checked, cover = feed.checked, feed.checked.cover
    values = [
        feed.feed_id,
        checked.packed.sha256,
        checked.file_name,
        feed.archive_name,
        cover.sender_unit_code,
        _period_code(checked),
        feed.version,
        feed.now,
        checked.verdict.value,
        cover.nil_return,
        cover.prepared_on,
        cover.prepared_by,
        cover.approved_by,
        cover.declared_dialogues,
        cover.declared_petitions,
        checked.profile,
        checked.rows_landed,
        checked.rows_quarantined,
        _count_findings(checked),
    ]
    feed.con.execute(f"insert into raw.feeds values ({', '.join('?' * len(values))})", values)


def write_columns(feed: _Feed) -> None:
    """The known columns that the feed has; a constant of a profile counts as a column."""
    rows = []
    for typed in feed.checked.sheets:
        staged = typed.staged
        kind = staged.contract.kind.value
        for part in staged.parts:
            rows += [
                (feed.feed_id, kind, name, column.header, column.letter, column.encoding.value)
                for name, column in part.columns.items()
            ]
        rows += [(feed.feed_id, kind, name, "", "", "unicode") for name in typed.sources if name not in staged.fields]
    _insert(feed.con, "raw.feed_columns", rows, ("feed_id", "sheet_kind", "field", "header", "letter", "encoding"))


def write_rows(feed: _Feed) -> None:
    """The rows without an error, typed, with the text received in every cell."""
    for typed in feed.checked.sheets:
        kind = typed.staged.contract.kind
        fields = [quoted(column.field) for column in typed.staged.contract.columns]
        feed.con.execute(
            f"insert into raw.{kind} (feed_id, sheet, row_number, {', '.join(fields)}, received) "
            f"select ?, {_sheet_name(typed.staged)}, row_number, {', '.join(fields)}, received from {typed.view}"
            f"{_without_errors(feed.con, typed)}",
            [feed.feed_id],
        )


def _without_errors(con: duckdb.DuckDBPyConnection, typed: TypedSheet) -> str:
    """A condition that leaves faulty rows out; none where there are none, which spares large sheets a join."""
    errors = f"select row from faults_{typed.staged.contract.kind} where tier = 'row'"
    return f" where row_id not in ({errors})" if con.execute(f"{errors} limit 1").fetchone() else ""


def _sheet_name(staged: StagedSheet) -> str:
    names = " ".join(f"when {number} then {_text(part.name)}" for number, part in enumerate(staged.parts))
    return f"case part {names} end"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def write_quarantine(feed: _Feed) -> None:
    """The rows with an error, as received, with the rules that they break."""
    for typed in feed.checked.sheets:
        staged, kind = typed.staged, typed.staged.contract.kind
        received = ", ".join(f"{_text(name)}, r.{quoted(name)}" for name in staged.fields)
        feed.con.execute(
            f"insert into raw.quarantine select ?, ?, {_sheet_name(staged)}, r.row_number, "
            f"json_object({received})::varchar, f.rules from {staged.table} as r join "
            "(select row, string_agg(distinct id, ',' order by id) as rules "
            f"from faults_{kind} where tier = 'row' group by row) as f on f.row = r.rowid order by r.rowid",
            [feed.feed_id, kind.value],
        )


def write_repairs(feed: _Feed) -> None:
    """Each distinct text that was mended, as received and as read."""
    for typed in feed.checked.sheets:
        feed.con.execute(
            f"insert into raw.repairs select ?, ?, {_sheet_name(typed.staged)}, field, x, read, repair, cells, "
            f"first_row from {typed.reads.table} where repair is not null order by field, part, first_row, x",
            [feed.feed_id, typed.staged.contract.kind.value],
        )


def write_set_aside(feed: _Feed) -> None:
    """The rows that are not data, masked like free text."""
    from ingest.masking import masked

    rows = [
        (feed.feed_id, sheet, aside.row_number, aside.reason, masked(aside.text))
        for typed in feed.checked.sheets
        for sheet, aside in typed.staged.set_aside
    ]
    _insert(feed.con, "raw.set_aside", rows, ("feed_id", "sheet", "row_number", "reason", "text"))


def write_findings(feed: _Feed) -> None:
    """The findings, numbered from 1 in the order told."""
    rows = [(feed.feed_id, number, *astuple(each)) for number, each in enumerate(feed.checked.kept_findings, start=1)]
    names = ("feed_id", "finding_no", *Finding.__dataclass_fields__)
    _insert(feed.con, "raw.findings", rows, names)


def write_folded(feed: _Feed) -> None:
    """The findings that the screen folds into a count, numbered after the others."""
    if len(feed.checked.kept_findings) == len(feed.checked.findings):
        return
    feed.con.execute(
        f"insert into raw.findings select ?, ? + row_number() over (), {', '.join(FOLDED_COLUMNS)}, 1 "
        "from folded_findings",
        [feed.feed_id, len(feed.checked.kept_findings)],
    )


def _count_findings(checked: CheckedFeed) -> int:
    """How many findings are recorded."""
    folded = sum(each.count for each in checked.findings if isinstance(each, FoldedFinding))
    return len(checked.kept_findings) + (folded if checked.verdict is Verdict.ACCEPTED else 0)


def _insert(
    con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]], names: tuple[str, ...]
) -> None:
    """Many rows at once; rows told one by one cost DuckDB a statement each."""
    if not rows:
        return
    columns = [pa.array([_plain(value) for value in column]) for column in zip(*rows, strict=True)]
    con.register("new_rows", pa.table(columns, names=list(names)))
    con.execute(f"insert into {table} by name select * from new_rows")
    con.unregister("new_rows")


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def _period_code(checked: CheckedFeed) -> str | None:
    return checked.cover.period.code if checked.cover.period else None


def _next_version(con: duckdb.DuckDBPyConnection, checked: CheckedFeed) -> int:
    ((version,),) = con.execute(
        "select coalesce(max(version), 0) + 1 from raw.feeds where sender_unit_code = ? and period_code = ?",
        [checked.cover.sender_unit_code, _period_code(checked)],
    ).fetchall()
    return int(version)

"""Land a checked feed: write it to the archive and the raw tables, in one transaction.

A crash at any point leaves the raw tables with either nothing or all of the feed. The same bytes are recognised, so
running the landing again is always safe.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.landing.raw_writer import (
    LandingFeed,
    period_code,
    write_changes,
    write_columns,
    write_feed,
    write_findings,
    write_overflow_findings,
    write_quarantine,
    write_repairs,
    write_rows,
    write_set_aside,
)
from ingest.model.findings import Finding
from ingest.reading.source_file import is_worth_keeping
from warehouse.home import Home

PARTIAL = ".tmp"
"""Suffix of unfinished copies; there is one writer at a time."""

Step = Callable[[LandingFeed], None]
"""A function that writes one kind of record of a landing."""


@dataclass(frozen=True)
class Landing:
    """The outcome for one feed; `feed_id` is its record in `raw.feeds`, or that of an earlier landing of the bytes."""

    feed_id: str
    checked: CheckedFeed

    @property
    def file_name(self) -> str:
        return self.checked.file_name

    @property
    def verdict(self) -> Verdict:
        return self.checked.verdict

    @property
    def rows_landed(self) -> int:
        return self.checked.rows_landed

    @property
    def rows_quarantined(self) -> int:
        return self.checked.rows_quarantined

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.checked.findings


def land(
    con: duckdb.DuckDBPyConnection, home: Home, checked: CheckedFeed, now: datetime, max_file_mb: float
) -> Landing:
    """Land `checked`, whose sheets are still staged on `con`; do nothing for a feed that landed before.

    For a rejected feed, record the rejection and its findings and archive its bytes up to `max_file_mb`, so that it can
    be checked again under other rules. A rejection that equals the last one of the same bytes is not recorded again.
    """
    if checked.verdict is Verdict.ALREADY_LANDED:
        return _landing(checked, checked.feed_id or "")
    if checked.verdict is Verdict.REJECTED:
        archive_name = _archived(home, checked) if is_worth_keeping(checked.packed, max_file_mb) else None
        before = _rejected_before(con, checked, archive_name)
        return _landing(checked, before or _record_rejection(con, checked, archive_name, now))
    archive_name = _archived(home, checked)
    version = _next_version(con, checked)
    feed_id = f"{checked.cover.sender_unit_code}-{period_code(checked)}-v{version}"
    feed = LandingFeed(con, checked, feed_id, version, archive_name, now)
    _in_one_transaction(feed, ACCEPTED_STEPS)
    return _landing(checked, feed_id)


def _landing(checked: CheckedFeed, feed_id: str) -> Landing:
    return Landing(feed_id, checked)


def _archived(home: Home, checked: CheckedFeed) -> str:
    archive_profile(home, checked)
    return archive_bytes(home, checked)


def _record_rejection(
    con: duckdb.DuckDBPyConnection, checked: CheckedFeed, archive_name: str | None, now: datetime
) -> str:
    prefix = f"rejected-{checked.packed.sha256[:16]}"
    ((before,),) = con.execute("select count(*) from raw.feeds where starts_with(feed_id, ?)", [prefix]).fetchall()
    feed = LandingFeed(con, checked, f"{prefix}-{before + 1}", None, archive_name, now)
    _in_one_transaction(feed, REJECTED_STEPS)
    return feed.feed_id


def _rejected_before(con: duckdb.DuckDBPyConnection, checked: CheckedFeed, archive_name: str | None) -> str | None:
    """The last rejection of the same bytes with the same archived file (or none), if it had the same findings."""
    last = con.execute(
        "select feed_id from raw.feeds where sha256 = ? and status = 'rejected' "
        "and archive_name is not distinct from ? order by received_at desc, feed_id desc limit 1",
        [checked.packed.sha256, archive_name],
    ).fetchone()
    if last is None:
        return None
    recorded = con.execute(
        "select rule, cell, value, message from raw.findings where feed_id = ? order by finding_no", [last[0]]
    ).fetchall()
    same = recorded == [(each.rule, each.cell, each.value, each.message) for each in checked.findings]
    return str(last[0]) if same else None


def _in_one_transaction(feed: LandingFeed, steps: Sequence[Step]) -> None:
    feed.con.execute("begin transaction")
    try:
        for step in steps:
            step(feed)
    except BaseException:
        feed.con.execute("rollback")
        raise
    commit(feed)


ACCEPTED_STEPS: tuple[Step, ...] = (
    write_feed,
    write_columns,
    write_rows,
    write_quarantine,
    write_repairs,
    write_set_aside,
    write_findings,
    write_overflow_findings,
    write_changes,
)
"""The steps of a landing, in its transaction."""

REJECTED_STEPS: tuple[Step, ...] = (write_feed, write_findings)
"""The steps that record a rejection, in its transaction."""


def archive_bytes(home: Home, checked: CheckedFeed) -> str:
    """Write the feed's bytes to `archive/<sha256>.<ext>`, atomically; return the file's name.

    They may hold personal data, so at every moment only the owner can read the file.
    """
    target = home.archive / f"{checked.packed.sha256}{checked.packed.suffix}"
    _copy(checked.packed.path, target)
    return target.name


def archive_profile(home: Home, checked: CheckedFeed) -> None:
    """Archive a province's own mapping profile, so that feeds read through it can be read the same way again."""
    if checked.profile and checked.profile.record.endswith(".toml"):
        _copy(checked.profile.file, home.archive / checked.profile.record)


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        return
    partial = target.with_name(f".{target.name}{PARTIAL}")
    partial.touch(0o600)
    shutil.copyfile(source, partial)
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    _sync_folder(target.parent)


def sweep_archive(home: Home) -> None:
    """Remove unfinished copies of an interrupted writer; the caller holds the writer's lock."""
    for left in home.archive.glob(f".*{PARTIAL}"):
        left.unlink()


def _sync_folder(folder: Path) -> None:
    """Make a new name in the folder durable: without this, the landing could survive a crash and the bytes not."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def commit(feed: LandingFeed) -> None:
    """Commit the landing."""
    feed.con.execute("commit")


def _next_version(con: duckdb.DuckDBPyConnection, checked: CheckedFeed) -> int:
    ((version,),) = con.execute(
        "select coalesce(max(version), 0) + 1 from raw.feeds where sender_unit_code = ? and period_code = ?",
        [checked.cover.sender_unit_code, period_code(checked)],
    ).fetchall()
    return int(version)

"""Archived feeds: their bytes as sent, their check as it was recorded, and their return workbook.

The findings are those recorded at receipt, with the reasons given since. The bytes are read again for the cells around
the findings and for the return workbook.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from ingest.checking.checked_feed import ArchivedFeed, CheckedFeed, Verdict
from ingest.checking.in_force import version_in_force
from ingest.checking.landed_copy import copy_landed, history_for_copy
from ingest.findings.cell_ranges import groups_of
from ingest.findings.confirmations import without_confirmed
from ingest.findings.snippets import snippets_of
from ingest.findings.unused_reasons import known_reason, recorded_findings
from ingest.model.findings import Finding
from ingest.model.reasons import GivenReason
from ingest.pipeline import Checker, Delivery
from ingest.reading.source_file import Packed, sha256_of
from ingest.return_workbook import return_names, write_return
from warehouse.border_checks import Engine
from warehouse.connection import MEMORY, connect, landed_attached
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.settings import Settings


@dataclass(frozen=True)
class LandedFeed:
    """The record of a feed in force or of a rejected one."""

    feed_id: str
    file_name: str
    sha256: str
    archive_name: str
    received_at: datetime
    profile: str | None
    rows_landed: int
    rows_quarantined: int
    was_rejected: bool = False


def is_feed(home: Home, feed_id: str) -> bool:
    """Whether a feed with this id was received, accepted or rejected."""
    if not home.warehouse.exists():
        return False
    with connect(MEMORY) as con, landed_attached(con, home):
        return con.execute("select 1 from landed.raw.feeds where feed_id = ?", [feed_id]).fetchone() is not None


def load_landed(home: Home, settings: Settings, feed_id: str, return_to: Path | None, name: str = "") -> CheckedFeed:
    """Return the feed `feed_id` as it landed or was rejected, with the reasons given since.

    With `return_to`, write its return workbook into that folder, named after `name` or, by default, the file as sent.
    Raise UsageError if there is no such feed, or its bytes were not archived, are missing or are damaged.
    """
    with copy_landed(home) as con:
        record = _record(con, feed_id)
        checker = Checker(con, settings, history_for_copy(con, home), Engine.SQL, profile_of(home, record))
        own = None if record.was_rejected else feed_id
        with (
            archived_source(home, record) as (source, packed),
            checker.checked(Delivery(source, record.received_at), ArchivedFeed(own, packed)) as checked,
        ):
            told = replace(_as_recorded(con, home, checked, record), source=home.archive / record.archive_name)
            if return_to is None:
                return told
            target = return_to / return_names([Path(name or record.file_name)])[0]
            return replace(told, return_workbook=write_return(con, told, source, target, settings.limits))


def _record(con: duckdb.DuckDBPyConnection, feed_id: str) -> LandedFeed:
    row = con.execute(
        "select feed_id, file_name, sha256, archive_name, received_at, profile, rows_landed, rows_quarantined, "
        "status = 'rejected' from raw.feeds where feed_id = ?",
        [feed_id],
    ).fetchone()
    if row is None or row[3] is None:
        raise UsageError(
            f"Kho không giữ tệp gốc của {feed_id}, nên không lập lại được tệp trả lại.",
            "Tệp quá lớn hoặc không đọc được thì không được giữ; kiểm tra lại từ tệp của đơn vị.",
        )
    return LandedFeed(*row)


def _as_recorded(con: duckdb.DuckDBPyConnection, home: Home, checked: CheckedFeed, record: LandedFeed) -> CheckedFeed:
    """The feed with its recorded findings in place of today's."""
    with landed_attached(con, home):
        findings = recorded_findings(con, [record.feed_id], "landed.raw")
    sender = checked.cover.sender_unit_code or ""
    history = history_for_copy(con, home)
    known = history.reasons(sender)
    answered = [replace(it, reason=said.reason) if (said := _said(it, known)) else it for it in findings]
    told = without_confirmed(answered, history.aliases(sender))
    return replace(
        checked,
        verdict=Verdict.REJECTED if record.was_rejected else Verdict.ALREADY_LANDED,
        feed_id=record.feed_id,
        findings=tuple(told),
        confirmable=tuple(it for it in told if it.needs_reason),
        known_reasons=known,
        rows_landed=record.rows_landed,
        rows_quarantined=record.rows_quarantined,
        previous=None,
        fixed=(),
        changes=None,
        unused=(),
        in_force=None if record.was_rejected else version_in_force(con, record.feed_id),
        snippets=snippets_of(con, checked.staged, told),
        groups=groups_of(con, checked.sheets, told, with_messages=True),
    )


def _said(finding: Finding, known: Mapping[str, GivenReason]) -> GivenReason | None:
    return known_reason(finding, known) if finding.needs_reason else None


def profile_of(home: Home, landed: LandedFeed) -> str | None:
    """The profile that the feed was read with: the name of a shipped one, the path of an archived one, or None."""
    if landed.profile is None or not landed.profile.endswith(".toml"):
        return landed.profile
    return str(home.archive / landed.profile)


@contextmanager
def archived_source(home: Home, landed: LandedFeed) -> Iterator[tuple[Path, Packed]]:
    """Yield a link to the archived bytes under the sender's file name, and their `Packed` form.

    Raise UsageError if the bytes are missing or damaged.
    """
    archived = home.archive / landed.archive_name
    if sha256_of(archived) != landed.sha256:
        raise UsageError(
            f"Tệp lưu trữ {archived} của {landed.feed_id} bị mất hoặc không còn nguyên vẹn.",
            "Khôi phục tệp này từ bản sao lưu rồi chạy lại.",
        )
    with TemporaryDirectory(prefix="doithoai-") as folder:
        source = Path(folder) / landed.file_name
        source.symlink_to(archived)
        yield source, Packed(archived, landed.file_name, landed.archive_name[len(landed.sha256) :], landed.sha256)

"""Checking again: archived bytes under the contracts, lookups and aliases of today.

Every feed in force is checked, and every one that was rejected and whose sender has sent nothing that was accepted for
the period since: of these, those are told that would be accepted.

A feed is checked as received when it was, one in force against its own record: what comes out is what the rules
change. Nothing is written, unless told so: then a feed that would change lands as a new version received now, so that
what was known at an earlier instant stays as it was read then.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from ingest.checking.checked_feed import ArchivedFeed, CheckedFeed, Verdict
from ingest.checking.landed_copy import copy_landed, history_for_copy, history_for_writer
from ingest.checking.sender_history import SenderHistory
from ingest.confirming import keep_given
from ingest.contract.load import landed_columns
from ingest.landed_feeds import LandedFeed, archived_source, profile_of
from ingest.landing.land import Landing, land
from ingest.model.findings import Standing
from ingest.pipeline import Checker, Delivery
from warehouse.border_checks import Engine
from warehouse.connection import connect
from warehouse.errors import DoithoaiError
from warehouse.home import Home
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw
from warehouse.settings import Settings

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Rechecked:
    """A feed of the archive and what it would be today."""

    landed: LandedFeed
    checked: CheckedFeed

    @property
    def would_change(self) -> bool:
        """Whether verdict, rows, values or findings are others."""
        checked, landed = self.checked, self.landed
        if landed.was_rejected:
            return checked.verdict is Verdict.ACCEPTED
        rows = (checked.rows_landed, checked.rows_quarantined) != (landed.rows_landed, landed.rows_quarantined)
        values = checked.changes is not None and bool(checked.changes.sheets)
        new = any(each.standing is Standing.NEW for each in checked.findings)
        return checked.verdict is Verdict.REJECTED or rows or values or new or bool(checked.fixed)


def recheck(home: Home, settings: Settings, on_progress: Progress) -> list[Rechecked]:
    """What every feed in force would be today, and the rejected ones that would be accepted; nothing changes."""
    with copy_landed(home) as con:
        return list(_rechecked(con, home, settings, history_for_copy(con, home), on_progress))


def land_again(home: Home, settings: Settings, now: datetime, on_progress: Progress) -> list[tuple[Rechecked, Landing]]:
    """Lands each feed that would change as a new version received `now`; the caller holds the writer's lock.

    One that would be rejected today stays in force as it is.
    """
    with connect(home.warehouse) as con:
        create_raw(con, landed_columns())
        load_lookups(con, home)
        return [
            (each, _land(con, home, settings, each, now))
            for each in _rechecked(con, home, settings, history_for_writer(con, home), on_progress)
            if each.would_change and each.checked.verdict is Verdict.ACCEPTED
        ]


def _land(con: duckdb.DuckDBPyConnection, home: Home, settings: Settings, each: Rechecked, now: datetime) -> Landing:
    if each.landed.was_rejected:
        keep_given(home, each.checked, now)
    return land(con, home, each.checked, now, settings.limits.max_file_mb)


def _rechecked(
    con: duckdb.DuckDBPyConnection, home: Home, settings: Settings, history: SenderHistory, on_progress: Progress
) -> Iterator[Rechecked]:
    """One feed after the other; its sheets stay staged on `con` until the next is asked for.

    Rejected ones come last, so that each is held against what is in force by then.
    """
    feeds = [*feeds_in_force(con), *rejected_feeds(con, home)]
    for number, landed in enumerate(feeds, start=1):
        on_progress(f"{number}/{len(feeds)} {landed.feed_id}")
        checker = Checker(con, settings, history, Engine.SQL, profile_of(home, landed))
        with archived_source(home, landed) as (source, packed), ExitStack() as held:
            delivery = Delivery(source, landed.received_at)
            try:
                archived = ArchivedFeed(_own_record(landed), packed)
                checked = held.enter_context(checker.checked(delivery, archived))
            except DoithoaiError:
                raise
            except Exception as error:  # noqa: BLE001 - one feed that breaks the program must not hide the others
                checked = held.enter_context(checker.broken(delivery, error))
            found = Rechecked(landed, replace(checked, feed_id=landed.feed_id))
            if not landed.was_rejected or (found.would_change and not _is_followed(con, found)):
                yield found


def _own_record(landed: LandedFeed) -> str | None:
    """The record that a feed is held against; what was rejected has no rows to be held against."""
    return None if landed.was_rejected else landed.feed_id


def _is_followed(con: duckdb.DuckDBPyConnection, found: Rechecked) -> bool:
    """Whether what the sender sent for the period later was accepted: by the cover as it is read today.

    Bytes that landed again were sent when they came first.
    """
    cover = found.checked.cover
    return (
        con.execute(
            "select 1 from raw.feeds where status = 'accepted' and sender_unit_code = ? and period_code = ? "
            "group by sha256 having min(received_at) >= ?",
            [cover.sender_unit_code, cover.period.code if cover.period else None, found.landed.received_at],
        ).fetchone()
        is not None
    )


def feeds_in_force(con: duckdb.DuckDBPyConnection) -> list[LandedFeed]:
    """The newest accepted version of every sender and period, in the order in which they came.

    Bytes that landed again were received when they came first.
    """
    rows = con.execute(
        "select feed_id, file_name, sha256, archive_name, min(received_at) over (partition by sha256), profile, "
        "rows_landed, rows_quarantined from raw.feeds where status = 'accepted' "
        "qualify row_number() over (partition by sender_unit_code, period_code order by version desc) = 1 "
        "order by received_at, rowid"
    ).fetchall()
    return [LandedFeed(*row) for row in rows]


def rejected_feeds(con: duckdb.DuckDBPyConnection, home: Home) -> list[LandedFeed]:
    """The last rejected feed of every sender and period, as far as they were known, whose bytes are still kept."""
    rows = con.execute(
        "select feed_id, file_name, sha256, archive_name, received_at, profile, rows_landed, rows_quarantined, true "
        "from raw.feeds where status = 'rejected' and archive_name is not null "
        "qualify row_number() over (partition by coalesce(sender_unit_code || period_code, sha256) "
        "order by received_at desc, rowid desc) = 1 order by received_at, rowid"
    ).fetchall()
    return [feed for feed in (LandedFeed(*row) for row in rows) if (home.archive / feed.archive_name).exists()]

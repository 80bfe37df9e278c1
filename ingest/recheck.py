"""Recheck archived feeds under today's contracts, lookups and aliases.

Every feed in force is rechecked, and the last rejected feed of each sender and period. A rejected feed is reported only
if it would be accepted today and no later feed of that sender and period was accepted.

A feed is checked with its original time of receipt, and a feed in force is compared with its own record, so the result
shows what the changed rules change. `recheck` writes nothing; `land_again` lands changed feeds as new versions received
now, so that the state known at an earlier instant stays as it was.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from ingest.checking.checked_feed import ArchivedFeed, CheckedFeed, Verdict
from ingest.checking.landed_copy import copy_landed, history_for_copy, history_for_writer
from ingest.checking.sender_history import SenderHistory
from ingest.confirming import store_given_reasons
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
    """An archived feed and its check under today's rules."""

    landed: LandedFeed
    checked: CheckedFeed

    @property
    def would_change(self) -> bool:
        """Whether verdict, row counts, values or findings would change; for a rejected feed, the verdict decides."""
        checked, landed = self.checked, self.landed
        if landed.was_rejected:
            return checked.verdict is Verdict.ACCEPTED
        rows = (checked.rows_landed, checked.rows_quarantined) != (landed.rows_landed, landed.rows_quarantined)
        values = checked.changes is not None and bool(checked.changes.sheets)
        new = any(each.standing is Standing.NEW for each in checked.findings)
        return checked.verdict is Verdict.REJECTED or rows or values or new or bool(checked.fixed)


def recheck(home: Home, settings: Settings, on_progress: Progress) -> list[Rechecked]:
    """Return every feed in force and each rejected feed that would be accepted today, rechecked; write nothing."""
    with copy_landed(home) as con:
        return list(_rechecked(con, home, settings, history_for_copy(con, home), on_progress))


def land_again(home: Home, settings: Settings, now: datetime, on_progress: Progress) -> list[tuple[Rechecked, Landing]]:
    """Land each feed that would change as a new version received `now`; the caller holds the writer's lock.

    A feed that would be rejected today stays in force unchanged.
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
        store_given_reasons(home, each.checked, now)
    return land(con, home, each.checked, now, settings.limits.max_file_mb)


def _rechecked(
    con: duckdb.DuckDBPyConnection, home: Home, settings: Settings, history: SenderHistory, on_progress: Progress
) -> Iterator[Rechecked]:
    """Recheck one feed at a time; its sheets stay staged on `con` until the next one is requested.

    Rejected feeds come last: by then, `land_again` has landed the changed versions that they are compared with.
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
    """The id of the record to compare the feed with; None for a rejected feed, which has no rows to compare."""
    return None if landed.was_rejected else landed.feed_id


def _is_followed(con: duckdb.DuckDBPyConnection, found: Rechecked) -> bool:
    """Whether a later feed was accepted for the sender and period that the cover names as read today.

    A feed that landed more than once counts from its first receipt.
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
    """The newest accepted version for every sender and period, in order of receipt.

    If the same bytes landed more than once, `received_at` is their first receipt.
    """
    rows = con.execute(
        "select feed_id, file_name, sha256, archive_name, min(received_at) over (partition by sha256), profile, "
        "rows_landed, rows_quarantined from raw.feeds where status = 'accepted' "
        "qualify row_number() over (partition by sender_unit_code, period_code order by version desc) = 1 "
        "order by received_at, rowid"
    ).fetchall()
    return [LandedFeed(*row) for row in rows]


def rejected_feeds(con: duckdb.DuckDBPyConnection, home: Home) -> list[LandedFeed]:
    """The last archived rejected feed of every sender and period; if one of them is unknown, of every file.

    Feeds whose archived bytes have been removed are left out.
    """
    rows = con.execute(
        "select feed_id, file_name, sha256, archive_name, received_at, profile, rows_landed, rows_quarantined, true "
        "from raw.feeds where status = 'rejected' and archive_name is not null "
        "qualify row_number() over (partition by coalesce(sender_unit_code || period_code, sha256) "
        "order by received_at desc, rowid desc) = 1 order by received_at, rowid"
    ).fetchall()
    return [feed for feed in (LandedFeed(*row) for row in rows) if (home.archive / feed.archive_name).exists()]

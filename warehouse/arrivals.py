"""Arrivals: feeds received after the published snapshot was built."""

from dataclasses import dataclass
from datetime import datetime

from warehouse.connection import MEMORY, connect, landed_attached
from warehouse.home import Home
from warehouse.publish import SnapshotFile


@dataclass(frozen=True)
class Arrival:
    """One received feed, accepted or rejected; a sender or period missing on its cover is None."""

    feed_id: str
    file_name: str
    sender_unit_code: str | None
    period_code: str | None
    status: str
    received_at: datetime
    rows_landed: int
    rows_quarantined: int


def last_receipt(home: Home) -> datetime | None:
    """Return when the newest feed was received; None if there is none. Raise WriterBusy while a writer is busy."""
    if not home.warehouse.exists():
        return None
    with connect(MEMORY) as con, landed_attached(con, home):
        ((newest,),) = con.execute("select max(received_at) from landed.raw.feeds").fetchall()
    return newest if isinstance(newest, datetime) else None


def arrivals(home: Home, snapshot: SnapshotFile | None) -> tuple[Arrival, ...]:
    """Return the feeds that `snapshot` does not contain, oldest first; all feeds if there is no snapshot.

    Raise WriterBusy while a writer is busy.
    """
    if not home.warehouse.exists():
        return ()
    with connect(MEMORY) as con, landed_attached(con, home):
        known = ""
        if snapshot:
            con.execute(f"attach '{str(snapshot.path).replace(chr(39), chr(39) * 2)}' as published (read_only)")
            known = "where feed_id not in (select feed_id from published.fct_feeds)"
        rows = con.execute(
            "select feed_id, file_name, sender_unit_code, period_code, status, received_at, coalesce(rows_landed, 0), "
            f"coalesce(rows_quarantined, 0) from landed.raw.feeds {known} order by received_at, feed_id"
        ).fetchall()
    return tuple(Arrival(*row) for row in rows)

"""The state of a home as the published snapshot has it: feeds expected, received, late, missing; what is in force."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime

from doithoai.terminal import Terminal
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import SnapshotFile, current

STATES = ("on_time", "late", "missing", "not_due")
_LATEST_PERIOD = """
select sender_unit_code, display_name, period_code, deadline, status, received_at, rows_landed
from feed_status
left join dim_units on unit_code = sender_unit_code and (valid_to is null or valid_to > period_end)
  and valid_from <= period_end
where calendar = 'party' and period_end = (select max(period_end) from feed_status where calendar = 'party')
order by sender_unit_code
"""
_REJECTED = "select count(distinct feed_id) from feed_findings where tier = 'feed'"


@dataclass(frozen=True)
class FeedState:
    """One expected feed of the latest period: who owes it, until when, and what became of it."""

    sender_unit_code: str
    sender: str | None
    period: str
    deadline: datetime
    state: str
    received_at: datetime | None
    rows_landed: int | None


@dataclass(frozen=True)
class Totals:
    """How much the snapshot holds."""

    dialogues: int
    petitions: int
    feeds: int


@dataclass(frozen=True)
class Status:
    """The snapshot in force, its totals, how many feeds were rejected, and the feeds of its latest period."""

    snapshot: SnapshotFile
    totals: Totals
    rejected: int
    latest: tuple[FeedState, ...]


def read_status(home: Home) -> Status:
    """The status of `home`; SnapshotMissing if nothing has been published."""
    snapshot = current(home)
    with connect(snapshot.path, read_only=True) as con:
        (totals,) = con.execute("select dialogues, petitions, feeds from snapshot").fetchall()
        ((rejected,),) = con.execute(_REJECTED).fetchall()
        latest = tuple(FeedState(*row) for row in con.execute(_LATEST_PERIOD).fetchall())
    return Status(snapshot, Totals(*totals), rejected, latest)


def show_status(terminal: Terminal, status: Status) -> None:
    """Show the snapshot, its totals and the latest period's feeds."""
    snapshot = status.snapshot
    terminal.say("status.snapshot", snapshot=snapshot.id, as_of=snapshot.as_of, built_at=snapshot.built_at)
    terminal.say("status.totals", **asdict(status.totals))
    terminal.say("status.rejected", count=status.rejected)
    if status.latest:
        counts = Counter(feed.state for feed in status.latest)
        terminal.say("status.feeds", period=status.latest[0].period, **{state: counts[state] for state in STATES})
    headers = [terminal.text(f"status.{key}") for key in ("sender", "period", "deadline", "state", "received", "rows")]
    terminal.table(headers, [_row(terminal, feed) for feed in status.latest])
    terminal.json(asdict(status))


def _row(terminal: Terminal, feed: FeedState) -> tuple[str, ...]:
    return (
        f"{feed.sender_unit_code} {feed.sender or ''}",
        feed.period,
        f"{feed.deadline:%d/%m/%Y}",
        terminal.text(f"status.{feed.state}"),
        f"{feed.received_at:%d/%m/%Y %H:%M}" if feed.received_at else "–",
        str(feed.rows_landed) if feed.rows_landed is not None else "–",
    )

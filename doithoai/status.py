"""The state of a home: feeds expected, received, late, missing, as the published snapshot has it; what came since."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from dashboard.queries import feeds
from dashboard.queries.feeds import ExpectedFeed, Totals
from dashboard.queries.scope import EVERYTHING, Connection
from dashboard.text.reminders import MissingFeed, reminder
from doithoai.terminal import Terminal
from ingest.periods import read_period
from warehouse.arrivals import Arrival, arrivals
from warehouse.connection import connect
from warehouse.errors import SnapshotMissing, UsageError
from warehouse.home import Home
from warehouse.publish import SnapshotFile, current

STATES = ("on_time", "late", "missing", "not_due")
COLUMNS = ("sender", "state", "received", "version", "rows", "unconfirmed")
"""The columns of the board; who prepared and approved a feed stands below its sender."""

_LISTED = 8


@dataclass(frozen=True)
class Status:
    """The snapshot in force, its totals, how many feeds were rejected, and the feeds of one period (`latest`).

    `since` are the feeds that came after what the snapshot knows.
    """

    snapshot: SnapshotFile
    totals: Totals
    rejected: int
    latest: tuple[ExpectedFeed, ...]
    since: tuple[Arrival, ...] = ()

    @property
    def missing(self) -> tuple[ExpectedFeed, ...]:
        """The feeds of the period that somebody has to ask for: overdue, and not accepted until now either."""
        came = {(it.sender_unit_code, it.period_code) for it in self.since if it.status == "accepted"}
        return tuple(each for each in self.latest if each.is_reminded and each.key not in came)


def read_status(terminal: Terminal, home: Home, period: str | None = None) -> Status:
    """The status of `home` for `period`, or for the latest period that is over.

    SnapshotMissing if nothing has been published, UsageError if nobody owes a feed for `period`.
    """
    snapshot = _snapshot(terminal, home)
    since = arrivals(home, snapshot)
    with connect(snapshot.path, read_only=True) as con:
        code = _period(terminal, con, period)
        return Status(
            snapshot=snapshot,
            totals=feeds.totals(con),
            rejected=feeds.rejections(con),
            latest=feeds.expected_for(con, EVERYTHING, code) if code else (),
            since=since,
        )


def _snapshot(terminal: Terminal, home: Home) -> SnapshotFile:
    """The snapshot in force; SnapshotMissing, with what came already, where nothing has been published."""
    try:
        return current(home)
    except SnapshotMissing as error:
        if came := arrivals(home, None):
            lines = "; ".join(_arrival(terminal, each) for each in came)
            raise SnapshotMissing(
                terminal.text("status.unpublished", arrivals=lines), terminal.text("status.unpublished_remedy")
            ) from error
        raise


def _period(terminal: Terminal, con: Connection, asked: str | None) -> str | None:
    """The period asked for, else the latest that is over, else the latest; None where nothing is owed at all.

    UsageError where what was asked is no period, or nobody owes a feed for it.
    """
    periods = feeds.owed_periods(con)
    codes = [each.code for each in periods]
    wished = _read(terminal, asked)
    if wished is not None and wished not in codes:
        remedy = terminal.text("status.unknown_period_remedy", periods=", ".join(codes[:_LISTED])) if codes else ""
        raise UsageError(terminal.text("status.unknown_period", period=wished), remedy)
    return wished or next((each.code for each in periods if not each.is_running), next(iter(codes), None))


def _read(terminal: Terminal, asked: str | None) -> str | None:
    """The code of the period that was asked for, as a code or in words; UsageError where it is none."""
    if asked is None:
        return None
    period = read_period(asked).value
    if period is None:
        raise UsageError(
            terminal.text("status.unreadable_period", period=asked), terminal.text("status.unreadable_period_remedy")
        )
    return period.code


def show_status(terminal: Terminal, status: Status) -> None:
    """Show the snapshot, its totals and the board of the period."""
    snapshot = status.snapshot
    terminal.say("status.snapshot", snapshot=snapshot.id, as_of=snapshot.as_of, built_at=snapshot.built_at)
    terminal.say("status.totals", **{key: terminal.number(count) for key, count in asdict(status.totals).items()})
    terminal.say("status.rejected", count=terminal.number(status.rejected))
    if status.since:
        terminal.say("status.since", arrivals="\n".join(f"  {_arrival(terminal, each)}" for each in status.since))
    _say_coverage(terminal, status.latest)
    headers = [terminal.text(f"status.{key}") for key in COLUMNS]
    alike = len({feed.deadline for feed in status.latest}) == 1
    terminal.table(headers, [_row(terminal, feed, with_deadline=not alike) for feed in status.latest])
    terminal.json(asdict(status))


def _say_coverage(terminal: Terminal, owed: Sequence[ExpectedFeed]) -> None:
    """How many of the feeds due or come by now have come."""
    if not owed:
        terminal.say("status.no_feeds")
        return
    counts = Counter(feed.status for feed in owed)
    sent = sum(feed.received_at is not None for feed in owed)
    due = sent + counts["missing"]
    terminal.say(
        "status.feeds",
        period=owed[0].period_code,
        deadlines=", ".join(f"{day:%d/%m/%Y}" for day in sorted({feed.deadline for feed in owed})),
        sent=sent,
        due=due,
        **{state: counts[state] for state in STATES},
    )


def _arrival(terminal: Terminal, arrival: Arrival) -> str:
    return terminal.text(
        f"status.arrived_{arrival.status}",
        file=arrival.file_name,
        feed=arrival.feed_id,
        received=arrival.received_at,
        rows=terminal.number(arrival.rows_landed),
        quarantined=terminal.number(arrival.rows_quarantined),
    )


def _row(terminal: Terminal, feed: ExpectedFeed, *, with_deadline: bool) -> tuple[str, ...]:
    """A feed on the board; its deadline where that is not the same for all."""
    people = " /\n".join(filter(None, (feed.prepared_by, feed.approved_by)))
    deadline = terminal.text("status.until", deadline=feed.deadline) if with_deadline else ""
    rows = (terminal.number(feed.rows_landed or 0), terminal.number(feed.rows_quarantined or 0))
    return (
        "\n".join(filter(None, (f"{feed.sender_unit_code} {feed.sender}", people))),
        "\n".join(filter(None, (_state(terminal, feed), deadline))),
        f"{feed.received_at:%d/%m/%Y %H:%M}" if feed.received_at else "–",
        _version(terminal, feed),
        " / ".join(rows) if feed.feed_id else "–",
        terminal.number(feed.unconfirmed) if feed.feed_id else "–",
    )


def _state(terminal: Terminal, feed: ExpectedFeed) -> str:
    if feed.received_at is None and feed.feeds_rejected:
        return terminal.text(f"status.{feed.status}_rejected")
    state = (
        terminal.text("status.days_late", days=feed.days_late)
        if feed.status == "late"
        else terminal.text(f"status.{feed.status}")
    )
    return f"{state}, {terminal.text('status.nil')}" if feed.nil_return else state


def _version(terminal: Terminal, feed: ExpectedFeed) -> str:
    """The version in force; of a later one also when it came."""
    if feed.version is None or feed.version == 1:
        return "–" if feed.version is None else str(feed.version)
    return terminal.text("status.renewed", version=feed.version, received=feed.version_received_at)


def show_reminders(terminal: Terminal, status: Status) -> None:
    """Show the letter to each sender whose feed is overdue and has not been accepted, and nothing else."""
    letters = {feed.sender_unit_code: _letter(feed) for feed in status.missing}
    if not letters:
        terminal.say("status.nobody_missing", period=status.latest[0].period_code if status.latest else "–")
    for letter in letters.values():
        terminal.say("status.letter", letter=letter)
    terminal.json([{"sender_unit_code": code, "text": letter} for code, letter in letters.items()])


def _letter(feed: ExpectedFeed) -> str:
    return reminder(
        MissingFeed(
            unit_name=feed.sender,
            period_label=feed.period_label,
            deadline=feed.deadline,
            days_overdue=feed.days_overdue or 0,
            was_rejected=feed.feeds_rejected > 0,
            province_name=feed.province,
        )
    )

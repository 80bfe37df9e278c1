"""The status of a home: feeds expected, received, late and missing in the published snapshot, and received since."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from enum import StrEnum

from dashboard.queries import feeds
from dashboard.queries.feeds import ExpectedFeed, Totals
from dashboard.queries.scope import EVERYTHING, Connection
from dashboard.text.reminders import MissingFeed, reminder
from doithoai.terminal import Terminal
from ingest.lookups.periods import Period, read_period
from warehouse.arrivals import Arrival, arrivals
from warehouse.connection import connect
from warehouse.errors import SnapshotMissing, UsageError
from warehouse.feed_use import Cutoff, FeedUse
from warehouse.home import Home
from warehouse.publish import SnapshotFile, current
from warehouse.published_feeds import cutoff, feed_uses, feeds_ahead

STATES = ("on_time", "late", "missing", "not_due")
COLUMNS = ("sender", "state", "received", "version", "rows", "unconfirmed")
"""The columns of the board; preparer and approver of a feed are shown below its sender."""


@dataclass(frozen=True)
class Status:
    """The snapshot in force, its totals, the number of rejected feeds, and the feeds owed for one period (`latest`).

    `period` is that period, None if no feed is owed. `since` are the received feeds that the snapshot does not contain,
    `ahead` those in force whose period begins after its cutoff.
    """

    snapshot: SnapshotFile
    totals: Totals
    rejected: int
    latest: tuple[ExpectedFeed, ...]
    since: tuple[Arrival, ...] = ()
    period: "BoardPeriod | None" = None
    cutoff: Cutoff | None = None
    ahead: tuple[FeedUse, ...] = ()

    @property
    def missing(self) -> tuple[ExpectedFeed, ...]:
        """The feeds of the period that need a reminder: those overdue that were not accepted since the snapshot."""
        came = {(it.sender_unit_code, it.period_code) for it in self.since if it.status == "accepted"}
        return tuple(each for each in self.latest if each.is_reminded and each.key not in came)


class PeriodState(StrEnum):
    """The position of a period relative to the cutoff."""

    OVER = "over"
    RUNNING = "running"
    """It ends after the cutoff; events count up to the cutoff."""
    NOT_BEGUN = "not_begun"
    """It begins after the cutoff: it has no figures and no feed is owed yet."""
    NOT_OWED = "not_owed"
    """No feed is owed for it."""


@dataclass(frozen=True)
class BoardPeriod:
    """The period of the board, and how the figures use its landed feeds."""

    code: str
    start: date
    end: date
    state: PeriodState
    feeds: tuple[FeedUse, ...]


def read_status(terminal: Terminal, home: Home, period: str | None = None) -> Status:
    """Return the status of `home` for `period`, or for the latest finished period for which feeds are owed.

    Raise SnapshotMissing if nothing is published, UsageError if `period` is invalid.
    """
    wished = _read(terminal, period)
    snapshot = _snapshot(terminal, home)
    since = arrivals(home, snapshot)
    with connect(snapshot.path, read_only=True) as con:
        code = wished.code if wished else _latest(con)
        owed = feeds.expected_for(con, EVERYTHING, code) if code else ()
        totals, rejected = feeds.totals(con), feeds.rejections(con)
    shown = wished or read_period(code).value
    return Status(
        snapshot=snapshot,
        totals=totals,
        rejected=rejected,
        latest=owed,
        since=since,
        period=_board_period(snapshot, shown, since, is_owed=bool(owed)) if shown else None,
        cutoff=cutoff(home, snapshot),
        ahead=feeds_ahead(snapshot),
    )


def _board_period(snapshot: SnapshotFile, period: Period, since: Sequence[Arrival], *, is_owed: bool) -> BoardPeriod:
    came = [it.feed_id for it in since if it.status == "accepted" and it.period_code == period.code]
    return BoardPeriod(
        period.code,
        period.start,
        period.end,
        _state_of(period, snapshot.as_of, is_owed=is_owed),
        feed_uses(snapshot, came, period.code),
    )


def _state_of(period: Period, as_of: datetime, *, is_owed: bool) -> PeriodState:
    """Return the state of a period as of `as_of`; it is over at the end of its last day."""
    if period.start > as_of.date():
        return PeriodState.NOT_BEGUN
    if not is_owed:
        return PeriodState.NOT_OWED
    return PeriodState.OVER if datetime.combine(period.end, time.max) <= as_of else PeriodState.RUNNING


def _snapshot(terminal: Terminal, home: Home) -> SnapshotFile:
    """Return the snapshot in force; raise SnapshotMissing, naming the received feeds, if nothing is published."""
    try:
        return current(home)
    except SnapshotMissing as error:
        if came := arrivals(home, None):
            lines = "; ".join(_arrival(terminal, each) for each in came)
            raise SnapshotMissing(
                terminal.text("status.unpublished", arrivals=lines), terminal.text("status.unpublished_remedy")
            ) from error
        raise


def _latest(con: Connection) -> str | None:
    """Return the latest finished period with feeds owed, else the latest period with any; None if no feed is owed."""
    periods = feeds.owed_periods(con)
    return next((each.code for each in periods if not each.is_running), next((each.code for each in periods), None))


def _read(terminal: Terminal, asked: str | None) -> Period | None:
    """Parse the requested period, a code or text; raise UsageError if it is invalid."""
    if asked is None:
        return None
    period = read_period(asked).value
    if period is None:
        raise UsageError(
            terminal.text("status.unreadable_period", period=asked), terminal.text("status.unreadable_period_remedy")
        )
    return period


def show_status(terminal: Terminal, status: Status) -> None:
    """Show the snapshot, its totals and the board of the period."""
    snapshot = status.snapshot
    terminal.say("status.snapshot", snapshot=snapshot.id, as_of=snapshot.as_of, built_at=snapshot.built_at)
    terminal.say("status.totals", **{key: terminal.number(count) for key, count in asdict(status.totals).items()})
    terminal.say("status.rejected", count=terminal.number(status.rejected))
    if status.since:
        terminal.say("status.since", arrivals="\n".join(f"  {_arrival(terminal, each)}" for each in status.since))
    if status.period and status.cutoff:
        _say_period(terminal, status.period, status.cutoff)
    elif not status.latest:
        terminal.say("status.no_feeds")
    ahead = [it for it in status.ahead if status.period is None or it.period_code != status.period.code]
    if ahead:
        terminal.say("status.ahead", feeds=", ".join(it.feed_id for it in ahead), as_of=snapshot.as_of)
    if status.latest:
        _show_board(terminal, status.latest)
    terminal.json(asdict(status))


def _show_board(terminal: Terminal, owed: Sequence[ExpectedFeed]) -> None:
    _say_coverage(terminal, owed)
    headers = [terminal.text(f"status.{key}") for key in COLUMNS]
    alike = len({feed.deadline for feed in owed}) == 1
    terminal.table(headers, [_row(terminal, feed, with_deadline=not alike) for feed in owed])


def _say_period(terminal: Terminal, period: BoardPeriod, cutoff: Cutoff) -> None:
    """Report what the board does not show: that the period ends or begins after the cutoff, or that no feed is owed.

    Also how the figures use its feeds, and how the cutoff can be moved.
    """
    if period.state is PeriodState.OVER:
        return
    days = {"period": period.code, "start": period.start, "end": period.end, "as_of": cutoff.as_of}
    terminal.say(f"status.{period.state}", **days)
    if period.state is not PeriodState.RUNNING:
        lines = [_use(terminal, each, cutoff) for each in period.feeds] or [terminal.text("status.no_feed_yet")]
        terminal.say("status.of_period", feeds="\n".join(f"  {line}" for line in lines))
    if period.state is not PeriodState.NOT_OWED:
        terminal.say(f"status.pinned_{cutoff.pinned}", **days)


def _use(terminal: Terminal, found: FeedUse, cutoff: Cutoff) -> str:
    return terminal.text(
        f"status.use_{found.use}",
        feed=found.feed_id,
        in_force=found.in_force,
        known_at=cutoff.known_at,
        rows=terminal.number(found.rows),
        used=terminal.number(found.used),
    )


def _say_coverage(terminal: Terminal, owed: Sequence[ExpectedFeed]) -> None:
    """Report how many of the feeds due have been received."""
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
    """Return a feed as a row of the board, with its deadline if deadlines differ."""
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
    """Return the number of the version in force, and for versions after the first also when it was received."""
    if feed.version is None or feed.version == 1:
        return "–" if feed.version is None else str(feed.version)
    return terminal.text("status.renewed", version=feed.version, received=feed.version_received_at)


def show_reminders(terminal: Terminal, status: Status) -> None:
    """Show only the reminders to senders whose feed is overdue and was not accepted since the snapshot."""
    letters = {feed.sender_unit_code: _letter(feed) for feed in status.missing}
    if not letters:
        terminal.say("status.nobody_missing", period=status.period.code if status.period else "–")
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

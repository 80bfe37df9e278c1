"""Downloads of the feeds: the board, the matrix of periods, the deadlines, the received feeds."""

from collections.abc import Mapping, Sequence

from dashboard.queries.feeds import Deadline, ExpectedFeed
from dashboard.queries.provenance import FeedRecord
from dashboard.render.workbook import Row, Table
from dashboard.text import columns, file_check, labels
from dashboard.text import steward as texts

Notes = Mapping[tuple[str, str], str]


def board(found: Sequence[ExpectedFeed], notes: Notes) -> Table:
    """Return the status of each sender's feed, including missing ones; `notes` are remarks by feed."""
    return Table(columns.BOARD, [_expected(each, notes.get(each.key, "")) for each in found])


def _expected(feed: ExpectedFeed, note: str) -> Row:
    return (
        feed.sender,
        feed.period_label,
        feed.deadline.date(),
        texts.STATES[feed.status],
        feed.days_late if feed.status == "late" else feed.days_overdue,
        note,
        feed.received_at,
        feed.version,
        feed.version_received_at,
        feed.rows_landed,
        feed.rows_quarantined,
        feed.unconfirmed if feed.feed_id else None,
        feed.prepared_by,
        feed.approved_by,
        feed.feed_id,
    )


def matrix(names: Mapping[str, str], labels: Mapping[str, str], signs: Mapping[tuple[str, str], str]) -> Table:
    """Return the status of each sender in each period, by their codes; blank if no feed is owed."""
    rows = [(name, *(signs.get((sender, period)) for period in labels)) for sender, name in names.items()]
    return Table((texts.BOARD_COLUMNS[0], *labels.values()), rows)


def deadlines(found: Sequence[Deadline]) -> Table:
    """Return the next deadlines by level."""
    rows = [
        (file_check.label(it.period_code), labels.LEVELS[it.level], it.start, it.end, it.deadline.date())
        for it in found
    ]
    return Table(texts.DEADLINE_COLUMNS, rows)


def feeds(found: Sequence[FeedRecord]) -> Table:
    """Return the received feeds."""
    return Table(texts.FEED_COLUMNS, [_feed(each) for each in found])


def _feed(it: FeedRecord) -> Row:
    return (
        it.feed_id,
        it.file_name,
        it.sender or texts.UNKNOWN_SENDER,
        file_check.label(it.period_code),
        None if it.version is None else texts.version(it.version, it.is_current),
        it.received_at,
        texts.FEED_STATUS[it.status],
        it.rows_landed,
        it.rows_quarantined,
    )

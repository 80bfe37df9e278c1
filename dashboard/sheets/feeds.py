"""The state of the feeds to take away: the board, the periods at a glance, the deadlines, the feeds received."""

from collections.abc import Mapping, Sequence

from dashboard.queries.feeds import Deadline, ExpectedFeed
from dashboard.queries.provenance import FeedRecord
from dashboard.render.workbook import Row, Table
from dashboard.text import columns, file_check, labels
from dashboard.text import steward as texts

Notes = Mapping[tuple[str, str], str]


def board(found: Sequence[ExpectedFeed], notes: Notes) -> Table:
    """What every sender owes and what came of it, those too who sent nothing; `notes` say what else is to be known."""
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
    """The state of each sender in each period, by their codes; nothing where nobody owes a feed."""
    rows = [(name, *(signs.get((sender, period)) for period in labels)) for sender, name in names.items()]
    return Table((texts.BOARD_COLUMNS[0], *labels.values()), rows)


def deadlines(found: Sequence[Deadline]) -> Table:
    """When which level owes its next feeds."""
    rows = [
        (file_check.label(it.period_code), labels.LEVELS[it.level], it.start, it.end, it.deadline.date())
        for it in found
    ]
    return Table(texts.DEADLINE_COLUMNS, rows)


def feeds(found: Sequence[FeedRecord]) -> Table:
    """Feeds as they were received."""
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

"""What the published snapshot makes of a feed: whether it knows it, how many rows it uses, what its cutoff hides. Pure.

That a feed has landed and a snapshot has been built since does not mean that a figure holds it: the snapshot may have
been built for an earlier day, or a newer version may have replaced the feed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Pinned(StrEnum):
    """Why the cutoff of a snapshot stands where it does, and so what would move it."""

    SAMPLE = "sample"
    """The sample province stays at its day until it is built as of another."""
    CHOSEN = "chosen"
    """Somebody built it as of that instant; a build without one goes up to now."""
    NOW = "now"
    """It was built as of its own instant; a later build goes further."""


@dataclass(frozen=True)
class Cutoff:
    """Up to when the events and the feeds of a snapshot count, and why."""

    as_of: datetime
    known_at: datetime
    pinned: Pinned


class Use(StrEnum):
    """What became of a feed in the published figures."""

    UNKNOWN = "unknown"
    """The snapshot does not know it: it was received after `known_at`, or landed since."""
    REJECTED = "rejected"
    REPLACED = "replaced"
    """Another feed of its sender and period is in force."""
    NIL = "nil"
    """It reports that nothing happened, and counts as received."""
    EMPTY = "empty"
    """None of its rows landed."""
    AHEAD = "ahead"
    """Its period begins after the cutoff, so there is no figure of that period."""
    RUNNING = "running"
    """Its period is not over at the cutoff."""
    PAST = "past"
    """Its period is over at the cutoff."""


@dataclass(frozen=True)
class FeedUse:
    """A feed in the published figures: of its `rows`, tenures apart, the figures use `used`.

    `in_force` is the feed that counts for its sender and period; '' where there is none. The days of its period are
    None where the snapshot does not know the feed or its period.
    """

    feed_id: str
    use: Use
    period_code: str
    period_start: date | None
    period_end: date | None
    in_force: str
    rows: int
    used: int

"""How the published snapshot uses a feed: whether it contains the feed, and how many of its rows count. Pure.

A landed feed is not necessarily in the figures of the next snapshot: the snapshot may be as of an earlier date, or a
newer version may have superseded the feed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Pinned(StrEnum):
    """Why a snapshot has its cutoff, and therefore how the cutoff can be moved."""

    SAMPLE = "sample"
    """The sample province keeps its cutoff until it is built as of another instant."""
    CHOSEN = "chosen"
    """It was built as of a given instant; a build without one is as of now."""
    NOW = "now"
    """It was built as of the time of the build; a later build moves it."""


@dataclass(frozen=True)
class Cutoff:
    """The cutoffs of a snapshot: `as_of` for events, `known_at` for feeds; `pinned` is the reason."""

    as_of: datetime
    known_at: datetime
    pinned: Pinned


class Use(StrEnum):
    """How the published figures use a feed."""

    UNKNOWN = "unknown"
    """The snapshot does not contain it: it was received after `known_at`, or landed since the build."""
    REJECTED = "rejected"
    REPLACED = "replaced"
    """Another feed of its sender and period is in force."""
    NIL = "nil"
    """It is a nil return, and counts as received."""
    EMPTY = "empty"
    """None of its rows landed."""
    AHEAD = "ahead"
    """Its period begins after the cutoff, so the period has no figures."""
    RUNNING = "running"
    """Its period ends after the cutoff."""
    PAST = "past"
    """Its period has ended by the cutoff."""


@dataclass(frozen=True)
class FeedUse:
    """How the published figures use a feed: `used` of its landed `rows`, tenures not counted.

    `in_force` is the feed in force for its sender and period, '' if there is none. The dates of its period are None if
    the snapshot does not contain the feed or its period.
    """

    feed_id: str
    use: Use
    period_code: str
    period_start: date | None
    period_end: date | None
    in_force: str
    rows: int
    used: int

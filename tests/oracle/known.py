"""What was known at an instant: the feeds in force then, and of every row the newest listing among them."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol, TypeVar

from tests.oracle.landed import DialogueRow, Feed, Landed, PetitionRow, TenureRow
from tests.oracle.periods import feed_period


class Listing(Protocol):
    """A row of a feed."""

    @property
    def feed_id(self) -> str: ...


Row = TypeVar("Row", bound=Listing)


@dataclass(frozen=True)
class Known:
    """What landed, as of the feeds received by `known_at`."""

    landed: Landed
    known_at: datetime

    @cached_property
    def accepted(self) -> dict[tuple[str, str], list[Feed]]:
        """Accepted feeds by sender and period, oldest version first."""
        found: dict[tuple[str, str], list[Feed]] = {}
        for feed in sorted(self.landed.feeds, key=lambda it: it.version or 0):
            if feed.accepted and feed.received_at <= self.known_at and feed.sender and feed.period_code:
                found.setdefault((feed.sender, feed.period_code), []).append(feed)
        return found

    @cached_property
    def petitions(self) -> list[PetitionRow]:
        """The newest listing of every petition."""
        return self._newest(self.landed.petitions, lambda row: row.code)

    @cached_property
    def dialogues(self) -> list[DialogueRow]:
        """The newest listing of every dialogue."""
        return self._newest(self.landed.dialogues, lambda row: row.code)

    @cached_property
    def tenures(self) -> list[TenureRow]:
        """The newest listing of every tenure."""
        return self._newest(self.landed.tenures, lambda row: (row.leader, row.unit, row.body, row.from_on))

    @cached_property
    def _order(self) -> dict[str, tuple[date, datetime]]:
        """Feeds in force, each with what makes it newer than another: its period's end, then its receipt."""
        in_force = (versions[-1] for versions in self.accepted.values())
        return {feed.feed_id: (feed_period(str(feed.period_code))[1], feed.received_at) for feed in in_force}

    def _newest(self, rows: Iterable[Row], key: Callable[[Row], Hashable]) -> list[Row]:
        """Newest period, then newest version wins."""
        newest: dict[Hashable, Row] = {}
        for row in rows:
            if row.feed_id in self._order:
                other = newest.get(key(row))
                if other is None or self._order[other.feed_id] < self._order[row.feed_id]:
                    newest[key(row)] = row
        return list(newest.values())

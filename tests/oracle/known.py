"""What was known at an instant: the feeds in force then, and of every row the newest listing among them."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol, TypeVar

from tests.oracle.identity import RowKey, dialogue_ids, dialogue_meant, in_arrival, petition_ids
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
        return self._newest(self.landed.petitions, lambda row: self.petition_ids[row.feed_id, row.code])

    @cached_property
    def dialogues(self) -> list[DialogueRow]:
        """The newest listing of every dialogue."""
        return self._newest(self.landed.dialogues, lambda row: self.dialogue_ids[row.feed_id, row.code])

    @cached_property
    def petition_ids(self) -> Mapping[RowKey, str]:
        """Which petition each listing is of."""
        return petition_ids(self._arrived, self.landed.petitions)

    @cached_property
    def dialogue_ids(self) -> Mapping[RowKey, str]:
        """Which dialogue each listing is of."""
        return dialogue_ids(self._arrived, self.landed.dialogues)

    def dialogue_meant(self, row: PetitionRow) -> str | None:
        """The dialogue at which a petition was raised, if it was at one."""
        if not row.dialogue:
            return None
        own, listing = self.in_force[row.feed_id], self._listing.get(row.dialogue, [])
        return dialogue_meant(own, row.dialogue, listing, self.dialogue_ids)

    @cached_property
    def _listing(self) -> dict[str, list[Feed]]:
        """The feeds in force that list a dialogue, by its code."""
        found: dict[str, list[Feed]] = {}
        for row in self.landed.dialogues:
            if row.feed_id in self.in_force:
                found.setdefault(row.code, []).append(self.in_force[row.feed_id])
        return found

    @cached_property
    def in_force(self) -> dict[str, Feed]:
        """The newest version of each report, by id."""
        return {versions[-1].feed_id: versions[-1] for versions in self.accepted.values()}

    @cached_property
    def _arrived(self) -> list[Feed]:
        return in_arrival(feed for versions in self.accepted.values() for feed in versions)

    @cached_property
    def tenures(self) -> list[TenureRow]:
        """The newest listing of every tenure."""
        return self._newest(self.landed.tenures, lambda row: (row.leader, row.unit, row.body, row.from_on))

    @cached_property
    def _order(self) -> dict[str, tuple[date, datetime]]:
        """Feeds in force, each with what makes it newer than another: its period's end, then its receipt."""
        feeds = self.in_force.values()
        return {feed.feed_id: (feed_period(str(feed.period_code))[1], feed.received_at) for feed in feeds}

    def _newest(self, rows: Iterable[Row], key: Callable[[Row], Hashable]) -> list[Row]:
        """Newest period, then newest version wins."""
        newest: dict[Hashable, Row] = {}
        for row in rows:
            if row.feed_id in self._order:
                other = newest.get(key(row))
                if other is None or self._order[other.feed_id] < self._order[row.feed_id]:
                    newest[key(row)] = row
        return list(newest.values())

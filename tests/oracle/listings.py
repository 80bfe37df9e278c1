"""The state of knowledge at an instant: the feeds in force and the newest listing of every row among them."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol, TypeVar

from tests.oracle.identity import RowKey, by_receipt, dialogue_ids, petition_ids, referenced_dialogue
from tests.oracle.inputs import DialogueRow, Feed, Inputs, PetitionRow, TenureRow
from tests.oracle.periods import feed_period


class Listing(Protocol):
    """A row of a feed."""

    @property
    def feed_id(self) -> str: ...


Row = TypeVar("Row", bound=Listing)


@dataclass(frozen=True)
class Listings:
    """The landed rows, from the feeds received by `known_at`."""

    inputs: Inputs
    known_at: datetime

    @cached_property
    def accepted(self) -> dict[tuple[str, str], list[Feed]]:
        """Accepted feeds by sender and period, oldest version first."""
        found: dict[tuple[str, str], list[Feed]] = {}
        for feed in sorted(self.inputs.feeds, key=lambda it: it.version or 0):
            if feed.accepted and feed.received_at <= self.known_at and feed.sender and feed.period_code:
                found.setdefault((feed.sender, feed.period_code), []).append(feed)
        return found

    @cached_property
    def petitions(self) -> list[PetitionRow]:
        """The newest listing of every petition."""
        return self._newest(self.inputs.petitions, lambda row: self.petition_ids[row.feed_id, row.code])

    @cached_property
    def dialogues(self) -> list[DialogueRow]:
        """The newest listing of every dialogue."""
        return self._newest(self.inputs.dialogues, lambda row: self.dialogue_ids[row.feed_id, row.code])

    @cached_property
    def petition_ids(self) -> Mapping[RowKey, str]:
        """The petition id of each listing."""
        return petition_ids(self._feeds_by_receipt, self.inputs.petitions)

    @cached_property
    def dialogue_ids(self) -> Mapping[RowKey, str]:
        """The dialogue id of each listing."""
        return dialogue_ids(self._feeds_by_receipt, self.inputs.dialogues)

    def referenced_dialogue(self, row: PetitionRow) -> str | None:
        """The dialogue at which a petition was raised, if any."""
        if not row.dialogue:
            return None
        own, candidates = self.in_force[row.feed_id], self._feeds_with_dialogue.get(row.dialogue, [])
        return referenced_dialogue(own, row.dialogue, candidates, self.dialogue_ids)

    @cached_property
    def _feeds_with_dialogue(self) -> dict[str, list[Feed]]:
        """The feeds in force that list a dialogue, by its code."""
        found: dict[str, list[Feed]] = {}
        for row in self.inputs.dialogues:
            if row.feed_id in self.in_force:
                found.setdefault(row.code, []).append(self.in_force[row.feed_id])
        return found

    @cached_property
    def in_force(self) -> dict[str, Feed]:
        """The newest version of each report, by id."""
        return {versions[-1].feed_id: versions[-1] for versions in self.accepted.values()}

    @cached_property
    def _feeds_by_receipt(self) -> list[Feed]:
        return by_receipt(feed for versions in self.accepted.values() for feed in versions)

    @cached_property
    def tenures(self) -> list[TenureRow]:
        """The newest listing of every tenure."""
        return self._newest(self.inputs.tenures, lambda row: (row.leader, row.unit, row.body, row.from_on))

    @cached_property
    def _order(self) -> dict[str, tuple[date, datetime]]:
        """The feeds in force with their sort key: end of the period, then receipt."""
        feeds = self.in_force.values()
        return {feed.feed_id: (feed_period(str(feed.period_code))[1], feed.received_at) for feed in feeds}

    def _newest(self, rows: Iterable[Row], key: Callable[[Row], Hashable]) -> list[Row]:
        """Keep per key the row of the newest period, then of the newest version."""
        newest: dict[Hashable, Row] = {}
        for row in rows:
            if row.feed_id in self._order:
                other = newest.get(key(row))
                if other is None or self._order[other.feed_id] < self._order[row.feed_id]:
                    newest[key(row)] = row
        return list(newest.values())

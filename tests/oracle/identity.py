"""What is one petition, one dialogue: listings told apart under one code, in the order in which they arrived."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from tests.oracle.landed import DialogueRow, Feed, PetitionRow
from tests.oracle.periods import feed_period

RowKey = tuple[str, str]
"""Feed and code of a listing: a code stands once in a feed."""

State = tuple[str, date]
"""Unit and day of a dialogue."""

Row = TypeVar("Row", PetitionRow, DialogueRow)


@dataclass
class Matter:
    """What a code stood for: `others` are matters of later numbers that turned out to be this one."""

    number: int
    days: set[date] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    keys: list[RowKey] = field(default_factory=list)

    def is_of(self, row: PetitionRow) -> bool:
        """The same day of receipt, or the same text."""
        return row.received_on.date() in self.days or plain(row.summary) in self.texts

    def take(self, row: PetitionRow) -> None:
        """One more listing."""
        self.days.add(row.received_on.date())
        self.texts.update({plain(row.summary)} - {""})
        self.keys.append((row.feed_id, row.code))

    def join(self, other: "Matter") -> None:
        """What was two is one."""
        self.days |= other.days
        self.texts |= other.texts
        self.keys += other.keys


def plain(text: str | None) -> str:
    """Letters and digits in lower case, a space between words."""
    signs = unicodedata.normalize("NFC", text or "").lower()
    return " ".join("".join(sign if unicodedata.category(sign)[0] in "LN" else " " for sign in signs).split())


def in_arrival(feeds: Iterable[Feed]) -> list[Feed]:
    """Feeds as they came; of one instant by period, sender and version."""

    def place(feed: Feed) -> tuple[datetime, date, str, str, int]:
        period = str(feed.period_code)
        return feed.received_at, feed_period(period)[1], str(feed.sender), period, feed.version or 0

    return sorted(feeds, key=place)


def petition_ids(feeds: Sequence[Feed], rows: Iterable[PetitionRow]) -> Mapping[RowKey, str]:
    """The id of each listing of a petition, `feeds` being in the order of arrival."""
    found: dict[RowKey, str] = {}
    for code, listed in _by_code(feeds, rows):
        for matter in _matters(row for _, row in listed):
            found |= dict.fromkeys(matter.keys, named(code, matter.number))
    return found


def _matters(rows: Iterable[PetitionRow]) -> list[Matter]:
    matters: list[Matter] = []
    numbers = 0
    for row in rows:
        same = [matter for matter in matters if matter.is_of(row)]
        if not same:
            numbers += 1
            same = [Matter(numbers)]
            matters += same
        same[0].take(row)
        for other in same[1:]:
            same[0].join(other)
            matters.remove(other)
    return matters


def dialogue_ids(feeds: Sequence[Feed], rows: Iterable[DialogueRow]) -> Mapping[RowKey, str]:
    """The id of each listing of a dialogue, `feeds` being in the order of arrival."""
    found: dict[RowKey, str] = {}
    for code, listed in _by_code(feeds, rows):
        for (feed, row), number in zip(listed, _numbers(listed), strict=True):
            found[feed.feed_id, row.code] = named(code, number)
    return found


def _numbers(listed: Sequence[tuple[Feed, DialogueRow]]) -> Iterator[int]:
    """A newer version corrects the version before, unless another report had told the same of that dialogue."""
    numbers: dict[State, int] = {}
    tellers: defaultdict[State, set[tuple[str | None, str | None]]] = defaultdict(set)
    for place, (feed, row) in enumerate(listed):
        report, state = (feed.sender, feed.period_code), (row.unit, row.held_on)
        before = _version_before(feed, listed[:place])
        if state not in numbers:
            corrects = before is not None and tellers[before] == {report}
            numbers[state] = numbers[before] if before and corrects else max(numbers.values(), default=0) + 1
        tellers[state].add(report)
        yield numbers[state]


def _version_before(feed: Feed, listed: Sequence[tuple[Feed, DialogueRow]]) -> State | None:
    report = (feed.sender, feed.period_code)
    same = [(it.version or 0, row) for it, row in listed if (it.sender, it.period_code) == report]
    if not same:
        return None
    _, row = max(same, key=lambda each: each[0])
    return row.unit, row.held_on


def dialogue_meant(own: Feed, code: str, listing: Iterable[Feed], ids: Mapping[RowKey, str]) -> str:
    """The dialogue that a code in feed `own` means: that of the feed, else the sender's newest by then, else anybody's.

    `listing` are the feeds in force with that code; what none of them lists is told by its code.
    """
    until = _end(own)

    def nearness(feed: Feed) -> tuple[bool, bool, bool, date, datetime, str]:
        is_by_then = _end(feed) <= until
        return feed is own, is_by_then, feed.sender == own.sender, _end(feed), feed.received_at, feed.feed_id

    nearest = max(listing, key=nearness, default=None)
    return ids[nearest.feed_id, code] if nearest else code


def _end(feed: Feed) -> date:
    return feed_period(str(feed.period_code))[1]


def named(code: str, number: int) -> str:
    """The code itself for the first matter."""
    return code if number == 1 else f"{code} ({number})"


def _by_code(feeds: Sequence[Feed], rows: Iterable[Row]) -> Iterator[tuple[str, list[tuple[Feed, Row]]]]:
    """The listings of each code, in the order of arrival."""
    places = {feed.feed_id: place for place, feed in enumerate(feeds)}
    found: defaultdict[str, list[tuple[Feed, Row]]] = defaultdict(list)
    for row in sorted((it for it in rows if it.feed_id in places), key=lambda it: places[it.feed_id]):
        found[row.code].append((feeds[places[row.feed_id]], row))
    yield from found.items()

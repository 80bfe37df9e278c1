"""Identity of petitions and dialogues: separate the matters listed under one code, in the order of receipt."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from tests.oracle.inputs import DialogueRow, Feed, PetitionRow
from tests.oracle.periods import feed_period

RowKey = tuple[str, str]
"""Feed and code of a listing: a code occurs once per feed."""

State = tuple[str, date]
"""Unit and day of a dialogue."""

Row = TypeVar("Row", PetitionRow, DialogueRow)


@dataclass
class Matter:
    """The listings of one petition under a code."""

    number: int
    days: set[date] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    keys: list[RowKey] = field(default_factory=list)

    def matches(self, row: PetitionRow) -> bool:
        """Return True for the same date of receipt or the same text."""
        return row.received_on.date() in self.days or normalized(row.summary) in self.texts

    def add(self, row: PetitionRow) -> None:
        """Add a listing."""
        self.days.add(row.received_on.date())
        self.texts.update({normalized(row.summary)} - {""})
        self.keys.append((row.feed_id, row.code))

    def merge(self, other: "Matter") -> None:
        """Add the listings of another matter that turned out to be this one."""
        self.days |= other.days
        self.texts |= other.texts
        self.keys += other.keys


def normalized(text: str | None) -> str:
    """Letters and digits in lower case, with single spaces between words."""
    signs = unicodedata.normalize("NFC", text or "").lower()
    return " ".join("".join(sign if unicodedata.category(sign)[0] in "LN" else " " for sign in signs).split())


def by_receipt(feeds: Iterable[Feed]) -> list[Feed]:
    """Feeds in the order of receipt; those of one instant by period, sender and version."""

    def place(feed: Feed) -> tuple[datetime, date, str, str, int]:
        period = str(feed.period_code)
        return feed.received_at, feed_period(period)[1], str(feed.sender), period, feed.version or 0

    return sorted(feeds, key=place)


def petition_ids(feeds: Sequence[Feed], rows: Iterable[PetitionRow]) -> Mapping[RowKey, str]:
    """The id of each listing of a petition; `feeds` are in the order of receipt."""
    found: dict[RowKey, str] = {}
    for code, listed in _by_code(feeds, rows):
        for matter in _matters(row for _, row in listed):
            found |= dict.fromkeys(matter.keys, numbered_code(code, matter.number))
    return found


def _matters(rows: Iterable[PetitionRow]) -> list[Matter]:
    matters: list[Matter] = []
    numbers = 0
    for row in rows:
        same = [matter for matter in matters if matter.matches(row)]
        if not same:
            numbers += 1
            same = [Matter(numbers)]
            matters += same
        same[0].add(row)
        for other in same[1:]:
            same[0].merge(other)
            matters.remove(other)
    return matters


def dialogue_ids(feeds: Sequence[Feed], rows: Iterable[DialogueRow]) -> Mapping[RowKey, str]:
    """The id of each listing of a dialogue; `feeds` are in the order of receipt."""
    found: dict[RowKey, str] = {}
    for code, listed in _by_code(feeds, rows):
        for (feed, row), number in zip(listed, _numbers(listed), strict=True):
            found[feed.feed_id, row.code] = numbered_code(code, number)
    return found


def _numbers(listed: Sequence[tuple[Feed, DialogueRow]]) -> Iterator[int]:
    """Yield the number of the matter for each listing of one code.

    A newer version corrects the previous one, unless another report listed the dialogue in that previous state.
    """
    numbers: dict[State, int] = {}
    reporters: defaultdict[State, set[tuple[str | None, str | None]]] = defaultdict(set)
    for place, (feed, row) in enumerate(listed):
        report, state = (feed.sender, feed.period_code), (row.unit, row.held_on)
        before = _version_before(feed, listed[:place])
        if state not in numbers:
            corrects = before is not None and reporters[before] == {report}
            numbers[state] = numbers[before] if before and corrects else max(numbers.values(), default=0) + 1
        reporters[state].add(report)
        yield numbers[state]


def _version_before(feed: Feed, listed: Sequence[tuple[Feed, DialogueRow]]) -> State | None:
    report = (feed.sender, feed.period_code)
    same = [(it.version or 0, row) for it, row in listed if (it.sender, it.period_code) == report]
    if not same:
        return None
    _, row = max(same, key=lambda each: each[0])
    return row.unit, row.held_on


def referenced_dialogue(own: Feed, code: str, listing: Iterable[Feed], ids: Mapping[RowKey, str]) -> str:
    """Resolve a dialogue code in feed `own`: its own dialogue, else the sender's newest by then, else any sender's.

    `listing` are the feeds in force with that code; without any, the code itself is the id.
    """
    until = _end(own)

    def nearness(feed: Feed) -> tuple[bool, bool, bool, date, datetime, str]:
        is_by_then = _end(feed) <= until
        return feed is own, is_by_then, feed.sender == own.sender, _end(feed), feed.received_at, feed.feed_id

    nearest = max(listing, key=nearness, default=None)
    return ids[nearest.feed_id, code] if nearest else code


def _end(feed: Feed) -> date:
    return feed_period(str(feed.period_code))[1]


def numbered_code(code: str, number: int) -> str:
    """The code itself for the first matter, then `code (2)`, `code (3)`, …."""
    return code if number == 1 else f"{code} ({number})"


def _by_code(feeds: Sequence[Feed], rows: Iterable[Row]) -> Iterator[tuple[str, list[tuple[Feed, Row]]]]:
    """The listings of each code, in the order of receipt."""
    places = {feed.feed_id: place for place, feed in enumerate(feeds)}
    found: defaultdict[str, list[tuple[Feed, Row]]] = defaultdict(list)
    for row in sorted((it for it in rows if it.feed_id in places), key=lambda it: places[it.feed_id]):
        found[row.code].append((feeds[places[row.feed_id]], row))
    yield from found.items()

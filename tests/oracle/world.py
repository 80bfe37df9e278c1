"""A province as of one instant, with the feeds known at another: everything that the KPIs count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property

from tests.oracle.days import Rules
from tests.oracle.dialogues import Dialogue, dialogues_of
from tests.oracle.feeds import ExpectedFeed, expected_feeds
from tests.oracle.heads import BODIES, Heads
from tests.oracle.inputs import Inputs, UnitRow
from tests.oracle.listings import Listings
from tests.oracle.periods import Period, periods_of
from tests.oracle.petitions import Petition, petitions_of
from tests.oracle.units import Units


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """The subject of a figure: unit, subtree, level, province or head.

    `subject` creates each once, so subjects are compared by identity.
    """

    kind: str
    id: str


@cache
def subject(kind: str, identifier: str) -> Subject:
    """The subject of a kind with an identifier."""
    return Subject(kind, identifier)


def coverage_subject(each: Subject) -> Subject:
    """The subject whose coverage applies: for a head the unit of the post, else the subject itself."""
    return subject("unit", each.id.split("|")[1]) if each.kind == "head" else each


PROVINCE = subject("province", "")
"""All units; its published code is that of the province in force, see `World.province_on`."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days [first, until) during which the events of a unit belong to a subject."""

    subject: Subject
    first: date
    until: date


@dataclass(frozen=True)
class World:
    """The landed rows as of `as_of`, from the feeds received by `known_at`."""

    inputs: Inputs
    as_of: datetime
    known_at: datetime

    @cached_property
    def listings(self) -> Listings:
        return Listings(self.inputs, self.known_at)

    @cached_property
    def units(self) -> Units:
        return Units(self.inputs.units)

    @cached_property
    def rules(self) -> Rules:
        return Rules(self.inputs)

    @cached_property
    def heads(self) -> Heads:
        return Heads(self.listings.tenures, self.as_of.date())

    @cached_property
    def periods(self) -> list[Period]:
        return periods_of(self.inputs.term_start, self.as_of)

    @cached_property
    def petitions(self) -> list[Petition]:
        return petitions_of(self.listings.petitions, self.units, self.rules, self.as_of)

    @cached_property
    def dialogues(self) -> list[Dialogue]:
        return dialogues_of(self.listings.dialogues, self.units, self.rules, self.as_of)

    @cached_property
    def feeds(self) -> list[ExpectedFeed]:
        return expected_feeds(self.listings, self.periods, self.units, self.rules)

    def province_on(self, day: date) -> str:
        """The code of the province in force on a day."""
        in_force = (code for code in self.units.codes() if self.units.in_force(code, day))
        (code,) = (code for code in in_force if self.units.level(code, day) == "province")
        return code

    def identifier(self, who: Subject, period: Period) -> str:
        """The published identifier of the subject."""
        return self.province_on(period.last_counted) if who is PROVINCE else who.id

    def places(self, unit: str) -> list[Window]:
        """The windows in which a unit's events belong to the unit, the province, its levels and the units above it."""
        return self._places[unit]

    @cached_property
    def _places(self) -> dict[str, list[Window]]:
        return {code: self._places_of(code) for code in self.units.codes()}

    def _places_of(self, unit: str) -> list[Window]:
        found = [Window(subject("unit", unit), date.min, date.max), Window(PROVINCE, date.min, date.max)]
        last: dict[Subject, Window] = {}
        for stay in self.units.stays(unit):
            above = [subject("subtree", code) for code in stay.ancestry]
            for each in (subject("level", stay.level), *above):
                before = last.get(each)
                if before and before.until == stay.first:
                    found.remove(before)
                first = before.first if before and before.until == stay.first else stay.first
                last[each] = Window(each, first, stay.until)
                found.append(last[each])
        return found

    def posts(self, unit: str, body: str) -> list[Window]:
        """The windows in which the events of a unit and body belong to each head."""
        return [Window(subject("head", it.head_id), it.first, it.until) for it in self.heads.spells(unit, body)]

    def windows(self, unit: str, body: str) -> list[Window]:
        """Places and posts together."""
        return [*self.places(unit), *self.posts(unit, body)]

    def subjects_on(self, unit: str, body: str | None, day: date) -> tuple[Subject, ...]:
        """The subjects of an event of a unit and body on a day; both bodies if `body` is None."""
        key = (unit, body, day)
        if key not in self._subjects:
            bodies = BODIES if body is None else (body,)
            windows = [*self.places(unit), *(window for each in bodies for window in self.posts(unit, each))]
            self._subjects[key] = tuple(it.subject for it in windows if it.first <= day < it.until)
        return self._subjects[key]

    @cached_property
    def _subjects(self) -> dict[tuple[str, str | None, date], tuple[Subject, ...]]:
        return {}

    @cached_property
    def in_force(self) -> set[tuple[Period, Subject]]:
        """The subjects in force on a counted day of each period."""
        return {(period, who) for period in self.periods for who in self._of_period(period)}

    def _of_period(self, period: Period) -> Iterator[Subject]:
        """The province, the units in force with their subtrees and levels, and the heads of their posts."""
        yield PROVINCE
        for unit in self.units.codes():
            if self.units.in_force_between(unit, period.first, period.last_counted):
                yield from (subject("unit", unit), subject("subtree", unit))
                yield from (subject("level", row.level) for row in self.units.rows(unit) if _overlap(row, period))
                for body in BODIES:
                    for spell in self.heads.spells(unit, body):
                        if spell.first <= period.last_counted and period.first < spell.until:
                            yield subject("head", spell.head_id)


def _overlap(row: UnitRow, period: Period) -> bool:
    return row.valid_from <= period.last_counted and period.first < row.valid_to

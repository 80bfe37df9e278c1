"""The reader of a page: the person, their rights, and the scope of their data."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from dashboard.queries.membership import members_on
from dashboard.queries.scope import EVERYTHING, Connection, Scope, Units, contains, rows
from warehouse.access.roles import EVERYBODY, Person, Right

LEAST_COUNT = 5
"""Smaller counts are suppressed for readers without the right on every figure."""


@dataclass(frozen=True)
class Reader:
    """The reader of a page. `work` are the units for which they may upload files, give reasons and explain flags, if
    they have the right to do so; None for all."""

    person: Person = EVERYBODY
    scope: Scope = EVERYTHING
    rights: frozenset[Right] = EVERYBODY.rights
    work: Units = None

    def may(self, *rights: Right) -> bool:
        """Return whether the reader has all these rights, each for some unit at least."""
        return self.rights.issuperset(rights)

    def sees_records_of(self, unit_code: str) -> bool:
        """Return whether the records of a unit are visible; '' is the whole province."""
        return contains(self.scope.records, unit_code)

    def works_for(self, unit_code: str, right: Right) -> bool:
        """Return whether the reader may upload, give reasons or explain flags for a unit; '' is an unknown one."""
        return right in self.rights and contains(self.work, unit_code)


EVERYBODY_HERE = Reader()
"""Whoever looks at the pages of a home without accounts, at the machine itself."""


def reader_of(person: Person, connection: Connection | None) -> Reader:
    """Return the reader; before anything is published, without `connection`, the units below others are unknown."""
    work = _units(person, Right.UPLOAD, connection)
    return Reader(person, scope_of(person, connection), person.rights, work)


def scope_of(person: Person, connection: Connection | None) -> Scope:
    """Return the units that each right covers, as of the day of the snapshot; without the right none."""
    return Scope(
        figures=_units(person, Right.FIGURES, connection),
        records=_units(person, Right.RECORDS, connection),
        text=_units(person, Right.TEXT, connection),
        least_count=0 if Right.EVERY_FIGURE in person.rights else LEAST_COUNT,
        heads=_units(person, Right.HEADS, connection),
    )


def _units(person: Person, right: Right, connection: Connection | None) -> Units:
    """Return the units for which the person has the right, with all units now below; None for all."""
    granted = person.units_with(right)
    if not granted or connection is None:
        return granted
    day, province = _day_and_province(connection)
    if province in granted:
        return None
    return tuple(sorted({code for unit in granted for code in members_on(connection, unit, day)}))


def _day_and_province(connection: Connection) -> tuple[date, str]:
    ((day, province),) = rows(connection, "select cast(as_of as date), province_code from snapshot")
    return cast("date", day), str(province)

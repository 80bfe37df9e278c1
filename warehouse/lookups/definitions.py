"""The lookups: the columns of each file and the types of their cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The type of a cell; CHOICE is one of the codes of the column in `vocabulary`."""

    CODE = "code"
    CHOICE = "choice"
    TEXT = "text"
    DAY = "day"
    WHOLE = "whole"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """A column; `least` and `most` are the bounds of its numbers, both allowed."""

    name: str
    kind: Kind
    is_required: bool = True
    least: int = 0
    most: int = 1_000_000


@dataclass(frozen=True)
class Lookup:
    """A lookup, `lookups/<name>.csv` in the home. Each of `keys` is a set of columns whose values are unique.

    In lookups with validity they are unique among the rows in force on the same day.
    """

    name: str
    columns: tuple[Column, ...]
    keys: tuple[tuple[str, ...], ...]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def has_spells(self) -> bool:
        """Whether rows are valid from `valid_from` (inclusive) to `valid_to` (exclusive)."""
        return "valid_to" in self.header


_VALID_FROM = Column("valid_from", Kind.DAY)
_VALID_TO = Column("valid_to", Kind.DAY, is_required=False)
_LEVEL = Column("level", Kind.CHOICE)
_BASIS = Column("basis", Kind.TEXT, is_required=False)

UNITS = Lookup(
    "units",
    (
        Column("unit_code", Kind.CODE),
        Column("unit_type", Kind.TEXT),
        Column("unit_name", Kind.TEXT),
        _LEVEL,
        Column("parent_code", Kind.CODE, is_required=False),
        _VALID_FROM,
        _VALID_TO,
    ),
    keys=(("unit_code",),),
)
UNIT_SUCCESSORS = Lookup(
    "unit_successors",
    (
        Column("old_code", Kind.CODE),
        Column("new_code", Kind.CODE),
        _VALID_FROM,
        Column("successors", Kind.WHOLE, least=1),
    ),
    keys=(("old_code", "new_code", "valid_from"),),
)
FIELDS = Lookup(
    "fields",
    (Column("field_code", Kind.CODE), Column("field_name", Kind.TEXT), Column("sort_order", Kind.WHOLE)),
    keys=(("field_code",), ("field_name",)),
)
RULES = Lookup(
    "rules",
    (
        Column("rule", Kind.CHOICE),
        _LEVEL,
        _VALID_FROM,
        _VALID_TO,
        Column("value", Kind.WHOLE, most=3650),
        Column("day_type", Kind.CHOICE),
        _BASIS,
    ),
    keys=(("rule", "level"),),
)
FEED_CALENDAR = Lookup(
    "feed_calendar",
    (_LEVEL, Column("period_type", Kind.CHOICE), _VALID_FROM, _VALID_TO, _BASIS),
    keys=(("level", "period_type"),),
)
SWAP_DAYS = Lookup("swap_days", (Column("day", Kind.DAY), Column("is_worked", Kind.YES_NO), _BASIS), keys=(("day",),))
PEER_GROUPS = Lookup(
    "peer_groups", (Column("unit_code", Kind.CODE), Column("peer_group", Kind.TEXT)), keys=(("unit_code",),)
)
TARGETS = Lookup(
    "targets", (Column("kpi_code", Kind.CHOICE), Column("target", Kind.NUMBER), _BASIS), keys=(("kpi_code",),)
)

DEFINITIONS: Mapping[str, Lookup] = {
    each.name: each for each in (UNITS, UNIT_SUCCESSORS, FIELDS, RULES, FEED_CALENDAR, SWAP_DAYS, PEER_GROUPS, TARGETS)
}
"""All lookups by name, in the order of their faults."""

"""What a contract says: sheets, columns, choices and rules. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingest.model.findings import Tier
from ingest.model.received import SheetKind


class ValueType(StrEnum):
    """What the cells of a column mean (`physicalType` in the contract)."""

    CODE = "code"
    NAME = "name"
    FREE_TEXT = "free_text"
    UNIT = "unit"
    FIELD = "field"
    CHOICE = "choice"
    PERIOD = "period"
    DAY = "day"
    INSTANT = "instant"
    INTEGER = "integer"
    YEAR = "year"
    YES_NO = "yes_no"

    @property
    def sql(self) -> str:
        """The column's type in DuckDB."""
        return _SQL_TYPES.get(self, "VARCHAR")


_SQL_TYPES = {
    ValueType.DAY: "DATE",
    ValueType.INSTANT: "TIMESTAMP",
    ValueType.INTEGER: "BIGINT",
    ValueType.YEAR: "BIGINT",
    ValueType.YES_NO: "BOOLEAN",
}

WRITTEN = (ValueType.CODE, ValueType.NAME, ValueType.FREE_TEXT)
"""Kinds of value that any text is, save a formula's error."""

DATES = (ValueType.DAY, ValueType.INSTANT)
"""Kinds of columns of days."""


@dataclass(frozen=True)
class Choice:
    """One allowed value: its code, its Vietnamese label, and what else people write for it."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule: what it does, what it says, and where its finding points.

    `field` is the column of the finding's cell ("" for a whole sheet or feed). `expectation` and `kwargs` are a Great
    Expectations type and its arguments; "" for rules that the checker decides itself. A `grouped` rule is told once a
    column, with the first cell and the number of cells. What a rule that `needs_reason` finds may well be true: the
    sender confirms it once, with a reason.
    """

    id: str
    tier: Tier
    message: str
    remedy: str
    field: str = ""
    grouped: bool = False
    needs_reason: bool = False
    expectation: str = ""
    kwargs: Mapping[str, Any] | None = None

    @property
    def key(self) -> str:
        """Unique within a sheet."""
        return f"{self.id}:{self.field}"


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    `column_required`: the feed must have it; `required`: every row must fill it. `edge` says which end of a day an
    instant without a time means. `unit_on` .. `unit_until`: the fields between whose days a unit must be known
    (`period_end` for the feed's period). `default` is a field of the row or a constant that stands for a blank.
    `example` is what a cell may look like. Days of a `past` column have been when the feed comes. What stands in a
    `sensitive` column is published in the table made for it alone, never where cells, changes and findings are told.
    """

    field: str
    header: str
    type: ValueType
    aliases: tuple[str, ...] = ()
    description: str = ""
    required: bool = False
    column_required: bool = False
    key: bool = False
    choices: tuple[Choice, ...] = ()
    edge: str = "start"
    unit_on: str = ""
    unit_until: str = ""
    unit_name: str = ""
    default: str = ""
    example: str = ""
    past: bool = False
    sensitive: bool = False


@dataclass(frozen=True)
class SheetContract:
    """One sheet: its names, columns in order, and all its rules, those of each kind of value included.

    A row whose field `open_until` is blank goes on in the next period, so that its template carries it over.
    """

    kind: SheetKind
    name: str
    aliases: tuple[str, ...]
    required: bool
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    open_until: str = ""

    def column(self, field: str) -> Column:
        """The column of `field`; KeyError where the sheet has none."""
        return next(column for column in self.columns if column.field == field)

    @property
    def key(self) -> tuple[str, ...]:
        """The fields that make a row unique."""
        return tuple(column.field for column in self.columns if column.key)


@dataclass(frozen=True)
class Contracts:
    """Every contract: the sheets, the rules of a whole feed by id, and headers outside the contract.

    `personal_headers` tell a petitioner's identity; `ignored_headers` (row numbers) are left out without a word.
    """

    sheets: Mapping[SheetKind, SheetContract]
    feed_rules: Mapping[str, Rule]
    personal_headers: tuple[str, ...]
    ignored_headers: tuple[str, ...]

"""The content of a contract: sheets, columns, choices and rules. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingest.model.findings import Tier
from ingest.model.received import SheetKind


class ValueType(StrEnum):
    """The type of the values of a column (`physicalType` in the contract)."""

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
"""Types for which any text is a value, except formula errors."""

DATES = (ValueType.DAY, ValueType.INSTANT)
"""Types of days and instants."""


@dataclass(frozen=True)
class Choice:
    """One allowed value: its code, its Vietnamese label, and its aliases."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule: its tier, its message and remedy, and the place of its findings.

    `field` is the column of the finding's cell ("" for a whole sheet or feed). `expectation` and `kwargs` are a Great
    Expectations type and its arguments; "" for rules that the checker evaluates itself. A `grouped` rule is reported
    once per column, with the first cell and the number of cells. A rule that `needs_reason` may find true values: the
    sender confirms them once, with a reason.
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

    `column_required`: the feed must have the column; `required`: every row must have a value. `edge` is the end of the
    day that an instant without a time means. `unit_on` and `unit_until` are the fields between whose days a unit must
    be known (`period_end` for the feed's period). `default` is a field of the row, or a constant, that replaces a
    blank. `example` is an example value. Days of a `past` column lie before the receipt of the feed. Values of a
    `sensitive` column are published only in its own table, never with cells, changes or findings.
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
    """One sheet: its names, columns in order, and all its rules, including those of its types.

    A row whose field `open_until` is blank continues in the next period, so the template carries it over.
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
        """The fields that identify a row."""
        return tuple(column.field for column in self.columns if column.key)


@dataclass(frozen=True)
class Contracts:
    """All contracts: sheets, the rules of whole feeds by id, and known headers outside the contract.

    `personal_headers` name a petitioner's identity; `ignored_headers` (row numbers) are skipped without a finding.
    """

    sheets: Mapping[SheetKind, SheetContract]
    feed_rules: Mapping[str, Rule]
    personal_headers: tuple[str, ...]
    ignored_headers: tuple[str, ...]

"""The content of a contract: sheets, columns, choices and rules. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingest.model.findings import Tier
from ingest.model.received import SheetKind


class ValueType(StrEnum):
    """The type of the values in a column (`physicalType` in the contract)."""

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
"""The types whose values are written freely: a text is only refused for what spoils it, such as a formula error."""

DATES = (ValueType.DAY, ValueType.INSTANT)
"""The types of dates and instants."""


@dataclass(frozen=True)
class Choice:
    """One allowed value: its code, its Vietnamese label, and its aliases."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule: its tier, its message and remedy, and where it reports findings.

    `field` is the column of the finding's cell ("" for a whole sheet or feed). `expectation` and `kwargs` are a Great
    Expectations type and its arguments; `expectation` is "" for rules that the checker evaluates itself. A `grouped`
    rule is reported once per column, with the first cell and the number of cells. A rule that `needs_reason` may
    report correct values: the sender confirms them once, with a reason.
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
        """The id and field, unique within a sheet."""
        return f"{self.id}:{self.field}"


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    `column_required`: the feed must have the column; `required`: every row must have a value. `edge` is the edge of the
    day, start or end, that an instant without a time stands for. A unit must be known at some time between the dates in
    the fields `unit_on` and `unit_until` (`period_end` is the end of the feed's period); `unit_name` is the field with
    its name. `default` is a field of the row, or a constant, that replaces a blank. `example` is an example value.
    Dates in a `past` column lie before the receipt of the feed. Values of a `sensitive` column are published only in
    its own table, never with cells, changes or findings.
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
        """The column with this `field`, which the sheet must have."""
        return next(column for column in self.columns if column.field == field)

    @property
    def key(self) -> tuple[str, ...]:
        """The fields that identify a row."""
        return tuple(column.field for column in self.columns if column.key)


@dataclass(frozen=True)
class Contracts:
    """All contracts: the sheets, the rules about whole feeds by id, and known headers outside the contract.

    `personal_headers` name a petitioner's identity; `ignored_headers` (row numbers) are skipped without a finding.
    """

    sheets: Mapping[SheetKind, SheetContract]
    feed_rules: Mapping[str, Rule]
    personal_headers: tuple[str, ...]
    ignored_headers: tuple[str, ...]

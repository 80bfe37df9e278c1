"""The contracts of a feed, read from the ODCS files in `definitions/`.

One file for each sheet, and `feed.yaml` for the rules of a whole feed and of each kind of value. They are the only
place where a column's name, header, aliases, type, allowed values and rules, with tier, message and remedy, stand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from open_data_contract_standard.model import (
    CustomProperty,
    DataQuality,
    EnumValue,
    OpenDataContractStandard,
    SchemaObject,
    SchemaProperty,
    Synonym,
)

from ingest.contract.vocabulary import SheetWords, Vocabulary
from ingest.model.findings import Tier
from ingest.model.received import SheetKind

FOLDER = Path(__file__).parent / "definitions"


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


@lru_cache(maxsize=4)
def digest(folder: Path = FOLDER) -> str:
    """Which contracts these are: a feed read under others may read differently."""
    content = sha256()
    for path in sorted(folder.glob("*.yaml")):
        content.update(path.read_bytes())
    return content.hexdigest()[:16]


@lru_cache(maxsize=4)
def load(folder: Path = FOLDER) -> Contracts:
    """The contracts in `folder`."""
    feed, values = _schemas(folder / "feed.yaml")
    by_type = {entry.name or "": tuple(entry.quality or ()) for entry in values.properties or ()}
    sheets = {kind: _sheet(_schemas(folder / f"{kind}.yaml")[0], kind, by_type) for kind in SheetKind}
    rules = {rule.id: rule for rule in (_rule(quality, "") for quality in feed.quality or ())}
    return Contracts(
        sheets=sheets,
        feed_rules=rules,
        personal_headers=tuple(_custom(feed.customProperties, "personalHeaders", [])),
        ignored_headers=tuple(_custom(feed.customProperties, "ignoredHeaders", [])),
    )


def landed_columns() -> dict[str, dict[str, str]]:
    """By sheet whose rows land, its fields and their types in DuckDB."""
    return {
        sheet.kind.value: {column.field: column.type.sql for column in sheet.columns}
        for sheet in load().sheets.values()
        if sheet.kind is not SheetKind.COVER
    }


def vocabulary(contracts: Contracts) -> Vocabulary:
    """The words by which the reader knows the sheets and columns of `contracts`."""
    return Vocabulary({kind: _words(sheet) for kind, sheet in contracts.sheets.items()}, contracts.ignored_headers)


def _words(sheet: SheetContract) -> SheetWords:
    headers = {column.field: (column.header, *column.aliases) for column in sheet.columns}
    codes = tuple(column.field for column in sheet.columns if column.type is ValueType.CODE)
    shown = tuple(column.field for column in sheet.columns if column.type in (ValueType.CODE, ValueType.UNIT))
    return SheetWords((sheet.name, *sheet.aliases), headers, sheet.key, tuple(_shared_fields(sheet)), codes, shown)


def _shared_fields(sheet: SheetContract) -> Iterable[str]:
    """The fields whose value a merged block may give to all its rows: no counts, no texts, no key of one column."""
    of_each_row = (ValueType.INTEGER, ValueType.FREE_TEXT)
    for column in sheet.columns:
        if column.type not in of_each_row and sheet.key != (column.field,):
            yield column.field


def _schemas(path: Path) -> list[SchemaObject]:
    tree = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return OpenDataContractStandard.model_validate(tree).schema_ or []


def _sheet(schema: SchemaObject, kind: SheetKind, by_type: Mapping[str, tuple[DataQuality, ...]]) -> SheetContract:
    properties = schema.properties or []
    return SheetContract(
        kind=kind,
        name=schema.businessName or "",
        aliases=_synonyms(schema.synonyms),
        required=_custom(schema.customProperties, "required", False),
        columns=tuple(_column(entry) for entry in properties),
        rules=tuple(_sheet_rules(schema, by_type)),
        open_until=_custom(schema.customProperties, "openUntil", ""),
    )


def _sheet_rules(schema: SchemaObject, by_type: Mapping[str, tuple[DataQuality, ...]]) -> Iterable[Rule]:
    for entry in schema.properties or []:
        tiers = _custom(entry.customProperties, "tiers", {})
        for quality in (*_rules_by_type(entry, by_type), *(entry.quality or ())):
            if tiers.get(quality.id) != "off":
                yield _rule(quality, entry.name or "", tiers.get(quality.id))
    yield from (_rule(quality, "") for quality in schema.quality or ())


def _rules_by_type(entry: SchemaProperty, by_type: Mapping[str, tuple[DataQuality, ...]]) -> Iterable[DataQuality]:
    if entry.required:
        yield from by_type["required"]
    if _custom(entry.customProperties, "past", False):
        yield from by_type["past"]
    if entry.physicalType in WRITTEN:
        yield from by_type["required_text" if entry.required else "optional_text"]
    if entry.primaryKey:
        yield from by_type["key"]
    yield from by_type.get(entry.physicalType or "", ())


def _rule(quality: DataQuality, field: str, tier: str | None = None) -> Rule:
    implementation = quality.implementation if isinstance(quality.implementation, dict) else {}
    return Rule(
        id=quality.id or "",
        tier=Tier(tier or _custom(quality.customProperties, "tier", "")),
        message=quality.description or "",
        remedy=_custom(quality.customProperties, "remedy", ""),
        field=_custom(quality.customProperties, "field", field),
        grouped=_custom(quality.customProperties, "grouped", False),
        needs_reason=_custom(quality.customProperties, "needsReason", False),
        expectation=implementation.get("type", ""),
        kwargs=filled(implementation.get("kwargs", {}), {"field": field}),
    )


def filled(value: Any, words: Mapping[str, Any]) -> Any:
    """`value` (from YAML) with `{name}` replaced: whole texts by the word itself, parts of a text by its text."""
    if isinstance(value, dict):
        return {key: filled(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, words) for item in value]
    if not isinstance(value, str):
        return value
    for name, word in words.items():
        if value == f"{{{name}}}":
            return word
        value = value.replace(f"{{{name}}}", str(word))
    return value


def _column(entry: SchemaProperty) -> Column:
    custom = entry.customProperties
    required = bool(entry.required)
    return Column(
        field=entry.name or "",
        header=entry.businessName or "",
        type=ValueType(entry.physicalType or ""),
        aliases=_synonyms(entry.synonyms),
        description=entry.description or "",
        required=required,
        column_required=required or _custom(custom, "columnRequired", False),
        key=bool(entry.primaryKey),
        choices=tuple(_choice(value) for value in entry.enum or ()),
        edge=_custom(custom, "edge", "start"),
        unit_on=_custom(custom, "unitOn", ""),
        unit_until=_custom(custom, "unitUntil", ""),
        unit_name=_custom(custom, "unitName", ""),
        default=_custom(custom, "default", ""),
        example=str(next(iter(entry.examples or ()), "")),
        past=_custom(custom, "past", False),
        sensitive=entry.classification == "sensitive",
    )


def _choice(value: EnumValue) -> Choice:
    return Choice(str(value.value), value.label or "", tuple(_custom(value.customProperties, "aliases", [])))


def _synonyms(synonyms: list[Synonym] | None) -> tuple[str, ...]:
    return tuple(synonym.synonym or "" for synonym in synonyms or ())


def _custom(properties: list[CustomProperty] | None, name: str, default: Any) -> Any:
    return next((entry.value for entry in properties or () if entry.property == name), default)

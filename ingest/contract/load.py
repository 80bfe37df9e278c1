"""The contracts of a feed, read from the ODCS files in `definitions/`.

There is one file per sheet, and `feed.yaml` for the rules of whole feeds and of each kind of value. They are the only
place that defines a column's name, header, aliases, type, allowed values and rules, with tier, message and remedy.
"""

from collections.abc import Iterable, Mapping
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

from ingest.contract.sheet_contract import WRITTEN, Choice, Column, Contracts, Rule, SheetContract, ValueType
from ingest.model.findings import Tier
from ingest.model.received import SheetKind

FOLDER = Path(__file__).parent / "definitions"


@lru_cache(maxsize=4)
def digest(folder: Path = FOLDER) -> str:
    """A digest of the contract files; if it has changed, feeds may be read differently."""
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
    """For each sheet whose rows land, its fields with their DuckDB types."""
    return {
        sheet.kind.value: {column.field: column.type.sql for column in sheet.columns}
        for sheet in load().sheets.values()
        if sheet.kind is not SheetKind.COVER
    }


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
    """`value` (from YAML) with each `{name}` replaced; a text that is only `{name}` becomes the word with its type."""
    if isinstance(value, dict):
        return {key: filled(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, words) for item in value]
    if not isinstance(value, str) or "{" not in value:
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

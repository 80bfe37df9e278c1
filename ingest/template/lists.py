"""The drop-down lists of a template, each in a column of the hidden sheet. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.contract.sheet_contract import Column, SheetContract, ValueType
from ingest.model.received import SheetKind
from ingest.template.content import TemplateContent

YES_NO = ("Có", "Không")


@dataclass(frozen=True)
class Offered:
    """One list: its name and its values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Lists:
    """The formulas that refer to the lists by defined name (`=danh_muc_1`), by the name of each list.

    Some programs store a validation that refers to a range in another sheet in an extension, others lose it;
    validations that refer to a defined name are safe.
    """

    names: Mapping[str, str]

    def source(self, choices: Offered | None) -> str | None:
        """The source of a validation's list; None without a list."""
        return self.names.get(choices.name) if choices else None


def offered(sheet: SheetContract, column: Column, content: TemplateContent) -> Offered | None:
    """The list of values for this column; None if any content is allowed."""
    match column.type:
        case ValueType.YES_NO:
            return Offered("Có/Không", YES_NO)
        case ValueType.CHOICE:
            return Offered(f"{sheet.name}: {column.header}", tuple(choice.label for choice in column.choices))
        case ValueType.FIELD:
            return Offered("Lĩnh vực", tuple(content.fields.values()))
        case ValueType.UNIT if _foreign_allowed(sheet, column):
            return Offered("Mọi đơn vị", tuple(unit.label for unit in content.units))
        case ValueType.UNIT:
            return Offered("Đơn vị", tuple(unit.label for unit in content.units if unit.is_own))
        case _:
            return None


def shown(column: Column, value: object, content: TemplateContent) -> object:
    """A typed value as the column's list shows it."""
    match column.type:
        case ValueType.CHOICE:
            return next((choice.label for choice in column.choices if choice.code == value), value)
        case ValueType.FIELD:
            return content.fields.get(str(value), value)
        case ValueType.UNIT:
            return content.labels.get(str(value), value)
        case _:
            return value


def referred(column: Column, sheets: Mapping[SheetKind, SheetContract]) -> SheetContract | None:
    """The sheet that the codes in this column refer to, as a petition's dialogue; None for any other column."""
    if column.type is not ValueType.CODE or column.key:
        return None
    return next((sheet for sheet in sheets.values() if sheet.key[:1] == (column.field,)), None)


def _foreign_allowed(sheet: SheetContract, column: Column) -> bool:
    """Whether the contract allows units in this column that are not the sender's."""
    return not any(rule.id == "foreign_unit" and rule.field == column.field for rule in sheet.rules)

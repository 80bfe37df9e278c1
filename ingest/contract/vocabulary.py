"""The vocabulary by which readers match sheets and columns, built from the contracts. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ingest.contract.sheet_contract import Contracts, SheetContract, ValueType
from ingest.model.received import SheetKind
from ingest.parsing.keys import normalised

__all__ = ["SheetWords", "Vocabulary", "normalised"]


@dataclass(frozen=True)
class SheetWords:
    """The names of one sheet in the contract and of its columns.

    `names` are the sheet's name and aliases (the English name is always known). `headers` are headers and aliases by
    field (the field's own name is always known). `key` are the fields that identify a row. `shared` are the fields
    whose merged blocks give their value to each row; `codes` are the fields that hold codes; `shown` are the fields
    whose numbers are read as displayed.
    """

    names: tuple[str, ...]
    headers: Mapping[str, tuple[str, ...]]
    key: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Finds kinds by sheet name and, per kind, fields by header; names are compared in `normalised` form.

    `ignored` are the headers of columns that number the rows.
    """

    sheets: Mapping[SheetKind, SheetWords]
    ignored: tuple[str, ...] = ()
    _kinds: Mapping[str, SheetKind] = field(init=False, repr=False, compare=False)
    _fields: Mapping[SheetKind, Mapping[str, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kinds = {key: kind for kind, words in self.sheets.items() for key in _keys((kind.value, *words.names))}
        fields = {
            kind: {key: name for name, headers in words.headers.items() for key in _keys((name, *headers))}
            for kind, words in self.sheets.items()
        }
        object.__setattr__(self, "_kinds", kinds)
        object.__setattr__(self, "_fields", fields)

    def kind_of(self, sheet_name: str) -> SheetKind | None:
        """The kind of sheet with this name, or None."""
        return self._kinds.get(normalised(sheet_name))

    def field_of(self, kind: SheetKind, header: str) -> str | None:
        """The field with this header in sheets of this kind, or None."""
        return self._fields.get(kind, {}).get(normalised(header))

    def is_ignored(self, header: str) -> bool:
        """Whether a column with this header is skipped without a finding: it numbers the rows, or has no header."""
        return normalised(header) in {"", *map(normalised, self.ignored)}

    def words_of(self, kind: SheetKind) -> frozenset[str]:
        """All words in the headers of this kind of sheet, in `normalised` form."""
        return frozenset(word for key in self._fields.get(kind, {}) for word in key.split())

    def key_of(self, kind: SheetKind) -> tuple[str, ...]:
        """The key fields of sheets of this kind."""
        return self.sheets[kind].key if kind in self.sheets else ()

    def shared_of(self, kind: SheetKind) -> tuple[str, ...]:
        """The fields of this kind whose merged blocks give their value to each row."""
        return self.sheets[kind].shared if kind in self.sheets else ()

    def codes_of(self, kind: SheetKind) -> tuple[str, ...]:
        """The fields of this kind that hold codes."""
        return self.sheets[kind].codes if kind in self.sheets else ()

    def shown_of(self, kind: SheetKind) -> tuple[str, ...]:
        """The fields of this kind whose numbers are read as displayed: codes, including unit codes."""
        return self.sheets[kind].shown if kind in self.sheets else ()


def _keys(names: Iterable[str]) -> set[str]:
    return {normalised(name) for name in names}


def vocabulary(contracts: Contracts) -> Vocabulary:
    """The vocabulary of `contracts`."""
    return Vocabulary({kind: _words(sheet) for kind, sheet in contracts.sheets.items()}, contracts.ignored_headers)


def _words(sheet: SheetContract) -> SheetWords:
    headers = {column.field: (column.header, *column.aliases) for column in sheet.columns}
    codes = tuple(column.field for column in sheet.columns if column.type is ValueType.CODE)
    shown = tuple(column.field for column in sheet.columns if column.type in (ValueType.CODE, ValueType.UNIT))
    return SheetWords((sheet.name, *sheet.aliases), headers, sheet.key, tuple(_shared_fields(sheet)), codes, shown)


def _shared_fields(sheet: SheetContract) -> Iterable[str]:
    """The fields whose merged blocks may give their value to each row: not counts, free texts or a one-column key."""
    of_each_row = (ValueType.INTEGER, ValueType.FREE_TEXT)
    for column in sheet.columns:
        if column.type not in of_each_row and sheet.key != (column.field,):
            yield column.field

"""Draft a mapping profile for an export; what could not be decided is in its comments."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.contract import load as contract_files
from ingest.contract.sheet_contract import DATES, Column, SheetContract, ValueType
from ingest.lookups.units import UnitNames
from ingest.mapping.draft.columns import columns_by_field, unplaced
from ingest.mapping.draft.dates import DateForm, date_form
from ingest.mapping.draft.table import ExportTable, read_export
from ingest.mapping.draft.values import meanings
from ingest.mapping.profile_toml import key, text
from ingest.model.received import SheetKind
from warehouse.masking import masked
from warehouse.settings import Limits

MOST_VALUES = 200
"""Maximum number of distinct values that a draft lists; a column with more does not hold choices."""

Placed = tuple[dict[str, str], list[tuple[str, int]]]
"""The meanings of values, and the values without a meaning, with their counts."""


@dataclass(frozen=True)
class Drafted:
    """A draft: the TOML, the fields matched by header, and sentences about open decisions."""

    toml: str
    columns: Mapping[str, str]
    open_points: tuple[str, ...]


@dataclass(frozen=True)
class _Words:
    """The names of fields and units in the home."""

    fields: Mapping[str, tuple[str, ...]]
    units: UnitNames


def draft_profile(
    con: duckdb.DuckDBPyConnection, path: Path, limits: Limits, workdir: Path, *, units: UnitNames, sender: str | None
) -> Drafted:
    """Draft a profile for the export at `path`, for petitions or dialogues, whichever its headers match better.

    `con` has the lookups. Raise UsageError if no table can be read.
    """
    table = read_export(path, limits, workdir)
    named = con.execute("select field_code, field_name from lookups.fields order by sort_order").fetchall()
    words = _Words({code: (name,) for code, name in named}, units)
    contract, columns = _best_sheet(table)
    return _Draft(table, contract, columns, words, sender).drafted(path.name)


def _best_sheet(table: ExportTable) -> tuple[SheetContract, dict[str, str]]:
    sheets = contract_files.load().sheets
    found = [(sheets[kind], columns_by_field(sheets[kind], table.headers)) for kind in _KINDS]
    return max(found, key=lambda it: sum(it[0].column(name).column_required for name in it[1]))


_KINDS = (SheetKind.PETITIONS, SheetKind.DIALOGUES)


@dataclass(frozen=True)
class _Draft:
    """What a draft is written from: the export's table, and the sheet and columns that match it."""

    table: ExportTable
    contract: SheetContract
    columns: Mapping[str, str]
    words: _Words
    sender: str | None

    def drafted(self, file_name: str) -> Drafted:
        dates = {name: form for name in self.columns if (form := self._date_form(name))}
        values = {name: self._placed(self.contract.column(name)) for name in self.columns if self._is_listed(name)}
        lines = [*self._head(file_name), *self._columns(), *self._formats(dates), *self._values(values)]
        lines += self._constants()
        return Drafted("\n".join(lines) + "\n", self.columns, tuple(self._open_points(dates, values)))

    @property
    def _place(self) -> str:
        return f"sheets.{self.contract.kind.value}"

    def _head(self, file_name: str) -> Iterator[str]:
        yield "# Bản nháp do «doithoai profile draft» viết. Xem từng dòng, bỏ dấu # ở dòng cần dùng và điền cho đủ."
        yield "# Ý nghĩa từng mục: docs/quan-tri.md, «Hồ sơ ánh xạ»."
        yield ""
        yield f"title = {text(masked(file_name))}"
        yield ""
        yield "[cover]"
        sender = f"sender_unit_code = {text(self.sender or '')}"
        yield sender if self.sender else f"# {sender}   # mã đơn vị gửi; hoặc nêu --sender trong lệnh"
        yield '# period = "2024Q3"   # kỳ báo cáo; nên để trống và nêu --period trong lệnh, mỗi kỳ một lần'

    def _columns(self) -> Iterator[str]:
        yield ""
        yield f"[{self._place}.columns]"
        for name, header in self.columns.items():
            yield f"{name} = {text(header)}   # {self.contract.column(name).header}"
        for name in self._lacking():
            yield f'# {name} = ""   # {self.contract.column(name).header}: bắt buộc, chưa thấy cột nào'
        unused = [header for header in self.table.headers if header not in self.columns.values()]
        if unused:
            yield f"# Cột chưa dùng: {', '.join(text(masked(header)) for header in unused)}"

    def _lacking(self) -> list[str]:
        return [name for name in unplaced(self.contract, self.columns) if not self._is_constant(name)]

    def _is_constant(self, name: str) -> bool:
        return name == "unit_code" and self.sender is not None and name not in self.columns

    def _formats(self, dates: Mapping[str, DateForm]) -> Iterator[str]:
        shown = {name: form for name, form in dates.items() if not form.is_iso}
        if not shown:
            return
        yield ""
        yield f"[{self._place}.formats]"
        for name, form in shown.items():
            if form.decided:
                yield f"{name} = {text(form.decided)}"
            else:
                yield f"# {name}: chưa rõ ngày hay tháng đứng trước; bỏ dấu # ở dòng đúng"
                yield from (f"# {name} = {text(each)}" for each in form.formats)
            if form.strange:
                yield f"# {name}: không đọc được {', '.join(text(masked(each)) for each in form.strange[:5])}"

    def _values(self, values: Mapping[str, Placed]) -> Iterator[str]:
        for name, (placed, left) in values.items():
            yield ""
            yield f"[{self._place}.values.{name}]"
            yield from (f"{key(theirs)} = {text(ours)}" for theirs, ours in placed.items() if theirs != ours)
            yield from (f'# {key(masked(theirs))} = ""   # {count} dòng, chưa rõ nghĩa' for theirs, count in left)
            if name == "field":
                yield '# "*" = "other"   # mọi giá trị khác; bỏ dấu # nếu muốn'
            if left:
                yield f"# Được dùng: {', '.join(self._choices(self.contract.column(name)))}"

    def _constants(self) -> Iterator[str]:
        yield ""
        yield f"[{self._place}.constants]"
        if self._is_constant("unit_code"):
            yield f"unit_code = {text(self.sender)}   # mọi dòng là của đơn vị gửi"
        if self.contract.kind is SheetKind.PETITIONS and "responsible_body" not in self.columns:
            yield 'responsible_body = "government"'

    def _date_form(self, name: str) -> DateForm | None:
        is_date = self.contract.column(name).type in DATES
        return date_form(self.table.values(self.columns[name])) if is_date else None

    def _is_listed(self, name: str) -> bool:
        """Whether the field has values that must be mapped, and few enough to list."""
        column = self.contract.column(name)
        is_coded = bool(column.choices) or column.type in (ValueType.FIELD, ValueType.UNIT)
        return is_coded and len(self.table.values(self.columns[name])) <= MOST_VALUES

    def _placed(self, column: Column) -> Placed:
        counts = self.table.values(self.columns[column.field])
        meaning = self._unit_meanings(counts) if column.type is ValueType.UNIT else self._meanings(column, counts)
        return meaning, [(value, count) for value, count in counts.most_common() if value not in meaning]

    def _unit_meanings(self, counts: Counter[str]) -> dict[str, str]:
        read = {value: self.words.units.read(value)[0] for value in counts}
        return {
            value: each.value for value, each in read.items() if each.value in self.words.units.codes and each.value
        }

    def _meanings(self, column: Column, counts: Counter[str]) -> dict[str, str]:
        own = self.words.fields if column.type is ValueType.FIELD else _labels(column)
        return meanings(column.field, counts, own)

    def _choices(self, column: Column) -> Sequence[str]:
        if column.type is ValueType.UNIT:
            return ("mã trong lookups/units.csv",)
        own = self.words.fields if column.type is ValueType.FIELD else _labels(column)
        return [f"{code} ({labels[0]})" for code, labels in own.items()]

    def _open_points(self, dates: Mapping[str, DateForm], values: Mapping[str, Placed]) -> Iterator[str]:
        def header(name: str) -> str:
            return f"{name} ({self.contract.column(name).header})"

        yield from (f"Chưa thấy cột nào cho {header(name)}, là cột bắt buộc." for name in self._lacking())
        for name, form in dates.items():
            if not form.is_iso and not form.decided:
                yield f"Chưa rõ ngày hay tháng đứng trước ở cột «{self.columns[name]}» cho {header(name)}."
            if form.strange:
                yield f"{len(form.strange)} giá trị của cột «{self.columns[name]}» không đọc được là ngày."
        for name, (_, left) in values.items():
            if left:
                yield f"{len(left)} giá trị của cột «{self.columns[name]}» chưa rõ nghĩa cho {header(name)}."


def _labels(column: Column) -> dict[str, tuple[str, ...]]:
    return {choice.code: (choice.label, *choice.aliases) for choice in column.choices}

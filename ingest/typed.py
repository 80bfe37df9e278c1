"""Typing: received texts become typed values, set-based.

Texts in canonical form are cast in SQL; only the distinct others of a column go through the pure parsers, and what
these read is joined back. So a column costs by how many different irregular texts it holds, not by its rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from ingest.contracts import Column, ValueType
from ingest.parsing import (
    SUSPECT_TEXT,
    DayOrder,
    Reading,
    choices_by_key,
    day_order,
    read_choice,
    read_code,
    read_day,
    read_instant,
    read_integer,
    read_text,
    read_yes_no,
    to_unicode,
)
from ingest.periods import read_period
from ingest.received import Encoding
from ingest.staging import StagedSheet
from ingest.units import UnitNames
from warehouse.expectations import literal, quoted

_DATES = (ValueType.DAY, ValueType.INSTANT)
_TEXTS = (ValueType.CODE, ValueType.NAME, ValueType.FREE_TEXT)
_FEW_ROWS = 5_000
"""Up to so many rows, reading all texts in Python is cheaper than compiling the pattern that finds suspect ones."""

_SUSPECT = literal(SUSPECT_TEXT)
_ISO_DAY = "({x} like '____-__-__' and try_cast({x} as date) is not null)"
_ISO_TIME = "({x} like '____-__-__ __:__:__' and try_cast({x} as timestamp) is not null)"
_REGULAR: Mapping[ValueType, str] = {
    ValueType.CODE: f"not regexp_matches({{x}}, {_SUSPECT}) and {{x}} not like '%.0' and {{x}} not like '''%'",
    ValueType.NAME: f"not regexp_matches({{x}}, {_SUSPECT})",
    ValueType.FREE_TEXT: f"not regexp_matches({{x}}, {_SUSPECT})",
    ValueType.DAY: _ISO_DAY,
    ValueType.INSTANT: f"({_ISO_DAY} or {_ISO_TIME})",
    ValueType.INTEGER: "regexp_full_match({x}, '0|[1-9][0-9]{0,17}')",
}
"""Which texts `{x}` of a kind of value a cast reads as the parsers do; kinds not here have few different texts."""


@dataclass(frozen=True)
class Lexicon:
    """What texts may mean that is not in the contract: fields of the lookup (code → spellings) and names of units."""

    fields: Mapping[str, tuple[str, ...]]
    units: UnitNames


@dataclass(frozen=True)
class TypedSheet:
    """A staged sheet with its typed view.

    `view` has `row_id`, `part`, `row_number`, every field of the contract typed (null where the feed has no such
    column), for each field `<field>__problem` and `<field>__evidence`, for instants `<field>__timed`, and `received`, a
    struct of all texts. `sources` are the fields that are there, with their texts as SQL; `reads` names the temporary
    table of what the parsers read, by field.
    """

    staged: StagedSheet
    view: str
    reads: Mapping[str, str]
    sources: Mapping[str, str]

    def query(self, base: str) -> str:
        """The typed query over `base`: the staged table, or some of its rows with their `rowid`."""
        return _typed_query(self.staged, base, self.sources, self.reads)


def type_sheet(
    con: duckdb.DuckDBPyConnection, staged: StagedSheet, sources: Mapping[str, str], lexicon: Lexicon
) -> TypedSheet:
    """Reads every column of `staged`; `sources` gives the text of each field there as SQL."""
    columns = [column for column in staged.contract.columns if column.field in sources]
    irregular = {column.field: _irregular(con, staged, column, sources[column.field]) for column in columns}
    order = day_order(
        text for each in columns if each.type in _DATES for text in irregular[each.field]["x"].to_pylist()
    )
    reads = {}
    for column in columns:
        if irregular[column.field].num_rows or not _has_regular_texts(column, staged):
            parsers = [
                _parser(column, _encoding(staged, part, column), order, lexicon) for part in range(len(staged.parts))
            ]
            reads[column.field] = _read(con, staged, column, irregular[column.field], parsers)
    view = f"typed_{staged.contract.kind}"
    typed = TypedSheet(staged, view, reads, sources)
    con.execute(f"create or replace temp view {view} as {typed.query(staged.table)}")
    return typed


def sources_of(staged: StagedSheet) -> dict[str, str]:
    """Each field's text as SQL over alias `r`: its own column; a unit's name where its code is blank."""
    found = {name: f"r.{quoted(name)}" for name in staged.fields}
    for column in staged.contract.columns:
        if column.field in found and column.unit_name in found:
            found[column.field] = f"coalesce(r.{quoted(column.field)}, r.{quoted(column.unit_name)})"
    return found


def _encoding(staged: StagedSheet, part: int, column: Column) -> Encoding:
    """The encoding of a column's texts; a unit's name stands in a column of its own where the code is blank."""
    own = staged.encoding(part, column.field)
    return staged.encoding(part, column.unit_name) if column.unit_name and own is Encoding.UNICODE else own


def _has_regular_texts(column: Column, staged: StagedSheet) -> bool:
    return column.type in _REGULAR and staged.is_unicode(column.field)


def _regular(column: Column, staged: StagedSheet, source: str) -> str:
    if not _has_regular_texts(column, staged) or (column.type in _TEXTS and staged.rows <= _FEW_ROWS):
        return "false"
    return _REGULAR[column.type].replace("{x}", source)


def _irregular(con: duckdb.DuckDBPyConnection, staged: StagedSheet, column: Column, source: str) -> pa.Table:
    """The distinct texts of each part that SQL does not read: part, x, cells, first_row."""
    return con.sql(
        f"select r.part, {source} as x, count(*) as cells, min(r.row_number) as first_row from {staged.table} as r "
        f"where {source} is not null and not ({_regular(column, staged, source)}) "
        "group by all order by part, first_row, x"
    ).to_arrow_table()


Parser = Callable[[str], tuple[Reading[Any], str]]


def _parser(column: Column, encoding: Encoding, order: DayOrder, lexicon: Lexicon) -> Parser:
    """Text → its reading, and for what could not be read, what it could have been."""
    if column.type is ValueType.UNIT:
        return lambda text: lexicon.units.read(to_unicode(text, encoding))
    choices = choices_by_key(_spellings(column, lexicon))
    parsers: dict[ValueType, Callable[[str], Reading[Any]]] = {
        ValueType.CODE: lambda text: _read_code(text, encoding),
        ValueType.NAME: lambda text: read_text(text, encoding),
        ValueType.FREE_TEXT: lambda text: read_text(text, encoding),
        ValueType.FIELD: lambda text: _read_choice(text, encoding, choices),
        ValueType.CHOICE: lambda text: _read_choice(text, encoding, choices),
        ValueType.PERIOD: lambda text: _read_period(to_unicode(text, encoding)),
        ValueType.DAY: lambda text: read_day(to_unicode(text, encoding), order),
        ValueType.INSTANT: lambda text: read_instant(to_unicode(text, encoding), order),
        ValueType.INTEGER: lambda text: read_integer(to_unicode(text, encoding)),
        ValueType.YES_NO: lambda text: read_yes_no(read_text(text, encoding).value),
    }
    parse = parsers[column.type]
    return lambda text: (parse(text), "")


def _spellings(column: Column, lexicon: Lexicon) -> Mapping[str, Iterable[str]]:
    if column.type is ValueType.FIELD:
        return lexicon.fields
    return {choice.code: (choice.label, *choice.aliases) for choice in column.choices}


def _read_code(text: str, encoding: Encoding) -> Reading[str]:
    repaired = read_text(text, encoding)
    code = read_code(repaired.value)
    return Reading(code.value, repaired.repair or code.repair)


def _read_choice(text: str, encoding: Encoding, choices: Mapping[str, str]) -> Reading[str]:
    repaired = read_text(text, encoding)
    choice = read_choice(repaired.value, choices)
    legacy = repaired.repair if encoding is not Encoding.UNICODE else None
    return Reading(choice.value, legacy, choice.problem)


def _read_period(text: str) -> Reading[str]:
    reading = read_period(text)
    return Reading(reading.value.code if reading.value else None, None, reading.problem)


def _read(
    con: duckdb.DuckDBPyConnection, staged: StagedSheet, column: Column, texts: pa.Table, parsers: Sequence[Parser]
) -> str:
    """Writes what each part's parser makes of `texts` to a temporary table, and returns its name."""
    cells = zip(texts["part"].to_pylist(), texts["x"].to_pylist(), strict=True)
    readings = [parsers[part](text) for part, text in cells]
    values = [reading.value for reading, _ in readings]
    table = pa.table(
        {
            "part": texts["part"],
            "x": texts["x"].cast(pa.string()),
            "read": pa.array([_text(value) for value in values], pa.string()),
            "timed": pa.array([isinstance(value, datetime) for value in values], pa.bool_()),
            "problem": pa.array([reading.problem for reading, _ in readings], pa.string()),
            "repair": pa.array([reading.repair for reading, _ in readings], pa.string()),
            "evidence": pa.array([evidence or None for _, evidence in readings], pa.string()),
            "cells": texts["cells"],
            "first_row": texts["first_row"],
        }
    )
    name = f"reads_{staged.contract.kind}_{column.field}"
    con.register("readings", table)
    con.execute(f"create or replace temp table {name} as select * from readings")
    con.unregister("readings")
    return name


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)


def _typed_query(staged: StagedSheet, base: str, sources: Mapping[str, str], reads: Mapping[str, str]) -> str:
    values = [_value(staged, column, sources, reads) for column in staged.contract.columns]
    received = ", ".join(
        f"{quoted(c.field)} := {'r.' + quoted(c.field) if c.field in staged.fields else 'null::varchar'}"
        for c in staged.contract.columns
    )
    of_part = "" if len(staged.parts) == 1 else " and m_{0}.part = r.part"
    joins = "".join(
        f" left join {table} as m_{name} on m_{name}.x = {sources[name]}{of_part.format(name)}"
        for name, table in reads.items()
    )
    typed = (
        f"select r.rowid as row_id, r.part, r.row_number, {', '.join(values)}, struct_pack({received}) as received "
        f"from {base} as r{joins}"
    )
    defaults = ", ".join(
        f"{_default(staged, column)} as {quoted(column.field)}" for column in staged.contract.columns if column.default
    )
    return f"select * replace ({defaults}) from ({typed})" if defaults else typed


def _default(staged: StagedSheet, column: Column) -> str:
    fields = {each.field for each in staged.contract.columns}
    default = quoted(column.default) if column.default in fields else literal(column.default)
    return f"coalesce({quoted(column.field)}, {default})"


def _value(staged: StagedSheet, column: Column, sources: Mapping[str, str], reads: Mapping[str, str]) -> str:
    """The select items of one column."""
    name, read = column.field, f"m_{column.field}"
    has_reads = name in reads
    problem = f"{read}.problem" if has_reads else "null::varchar"
    evidence = f"{read}.evidence" if has_reads else "null::varchar"
    items = [
        f"{_typed(staged, column, sources, has_reads)} as {quoted(name)}",
        f"{problem} as {quoted(name + '__problem')}",
        f"{evidence} as {quoted(name + '__evidence')}",
    ]
    if column.type is ValueType.INSTANT:
        timed = f"strlen({sources[name]}) > 10" if name in sources else "false"
        items.append(f"{_either(f'{read}.timed', timed, has_reads)} as {quoted(name + '__timed')}")
    return ", ".join(items)


def _typed(staged: StagedSheet, column: Column, sources: Mapping[str, str], has_reads: bool) -> str:
    name = column.field
    if name not in sources:
        return _defaulted(column, f"null::{column.type.sql}", sources)
    source, read = sources[name], f"m_{name}.read"
    if column.type is ValueType.INSTANT:
        return _instant(column, source, has_reads)
    cast = source if column.type.sql == "VARCHAR" else f"try_cast({source} as {column.type.sql})"
    parsed = read if column.type.sql == "VARCHAR" else f"{read}::{column.type.sql}"
    if not _has_regular_texts(column, staged):
        value = parsed if has_reads else f"null::{column.type.sql}"
    else:
        value = _either(parsed, cast, has_reads, f"m_{name}.x")
    return _defaulted(column, value, sources)


def _instant(column: Column, source: str, has_reads: bool) -> str:
    name = column.field
    value = _either(f"m_{name}.read::timestamp", f"try_cast({source} as timestamp)", has_reads, f"m_{name}.x")
    if column.edge == "start":
        return value
    timed = _either(f"m_{name}.timed", f"strlen({source}) > 10", has_reads, f"m_{name}.x")
    return f"case when {timed} then {value} else {value} + interval 1 day - interval 1 microsecond end"


def _either(parsed: str, cast: str, has_reads: bool, marker: str = "") -> str:
    """What the parsers read where they did, else the cast."""
    if not has_reads:
        return cast
    return f"case when {marker or parsed} is not null then {parsed} else {cast} end"


def _defaulted(column: Column, value: str, sources: Mapping[str, str]) -> str:
    if column.type is ValueType.YES_NO and column.field in sources and not column.required:
        return f"case when {sources[column.field]} is null then false else {value} end"
    return value

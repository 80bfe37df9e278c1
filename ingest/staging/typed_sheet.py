"""Turn received texts into typed values, set-based.

Texts in canonical form are cast in SQL; for all others, the readings of the parsers are joined.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from ingest.contract.sheet_contract import Column, ValueType
from ingest.staging.column_parsers import Lexicon
from ingest.staging.readings import Readings, has_regular_texts, read_texts
from ingest.staging.stage import StagedSheet
from warehouse.sql import literal, quoted


@dataclass(frozen=True)
class TypedSheet:
    """A staged sheet with its typed relation.

    `view` (a temporary table for a small sheet) has `row_id`, `part`, `row_number`, every field of the contract typed
    (null if the feed has no such column), for each field `<field>__problem` and `<field>__evidence`, for instants
    `<field>__timed`, and `received`, a struct of all texts. `sources` gives SQL for the texts of each field that the
    feed has; `reads` are the readings of the parsers.
    """

    staged: StagedSheet
    view: str
    reads: Readings
    sources: Mapping[str, str]

    def query(self, base: str) -> str:
        """The typed query over `base`: the staged table, or some of its rows with their `rowid`."""
        return _typed_query(self.staged, base, self.sources, self.reads)


def type_sheet(
    con: duckdb.DuckDBPyConnection, staged: StagedSheet, sources: Mapping[str, str], lexicon: Lexicon
) -> TypedSheet:
    """Type every column of `staged`; `sources` gives SQL for the texts of each field.

    A small sheet is typed once and kept: planning the joins again for every use would cost more than its rows.
    """
    reads = read_texts(con, staged, sources, lexicon)
    form, name = ("table", "typed_rows") if staged.is_small else ("view", "typed")
    typed = TypedSheet(staged, f"{name}_{staged.contract.kind}", reads, sources)
    con.execute(f"create or replace temp {form} {typed.view} as {typed.query(staged.table)}")
    return typed


def sources_of(staged: StagedSheet) -> dict[str, str]:
    """SQL over alias `r` for each field's text: its own column or, if a unit's code is blank, the unit's name."""
    found = {name: f"r.{quoted(name)}" for name in staged.fields}
    for column in staged.contract.columns:
        if column.field in found and column.unit_name in found:
            found[column.field] = f"coalesce(r.{quoted(column.field)}, r.{quoted(column.unit_name)})"
    return found


def _typed_query(staged: StagedSheet, base: str, sources: Mapping[str, str], reads: Readings) -> str:
    values = [_value(staged, column, sources, reads) for column in staged.contract.columns]
    received = ", ".join(
        f"{quoted(c.field)} := {'r.' + quoted(c.field) if c.field in staged.fields else 'null::varchar'}"
        for c in staged.contract.columns
    )
    of_part = "" if len(staged.parts) == 1 else " and m_{0}.part = r.part"
    joins = "".join(
        f" left join {reads.table} as m_{name} on m_{name}.field = {literal(name)} "
        f"and m_{name}.x = {sources[name]}{of_part.format(name)}"
        for name in sorted(reads.fields)
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


def _value(staged: StagedSheet, column: Column, sources: Mapping[str, str], reads: Readings) -> str:
    """The select items of one column."""
    name, read = column.field, f"m_{column.field}"
    has_reads = name in reads.fields
    problem = f"{read}.problem" if has_reads else "null::varchar"
    evidence = f"{read}.evidence" if has_reads else "null::varchar"
    items = [
        f"{_typed(staged, column, sources, has_reads)} as {quoted(name)}",
        f"{problem} as {quoted(name + '__problem')}",
        f"{evidence} as {quoted(name + '__evidence')}",
    ]
    if column.type is ValueType.INSTANT:
        timed = _timed(sources[name]) if name in sources else "false"
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
    if has_reads and not has_regular_texts(column, staged):
        value = parsed
    else:
        value = _either(parsed, cast, has_reads, f"m_{name}.x")
    return _defaulted(column, value, sources)


def _instant(column: Column, source: str, has_reads: bool) -> str:
    name = column.field
    value = _either(f"m_{name}.read::timestamp", f"try_cast({source} as timestamp)", has_reads, f"m_{name}.x")
    if column.edge == "start":
        return value
    timed = _either(f"m_{name}.timed", _timed(source), has_reads, f"m_{name}.x")
    return f"case when {timed} then {value} else {value} + interval 1 day - interval 1 microsecond end"


def _timed(source: str) -> str:
    """SQL for whether a text that a cast reads has a time: exactly midnight is a date without one."""
    return f"(strlen({source}) > 10 and try_cast({source} as timestamp)::time <> time '00:00:00')"


def _either(parsed: str, cast: str, has_reads: bool, marker: str = "") -> str:
    """SQL for the reading of the parsers if there is one, else for the cast."""
    if not has_reads:
        return cast
    return f"case when {marker or parsed} is not null then {parsed} else {cast} end"


def _defaulted(column: Column, value: str, sources: Mapping[str, str]) -> str:
    if column.type is ValueType.YES_NO and column.field in sources and not column.required:
        return f"case when {sources[column.field]} is null then false else {value} end"
    return value

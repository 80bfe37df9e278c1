"""Readings: the results of the pure parsers for texts that SQL does not read, in one table per sheet.

Only distinct texts are parsed, so the cost of a column depends on its distinct irregular texts, not on its rows.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from ingest.contract.sheet_contract import DATES, WRITTEN, Column, ValueType
from ingest.model.received import Encoding
from ingest.parsing import (
    SUSPECT_TEXT,
    Reading,
    both_ways,
)
from ingest.parsing.dated_codes import LIKE_DATE, dates_among_codes, has_dates
from ingest.parsing.exponents import LONGEST_NUMBER, rounded
from ingest.parsing.swapped import may_be_swapped
from ingest.staging.column_parsers import LONGEST, UNSURE, Lexicon, Read, parser_of
from ingest.staging.day_order import day_orders
from ingest.staging.stage import StagedSheet
from ingest.staging.swapped_days import SwapDoubt, has_texts_to_swap, swap_doubts
from warehouse.sql import literal, quoted

_SUSPECT = literal(SUSPECT_TEXT)
_PLAUSIBLE = "left({x}, 4) between '{first}' and '{last}'"
_ISO_DAY = f"({{x}} like '____-__-__' and {_PLAUSIBLE} and try_cast({{x}} as date) is not null)"
_ISO_TIME = f"({{x}} like '____-__-__ __:__:__' and {_PLAUSIBLE} and try_cast({{x}} as timestamp) is not null)"
_PLAIN_TEXT = (
    f"strlen({{x}}) <= {min(LONGEST.values())} and not regexp_matches({{x}}, {_SUSPECT}) and {{x}} not like '#%' "
    "and {x} not like '%?%' and {x} not like '%&%;%' "
    "and not regexp_full_match({x}, '[0-9]{16,}|[0-9.,]+[eE][+][0-9]+') "
    "and {x} not like '=%' and {x} not ilike 'err:%'"
)
_REGULAR: Mapping[ValueType, str] = {
    ValueType.CODE: f"{_PLAIN_TEXT} and {{x}} not like '%.0' and {{x}} not like '''%' and {{x}} not like '[%' "
    f"and not regexp_full_match({{x}}, {literal(LIKE_DATE)})",
    ValueType.NAME: _PLAIN_TEXT,
    ValueType.FREE_TEXT: _PLAIN_TEXT.replace(f"<= {min(LONGEST.values())}", f"<= {LONGEST[ValueType.FREE_TEXT]}"),
    ValueType.DAY: _ISO_DAY,
    ValueType.INSTANT: f"({_ISO_DAY} or {_ISO_TIME})",
    ValueType.INTEGER: "regexp_full_match({x}, '0|[1-9][0-9]{0,17}')",
}
"""By value type, the SQL condition for texts `{x}` that a cast reads as the parsers do; other types have few distinct
texts. The years of dates are between `{first}` and `{last}`."""


_TEXTS = pa.schema(
    [("field", pa.string()), ("part", pa.int32()), ("x", pa.string()), ("cells", pa.int64()), ("first_row", pa.int64())]
)
"""The schema of a table with the distinct texts of a sheet."""

Cell = tuple[str, int, str]
"""The field, part and text of the cells that have the same text."""


@dataclass(frozen=True)
class Readings:
    """The readings of one sheet: temporary table `table` has one row per parsed text.

    Its columns are field, part, x (the text), read (its value as text, or null), timed, problem, repair, evidence,
    cells and first_row. `fields` are the fields with a text that a cast would read differently: they need the join
    with the table. `problems` are the problems of texts by field, `repaired` is whether any text was repaired.
    `values` are all distinct texts of a small sheet by field, as received and as read; None for a large sheet.
    """

    table: str
    fields: frozenset[str]
    problems: Mapping[str, Set[str]]
    repaired: bool
    values: Mapping[str, Set[str]] | None


def has_regular_texts(column: Column, staged: StagedSheet) -> bool:
    """Whether SQL reads the column's canonical texts itself."""
    return column.type in _REGULAR and staged.is_unicode(column.field)


def read_texts(
    con: duckdb.DuckDBPyConnection, staged: StagedSheet, sources: Mapping[str, str], lexicon: Lexicon
) -> Readings:
    """Parse every text of `staged` that SQL does not read; `sources` gives SQL for the texts of its fields."""
    columns = [column for column in staged.contract.columns if column.field in sources]
    texts = (_few_texts if staged.is_small else _texts)(con, staged, columns, sources, lexicon)
    cells = list(zip(*(texts[name].to_pylist() for name in ("field", "part", "x")), strict=True))
    orders = day_orders(staged, columns, texts)
    parsers = {
        (column.field, part): parser_of(
            staged.contract.kind, column, _encoding(staged, part, column), orders(column.field, part), lexicon
        )
        for column in columns
        for part in range(len(staged.parts))
    }
    table = f"reads_{staged.contract.kind}"
    doubts = _swap_doubts(staged, columns, cells, texts["cells"].to_pylist(), lexicon)
    readings = [
        _no_code(staged, cell) or _with_swap_doubt(cell[2], parsers[cell[:2]](cell[2]), doubts.get(cell[0]))
        for cell in cells
    ]
    written = {column.field for column in columns if column.type in WRITTEN}
    readings = _doubted(cells, texts["cells"].to_pylist(), readings, written, staged.rows)
    codes = {column.field for column in columns if column.type is ValueType.CODE}
    readings = _without_rounded(cells, texts["cells"].to_pylist(), readings, codes)
    readings = _without_dates(cells, readings, codes)
    _write(con, table, texts, readings)
    if staged.filled_down:
        _write_filled(con, table, staged)
    regular = {column.field for column in columns if has_regular_texts(column, staged)}
    return _readings_of(table, staged, cells, readings, regular)


def _readings_of(
    table: str, staged: StagedSheet, cells: Sequence[Cell], readings: Sequence[Read], regular: Collection[str]
) -> Readings:
    """The readings with their summary, computed without a query; `regular` are the fields that SQL reads."""
    fields = {
        field
        for (field, _, text), (reading, evidence) in zip(cells, readings, strict=True)
        if not _is_plain(text, reading, evidence, regular=field in regular)
    }
    pairs = [(cell[0], cell[2], reading) for cell, (reading, _) in zip(cells, readings, strict=True) if staged.is_small]
    return Readings(
        table,
        frozenset(fields),
        _by_field((cell[0], read.problem) for cell, (read, _) in zip(cells, readings, strict=True) if read.problem),
        bool(staged.filled_down) or any(reading.repair for reading, _ in readings),
        _by_field((field, str(it)) for field, text, read in pairs for it in (text, read.value))
        if staged.is_small
        else None,
    )


def _by_field(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for field, text in pairs:
        found.setdefault(field, set()).add(text)
    return found


def _no_code(staged: StagedSheet, cell: Cell) -> Read | None:
    """The reading of a text that is in `no_codes`, because its cell held a date or an unusually formatted number."""
    field, part, text = cell
    found = staged.no_codes.get((field, part, text))
    return (Reading(None, problem=found.problem), found.evidence) if found else None


def _swap_doubts(
    staged: StagedSheet, columns: Iterable[Column], cells: Sequence[Cell], counts: Sequence[int], lexicon: Lexicon
) -> Mapping[str, SwapDoubt]:
    dates = {column.field for column in columns if column.type in DATES}
    days = [(cell[0], cell[2], count) for cell, count in zip(cells, counts, strict=True) if cell[0] in dates]
    return swap_doubts(staged.contract.kind, days, lexicon.confirmed)


def _with_swap_doubt(text: str, read: Read, doubt: SwapDoubt | None) -> Read:
    return doubt.of(read[0]) if doubt and may_be_swapped(text) else read


_MIN_LEGACY_ROWS = 0.2
"""Minimum share of legacy cells in a column for which cells that are Vietnamese in both encodings are reported."""


def _doubted(
    cells: Sequence[Cell], counts: Sequence[int], readings: Sequence[Read], written: Collection[str], rows: int
) -> list[Read]:
    """The readings; a Unicode text that is also valid Vietnamese in its column's legacy font is marked as ambiguous,
    if enough cells of the column are legacy."""
    legacy: Counter[tuple[str, int, str]] = Counter()
    for (name, part, _), count, (reading, _) in zip(cells, counts, readings, strict=True):
        if name in written and reading.repair in (Encoding.TCVN3, Encoding.VNI):
            legacy[name, part, reading.repair] += count
    fonts = {(name, part): Encoding(font) for (name, part, font), n in legacy.items() if n >= rows * _MIN_LEGACY_ROWS}
    return [
        _with_doubt(text, read, fonts.get((name, part), Encoding.UNICODE))
        for (name, part, text), read in zip(cells, readings, strict=True)
    ]


def _without_rounded(
    cells: Sequence[Cell], counts: Sequence[int], readings: Sequence[Read], codes: Collection[str]
) -> list[Read]:
    """The readings; codes whose last digits a spreadsheet replaced with zeros lose their values."""
    columns: dict[tuple[str, int], dict[str, int]] = {}
    for (name, part, text), count in zip(cells, counts, strict=True):
        if name in codes and len(text) > LONGEST_NUMBER:
            columns.setdefault((name, part), {})[text] = count
    lost = {(*place, text) for place, each in columns.items() for text in rounded(each, sum(each.values()))}
    gone: Reading[Any] = Reading(None, problem="shortened_code")
    return [(gone, cell[2]) if cell in lost else read for cell, read in zip(cells, readings, strict=True)]


def _without_dates(cells: Sequence[Cell], readings: Sequence[Read], codes: Collection[str]) -> list[Read]:
    """The readings; codes that a spreadsheet turned into dates and wrote as texts lose their values."""
    columns: dict[tuple[str, int], list[str]] = {}
    for name, part, text in cells:
        if name in codes:
            columns.setdefault((name, part), []).append(text)
    lost = {(*place, text): told for place, texts in columns.items() for text, told in dates_among_codes(texts).items()}
    gone: Reading[Any] = Reading(None, problem="date_code")
    return [(gone, lost[cell]) if cell in lost else read for cell, read in zip(cells, readings, strict=True)]


def _with_doubt(text: str, read: Read, font: Encoding) -> Read:
    reading, _ = read
    if font is Encoding.UNICODE or reading.problem or reading.repair in set(Encoding):
        return read
    other = both_ways(text, font)
    return (replace(reading, problem=UNSURE), other) if other else read


def _is_plain(text: str, reading: Reading[Any], evidence: str, *, regular: bool) -> bool:
    """Whether a cast of the text gives the same value; no cast strips every kind of white space around a value."""
    if reading.repair or reading.problem or evidence or reading.value is None or text != text.strip():
        return False
    return regular or reading.value == text


def _encoding(staged: StagedSheet, part: int, column: Column) -> Encoding:
    """The encoding of a column's texts; for unit codes in Unicode, the encoding of the unit names beside them."""
    own = staged.encoding(part, column.field)
    return staged.encoding(part, column.unit_name) if column.unit_name and own is Encoding.UNICODE else own


def _few_texts(
    con: duckdb.DuckDBPyConnection,
    staged: StagedSheet,
    columns: Iterable[Column],
    sources: Mapping[str, str],
    _lexicon: Lexicon,
) -> pa.Table:
    """All distinct texts of a small sheet, from one query: parsing regular ones too is cheaper than more queries."""
    cells = ", ".join(f"{{'field': {literal(each.field)}, 'x': {sources[each.field]}}}" for each in columns)
    rows = con.execute(
        "select field, part, x, count(*) as cells, min(row_number) as first_row from (select r.part, r.row_number, "
        f"unnest([{cells}], recursive := true) from {staged.table} as r) where x is not null group by all "
        "order by field, part, first_row, x"
    ).fetchall()
    return pa.Table.from_pylist([dict(zip(_TEXTS.names, row, strict=True)) for row in rows], schema=_TEXTS)


def _texts(
    con: duckdb.DuckDBPyConnection,
    staged: StagedSheet,
    columns: Iterable[Column],
    sources: Mapping[str, str],
    lexicon: Lexicon,
) -> pa.Table:
    """The distinct texts of each column and part that SQL does not read."""
    odd = {name for name, _, _ in staged.no_codes}
    regular = {
        column.field: _regular(column, sources[column.field], lexicon.years(column))
        for column in columns
        if has_regular_texts(column, staged) and column.field not in odd
    }
    found = {
        each.field: _irregular(con, staged, each, sources[each.field], regular.get(each.field, "false"))
        for each in columns
    }
    for each in columns:
        if _need_the_column(each, found[each.field]["x"].to_pylist()):
            found[each.field] = _irregular(con, staged, each, sources[each.field], "false")
    return pa.concat_tables(list(found.values()))


def _need_the_column(column: Column, texts: Sequence[str]) -> bool:
    """Whether the meaning of these irregular texts of a column also depends on its regular texts."""
    if column.type is ValueType.CODE:
        return has_dates(texts)
    return column.type in DATES and has_texts_to_swap(texts)


def _regular(column: Column, source: str, years: range) -> str:
    """The SQL condition for a text that SQL reads."""
    words = {"x": source, "first": str(years.start), "last": str(years.stop - 1)}
    condition = _REGULAR[column.type]
    for name, word in words.items():
        condition = condition.replace(f"{{{name}}}", word)
    return condition


def _irregular(
    con: duckdb.DuckDBPyConnection, staged: StagedSheet, column: Column, source: str, regular: str
) -> pa.Table:
    """The irregular texts of a column, filtered row by row for WRITTEN types, else by distinct text."""
    by_row, by_text = (f" and not ({regular})", "") if column.type in WRITTEN else ("", f" having {_late(regular)}")
    return con.sql(
        f"select {literal(column.field)} as field, r.part, {source} as x, count(*) as cells, "
        f"min(r.row_number) as first_row from {staged.table} as r where {source} is not null{by_row} "
        f"group by all{by_text} order by part, first_row, x"
    ).to_arrow_table()


def _late(regular: str) -> str:
    """The condition for an irregular text, evaluated after the grouping: a plain condition would run on every row."""
    return f"case when count(*) > 0 then not ({regular}) end"


def _write(
    con: duckdb.DuckDBPyConnection, name: str, texts: pa.Table, readings: Sequence[tuple[Reading[Any], str]]
) -> None:
    """Write the texts and their readings to temporary table `name`."""
    values = [reading.value for reading, _ in readings]
    made = {
        "read": pa.array([_text(value) for value in values], pa.string()),
        "timed": pa.array([isinstance(value, datetime) for value in values], pa.bool_()),
        "problem": pa.array([reading.problem for reading, _ in readings], pa.string()),
        "repair": pa.array([reading.repair for reading, _ in readings], pa.string()),
        "evidence": pa.array([evidence or None for _, evidence in readings], pa.string()),
    }
    con.register("readings", pa.table({**{column: texts[column] for column in texts.column_names}, **made}))
    con.execute(f"create or replace temp table {name} as select * from readings")
    con.unregister("readings")


def _write_filled(con: duckdb.DuckDBPyConnection, table: str, staged: StagedSheet) -> None:
    """Add the cells filled from their merged block: received blank, with one row per column, part and text."""
    parts, fields, rows = (pa.array(values) for values in zip(*staged.filled_down, strict=True))
    con.register("filled_cells", pa.table({"part": parts, "field": fields, "row_number": rows}))
    for name in sorted({each[1] for each in staged.filled_down} & set(staged.fields)):
        con.execute(
            f"insert into {table} by name select f.field, f.part, '' as x, r.{quoted(name)} as read, false as timed, "
            f"'filled_down' as repair, count(*) as cells, min(r.row_number) as first_row from {staged.table} as r "
            "join filled_cells as f using (part, row_number) where f.field = ? group by all order by first_row",
            [name],
        )
    con.unregister("filled_cells")


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)

"""Readings: what the pure parsers make of the texts that SQL does not read, in one table a sheet.

Only distinct texts are read, so a column costs by how many different irregular texts it holds, not by its rows.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from ingest.contracts import WRITTEN, Column, ValueType
from ingest.parsing import (
    SUSPECT_TEXT,
    DayOrder,
    Reading,
    both_ways,
    choices_by_key,
    day_order,
    letters_of,
    other_reading,
    read_choice,
    read_code,
    read_day,
    read_instant,
    read_integer,
    read_text,
    read_year,
    read_yes_no,
    repair_text,
    to_unicode,
    writes_month_first,
)
from ingest.parsing.dated_codes import LIKE_DATE, dates_among_codes, has_dates
from ingest.parsing.days import PLAUSIBLE_YEARS, weekdays_told, year_written
from ingest.parsing.exponents import LONGEST_NUMBER, digits_of, is_shortened, rounded
from ingest.parsing.fonts import converted
from ingest.parsing.formulas import is_error, is_formula, is_zero_date
from ingest.parsing.losses import code_has_lost_letters, has_lost_letters
from ingest.parsing.references import without_references
from ingest.parsing.swapped import may_be_swapped
from ingest.periods import read_period
from ingest.received import UNCOMPUTED, Encoding, SheetKind
from ingest.staging import LONGEST_TEXT, StagedSheet
from ingest.swapped_days import SwapDoubt, has_texts_to_swap, swap_doubts
from ingest.units import UnitNames
from warehouse.expectations import literal, quoted
from warehouse.masking import MASK_END

LONGEST: Mapping[ValueType, int] = {ValueType.CODE: 100, ValueType.NAME: 500, ValueType.FREE_TEXT: LONGEST_TEXT}
"""Letters that a code, a name or a text may have: the last as many as a cell of Excel holds."""

_DATES = (ValueType.DAY, ValueType.INSTANT)

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
"""Which texts `{x}` of a kind of value a cast reads as the parsers do; kinds not here have few different texts. Days
lie between the years `{first}` and `{last}`."""

YEARS_OF_PAST = 1
"""A day of a `past` column so many years after this one is a day ahead; later, its year is none."""

YEARS_OF_PLANS = 10
"""So many years ahead a due date or the end of a tenure may lie: two terms of office."""

AliasKey = tuple[str, str, str]
"""Sheet, field and text of an alias."""

Cell = tuple[str, int, str]
"""Field, part and text of cells with the same text."""

Read = tuple[Reading[Any], str]
"""What was made of a text, and the evidence for what could not be read."""

Parser = Callable[[str], Read]

UNSURE = "unsure_letters"
"""The problem of a text that stays as received though it may be in legacy letters."""


@dataclass(frozen=True)
class Lexicon:
    """What texts may mean that is not in the contract.

    Fields of the lookup (code → spellings), names of units, what the sender's own texts were said to mean, the keys of
    what the sender confirmed, and the year in which the feed comes, and that of its period.
    """

    fields: Mapping[str, tuple[str, ...]]
    units: UnitNames
    aliases: Mapping[AliasKey, str] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    this_year: int = PLAUSIBLE_YEARS.stop
    likely_year: int = PLAUSIBLE_YEARS.stop

    def years(self, column: Column) -> range:
        """The years in which a day of the column may lie."""
        ahead = YEARS_OF_PAST if column.past else YEARS_OF_PLANS
        return range(PLAUSIBLE_YEARS.start, min(PLAUSIBLE_YEARS.stop, self.this_year + ahead + 1))


@dataclass(frozen=True)
class Readings:
    """What was read of one sheet: temporary table `table` has one row for each text that was read.

    Its columns: field, part, x (the text), read (as text; null where nothing was made of it), timed, problem, repair,
    evidence, cells, first_row. `fields` are those with a text that does not mean what a cast makes of it, so that the
    readings are to be joined.
    """

    table: str
    fields: frozenset[str]


def has_regular_texts(column: Column, staged: StagedSheet) -> bool:
    """Whether SQL reads the column's canonical texts itself."""
    return column.type in _REGULAR and staged.is_unicode(column.field)


def read_texts(
    con: duckdb.DuckDBPyConnection, staged: StagedSheet, sources: Mapping[str, str], lexicon: Lexicon
) -> Readings:
    """Reads every text of `staged` that SQL does not; `sources` gives the text of each field there as SQL."""
    columns = [column for column in staged.contract.columns if column.field in sources]
    texts = (_few_texts if staged.is_small else _texts)(con, staged, columns, sources, lexicon)
    cells = list(zip(*(texts[name].to_pylist() for name in ("field", "part", "x")), strict=True))
    orders = _day_orders(staged, columns, texts)
    parsers = {
        (column.field, part): _with_aliases(
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
    return Readings(
        table,
        frozenset(
            field
            for (field, _, text), (reading, evidence) in zip(cells, readings, strict=True)
            if not _is_plain(text, reading, evidence, regular=field in regular)
        ),
    )


def _no_code(staged: StagedSheet, cell: Cell) -> Read | None:
    """What is said of a text in a column of codes that stands for a date, or for a number shown otherwise."""
    field, part, text = cell
    found = staged.no_codes.get((field, part, text))
    return (Reading(None, problem=found.problem), found.evidence) if found else None


def _swap_doubts(
    staged: StagedSheet, columns: Iterable[Column], cells: Sequence[Cell], counts: Sequence[int], lexicon: Lexicon
) -> Mapping[str, SwapDoubt]:
    dates = {column.field for column in columns if column.type in _DATES}
    days = [(cell[0], cell[2], count) for cell, count in zip(cells, counts, strict=True) if cell[0] in dates]
    return swap_doubts(staged.contract.kind, days, lexicon.confirmed)


def _with_swap_doubt(text: str, read: Read, doubt: SwapDoubt | None) -> Read:
    return doubt.of(read[0]) if doubt and may_be_swapped(text) else read


_MIN_LEGACY_ROWS = 0.2
"""From this share of legacy cells on, a cell beside them that reads as Vietnamese both ways is told."""


def _doubted(
    cells: Sequence[Cell], counts: Sequence[int], readings: Sequence[Read], written: Collection[str], rows: int
) -> list[Read]:
    """The readings, with a doubt at each Unicode text that reads as Vietnamese in the font of many cells beside it."""
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
    """The readings, without those of codes whose last digits a spreadsheet wrote as zeros."""
    columns: dict[tuple[str, int], dict[str, int]] = {}
    for (name, part, text), count in zip(cells, counts, strict=True):
        if name in codes and len(text) > LONGEST_NUMBER:
            columns.setdefault((name, part), {})[text] = count
    lost = {(*place, text) for place, each in columns.items() for text in rounded(each, sum(each.values()))}
    gone: Reading[Any] = Reading(None, problem="shortened_code")
    return [(gone, cell[2]) if cell in lost else read for cell, read in zip(cells, readings, strict=True)]


def _without_dates(cells: Sequence[Cell], readings: Sequence[Read], codes: Collection[str]) -> list[Read]:
    """The readings, without those of codes that a spreadsheet made into dates and wrote as texts."""
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


@dataclass(frozen=True)
class ColumnOrder:
    """How one column orders day and month; `culprit` is the first cell, with its text, that writes the month first."""

    order: DayOrder = DayOrder.DMY
    culprit: str = ""


def _day_orders(staged: StagedSheet, columns: Iterable[Column], texts: pa.Table) -> Callable[[str, int], ColumnOrder]:
    """The order of each column of days, judged by itself, and by the whole sheet where it tells nothing."""
    dates = {column.field for column in columns if column.type in _DATES}
    names = ("field", "part", "x", "first_row")
    cells = [cell for cell in zip(*(texts[name].to_pylist() for name in names), strict=True) if cell[0] in dates]
    sheet = _column_order(staged, cells, DayOrder.DMY)
    by_column: dict[tuple[str, int], list[tuple[str, int, str, int]]] = {}
    for cell in cells:
        by_column.setdefault(cell[:2], []).append(cell)
    found = {place: _column_order(staged, each, sheet.order) for place, each in by_column.items()}
    return lambda field, part: _with_culprit(found.get((field, part), sheet), sheet)


def _column_order(staged: StagedSheet, cells: Sequence[tuple[str, int, str, int]], likely: DayOrder) -> ColumnOrder:
    order = day_order((text for _, _, text, _ in cells), likely)
    month_first = [cell for cell in cells if writes_month_first(cell[2])]
    if order is not DayOrder.AMBIGUOUS or not month_first:
        return ColumnOrder(order)
    field, part, text, row = min(month_first, key=lambda cell: cell[3])
    return ColumnOrder(order, f"{staged.cell(part, field, row)} («{text}»)")


def _with_culprit(column: ColumnOrder, sheet: ColumnOrder) -> ColumnOrder:
    return column if column.culprit else replace(column, culprit=sheet.culprit)


def _is_plain(text: str, reading: Reading[Any], evidence: str, *, regular: bool) -> bool:
    """Whether a cast of the text gives what was read; no cast knows every space that people leave around a value."""
    if reading.repair or reading.problem or evidence or reading.value is None or text != text.strip():
        return False
    return regular or reading.value == text


def _encoding(staged: StagedSheet, part: int, column: Column) -> Encoding:
    """The encoding of a column's texts; a unit's name stands in a column of its own where the code is blank."""
    own = staged.encoding(part, column.field)
    return staged.encoding(part, column.unit_name) if column.unit_name and own is Encoding.UNICODE else own


def _few_texts(
    con: duckdb.DuckDBPyConnection,
    staged: StagedSheet,
    columns: Iterable[Column],
    sources: Mapping[str, str],
    _lexicon: Lexicon,
) -> pa.Table:
    """All distinct texts of a small sheet, by one query: reading the regular ones too is cheaper than more queries."""
    cells = ", ".join(f"{{'field': {literal(each.field)}, 'x': {sources[each.field]}}}" for each in columns)
    return con.sql(
        "select field, part, x, count(*) as cells, min(row_number) as first_row from (select r.part, r.row_number, "
        f"unnest([{cells}], recursive := true) from {staged.table} as r) where x is not null group by all "
        "order by field, part, first_row, x"
    ).to_arrow_table()


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
    """Whether what these irregular texts of a column mean hangs on its regular ones too."""
    if column.type is ValueType.CODE:
        return has_dates(texts)
    return column.type in _DATES and has_texts_to_swap(texts)


def _regular(column: Column, source: str, years: range) -> str:
    """The condition of a text that SQL reads."""
    words = {"x": source, "first": str(years.start), "last": str(years.stop - 1)}
    condition = _REGULAR[column.type]
    for name, word in words.items():
        condition = condition.replace(f"{{{name}}}", word)
    return condition


def _irregular(
    con: duckdb.DuckDBPyConnection, staged: StagedSheet, column: Column, source: str, regular: str
) -> pa.Table:
    return con.sql(
        f"select {literal(column.field)} as field, r.part, {source} as x, count(*) as cells, "
        f"min(r.row_number) as first_row from {staged.table} as r where {source} is not null and not ({regular}) "
        "group by all order by part, first_row, x"
    ).to_arrow_table()


def _write(
    con: duckdb.DuckDBPyConnection, name: str, texts: pa.Table, readings: Sequence[tuple[Reading[Any], str]]
) -> None:
    """Writes the texts and what was made of them to temporary table `name`."""
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
    """Adds the cells that got the text of their merged block: blank as received, each text of a column once."""
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


def _with_aliases(kind: SheetKind, column: Column, encoding: Encoding, order: ColumnOrder, lexicon: Lexicon) -> Parser:
    """The column's parser, and for what it cannot read, what the sender said that exactly this text means."""
    parse = _parser(column, encoding, order, lexicon)
    known = {
        text: read for (of, name, text), read in lexicon.aliases.items() if (of, name) == (kind.value, column.field)
    }
    codes = _codes(column, lexicon)

    def read(text: str) -> tuple[Reading[Any], str]:
        reading, evidence = parse(text)
        if reading.value in codes:
            return reading, evidence
        meant = known.get(alias_text(to_unicode(text, encoding))) or known.get(alias_text(text))
        return (Reading(meant, "alias"), "") if meant in codes else (reading, evidence)

    return read if known and codes else parse


def _codes(column: Column, lexicon: Lexicon) -> frozenset[str]:
    """The values that a text of this column may mean."""
    if column.type is ValueType.UNIT:
        return lexicon.units.codes
    return frozenset(_spellings(column, lexicon))


def alias_text(text: str) -> str:
    """A text as aliases know it: in clean Unicode, with clean spaces, and otherwise exactly as written."""
    return repair_text(text).value or ""


def _parser(column: Column, encoding: Encoding, order: ColumnOrder, lexicon: Lexicon) -> Parser:
    """Text → its reading, and for what could not be read, what it could have been."""
    if column.type is ValueType.UNIT:
        return lambda text: _read_unit(text, encoding, lexicon.units)
    if column.type in WRITTEN:
        return lambda text: _read_written(column, text, encoding)
    parse = _coded_parser(column, order, lexicon)
    if column.type in _DATES:
        return lambda text: _read_date(text, encoding, parse, order)
    return lambda text: (_first_read(text, encoding, parse), "")


def _read_date(text: str, encoding: Encoding, parse: Callable[[str], Reading[Any]], order: ColumnOrder) -> Read:
    if is_zero_date(text):
        return Reading(None, problem="zero_date"), ""
    reading = _first_read(text, encoding, parse)
    return reading, _doubt(reading, text, encoding, order)


def _coded_parser(column: Column, order: ColumnOrder, lexicon: Lexicon) -> Callable[[str], Reading[Any]]:
    """The parser of a column whose texts mean something of a list, a calendar or a number."""
    choices, years = choices_by_key(_spellings(column, lexicon)), lexicon.years(column)
    parsers: dict[ValueType, Callable[[str], Reading[Any]]] = {
        ValueType.FIELD: lambda text: read_choice(text, choices),
        ValueType.CHOICE: lambda text: read_choice(text, choices),
        ValueType.PERIOD: _read_period,
        ValueType.DAY: lambda text: read_day(text, order.order, years),
        ValueType.INSTANT: lambda text: read_instant(text, order.order, years),
        ValueType.INTEGER: read_integer,
        ValueType.YEAR: read_year,
        ValueType.YES_NO: read_yes_no,
    }
    return parsers[column.type]


def _first_read(text: str, encoding: Encoding, parse: Callable[[str], Reading[Any]]) -> Reading[Any]:
    """What `parse` makes of the text as received; where nothing, of the first legacy encoding in which it means some.

    A text of the list stays what it is, whatever the letters of its column.
    """
    first = parse(text)
    if first.problem is None:
        return first
    for letters, read in _legacy_readings(text, encoding):
        reading = parse(read)
        if reading.problem != first.problem:
            return replace(reading, repair=reading.repair or letters.value)
    return first


def _legacy_readings(text: str, encoding: Encoding) -> Iterator[tuple[Encoding, str]]:
    """The text in each encoding in which it is another, the likeliest first."""
    plain = without_references(text)
    if plain != text:
        yield Encoding.REFERENCES, plain
    for letters in () if plain.isascii() else dict.fromkeys((letters_of(plain, encoding), *Encoding)):
        read = converted(plain, letters)
        if read != plain:
            yield letters, read


def _read_unit(text: str, encoding: Encoding, units: UnitNames) -> Read:
    """The unit that the text means as received, or else in legacy letters."""
    first = units.read(text)
    if first[0].value in units.codes:
        return first
    for letters, read in _legacy_readings(text, encoding):
        reading, evidence = units.read(read)
        if reading.value in units.codes or reading.problem:
            return replace(reading, repair=reading.repair or letters.value), evidence
    return first


def _read_written(column: Column, text: str, encoding: Encoding) -> Read:
    """A text, name or code; with the other reading of one that stays as received but may be in legacy letters."""
    if unwritable := _unwritable(column, text):
        return unwritable, ""
    if column.type is ValueType.CODE and is_shortened(text):
        return Reading(None, problem="shortened_code"), text
    reading = _read_code(text, encoding) if column.type is ValueType.CODE else read_text(text, encoding)
    if (has_lost_letters if column.type is not ValueType.CODE else code_has_lost_letters)(reading.value or ""):
        return replace(reading, problem="lost_letters"), reading.value or ""
    other = other_reading(without_references(text), encoding)
    return (replace(reading, problem=UNSURE), other) if other else (reading, "")


def _doubt(reading: Reading[Any], text: str, encoding: Encoding, order: ColumnOrder) -> str:
    """Why a day is none: the cell that writes the month first, the year as written, or the true weekday."""
    match reading.problem:
        case "ambiguous_date":
            return order.culprit
        case "impossible_year":
            return year_written(to_unicode(text, encoding))
        case "weekday_differs":
            return next(weekdays_told(to_unicode(text, encoding)), "")
    return ""


def _unwritable(column: Column, text: str) -> Reading[Any] | None:
    """What is no value of a text or code: a formula or its error, and a key that was a person's number."""
    if is_error(text) or text.startswith(UNCOMPUTED):
        return Reading(None, problem="cell_error")
    if is_formula(text):
        return Reading(None, problem="formula_text")
    if len(text) > LONGEST[column.type]:
        return Reading(None, problem="too_long")
    return Reading(None, problem="personal_key") if column.key and MASK_END in text else None


def _spellings(column: Column, lexicon: Lexicon) -> Mapping[str, Iterable[str]]:
    if column.type is ValueType.FIELD:
        return lexicon.fields
    return {choice.code: (choice.label, *choice.aliases) for choice in column.choices}


def _read_code(text: str, encoding: Encoding) -> Reading[str]:
    if digits := digits_of(text):
        return Reading(digits, "number_text")
    repaired = read_text(text, encoding)
    code = read_code(repaired.value)
    return Reading(code.value, repaired.repair or code.repair)


def _read_period(text: str) -> Reading[str]:
    reading = read_period(text)
    return Reading(reading.value.code if reading.value else None, None, reading.problem)

"""Column parsers, made from the contract and a lexicon. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.contract.sheet_contract import DATES, WRITTEN, Column, ValueType
from ingest.lookups.periods import read_period
from ingest.lookups.units import UnitNames
from ingest.model.received import UNCOMPUTED, Encoding, SheetKind
from ingest.parsing import (
    Reading,
    choices_by_key,
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
)
from ingest.parsing.days import PLAUSIBLE_YEARS, true_weekdays, year_written
from ingest.parsing.exponents import digits_of, is_shortened
from ingest.parsing.fonts import converted
from ingest.parsing.formulas import is_error, is_formula, is_zero_date
from ingest.parsing.html_references import without_references
from ingest.parsing.losses import code_has_lost_letters, has_lost_letters
from ingest.staging.day_order import ColumnOrder
from ingest.staging.stage import LONGEST_TEXT
from warehouse.masking import MASK_END

LONGEST: Mapping[ValueType, int] = {ValueType.CODE: 100, ValueType.NAME: 500, ValueType.FREE_TEXT: LONGEST_TEXT}
"""Maximum number of characters in a code, name or free text; in a free text, as many as an Excel cell holds."""


YEARS_OF_PAST = 1
"""A date up to this many years ahead in a `past` column is a future date; beyond, its year is implausible."""


YEARS_OF_PLANS = 10
"""Maximum number of years ahead for due dates and ends of tenures: two terms of office."""


AliasKey = tuple[str, str, str]
"""Sheet, field and text of an alias."""


Read = tuple[Reading[Any], str]
"""The reading of a text, and the evidence for a problem."""


Parser = Callable[[str], Read]


UNSURE = "unsure_letters"
"""The problem of a text that stays as received although it may be in a legacy encoding."""


@dataclass(frozen=True)
class Lexicon:
    """What the parsers must know besides the contract.

    `fields` are the spellings by code in `lookups.fields`, `units` the names of units, `aliases` and `confirmed` the
    sender's aliases and confirmation keys, `this_year` is the later year of receipt and period, `likely_year` the year
    of the period.
    """

    fields: Mapping[str, tuple[str, ...]]
    units: UnitNames
    aliases: Mapping[AliasKey, str] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    this_year: int = PLAUSIBLE_YEARS.stop
    likely_year: int = PLAUSIBLE_YEARS.stop

    def years(self, column: Column) -> range:
        """The plausible years of a date in the column."""
        ahead = YEARS_OF_PAST if column.past else YEARS_OF_PLANS
        return range(PLAUSIBLE_YEARS.start, min(PLAUSIBLE_YEARS.stop, self.this_year + ahead + 1))


def parser_of(kind: SheetKind, column: Column, encoding: Encoding, order: ColumnOrder, lexicon: Lexicon) -> Parser:
    """The column's parser; a text that it cannot read is looked up in the sender's aliases."""
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
    """The codes that a text of this column may mean."""
    if column.type is ValueType.UNIT:
        return lexicon.units.codes
    return frozenset(_spellings(column, lexicon))


def alias_text(text: str) -> str:
    """The key of a text in aliases: repaired by `repair_text`, otherwise exactly as written."""
    return repair_text(text).value or ""


def _parser(column: Column, encoding: Encoding, order: ColumnOrder, lexicon: Lexicon) -> Parser:
    """The parser for the column, without aliases; its evidence is mostly a possible reading of an unreadable text."""
    if column.type is ValueType.UNIT:
        return lambda text: _read_unit(text, encoding, lexicon.units)
    if column.type in WRITTEN:
        return lambda text: _read_written(column, text, encoding)
    parse = _coded_parser(column, order, lexicon)
    if column.type in DATES:
        return lambda text: _read_date(text, encoding, parse, order)
    return lambda text: (_first_read(text, encoding, parse), "")


def _read_date(text: str, encoding: Encoding, parse: Callable[[str], Reading[Any]], order: ColumnOrder) -> Read:
    if is_zero_date(text):
        return Reading(None, problem="zero_date"), ""
    reading = _first_read(text, encoding, parse)
    return reading, _doubt(reading, text, encoding, order)


def _coded_parser(column: Column, order: ColumnOrder, lexicon: Lexicon) -> Callable[[str], Reading[Any]]:
    """The parser for a column of choices, dates, periods or numbers."""
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
    """The reading of the text as received; if `parse` cannot read it, of its first conversion with another outcome.

    Every legacy encoding is tried, because a listed value has the same meaning in each.
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
    """Yield the text converted from each encoding that changes it, the likeliest first."""
    plain = without_references(text)
    if plain != text:
        yield Encoding.REFERENCES, plain
    for letters in () if plain.isascii() else dict.fromkeys((letters_of(plain, encoding), *Encoding)):
        read = converted(plain, letters)
        if read != plain:
            yield letters, read


def _read_unit(text: str, encoding: Encoding, units: UnitNames) -> Read:
    """The unit that the text refers to as received, or else as converted from a legacy encoding."""
    first = units.read(text)
    if first[0].value in units.codes:
        return first
    for letters, read in _legacy_readings(text, encoding):
        reading, evidence = units.read(read)
        if reading.value in units.codes or reading.problem:
            return replace(reading, repair=reading.repair or letters.value), evidence
    return first


def _read_written(column: Column, text: str, encoding: Encoding) -> Read:
    """Read a text, name or code; the evidence is another reading of one that may be in a legacy encoding."""
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
    """The evidence for an unreadable date: a cell with the month first, the year as written, or the true weekday."""
    match reading.problem:
        case "ambiguous_date":
            return order.culprit
        case "impossible_year":
            return year_written(to_unicode(text, encoding))
        case "weekday_differs":
            return next(true_weekdays(to_unicode(text, encoding)), "")
    return ""


def _unwritable(column: Column, text: str) -> Reading[Any] | None:
    """The reading of a text or code that is not a value (a formula, error, overlong text or masked key), else None."""
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

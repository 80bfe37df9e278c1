"""Pure parsers: one received text in, one `Reading` out. No IO, no clock."""

from ingest.parsing.days import DayOrder, day_order, read_day, read_instant, writes_month_first
from ingest.parsing.encodings import column_encoding, column_encodings
from ingest.parsing.keys import normalised
from ingest.parsing.letters import both_ways, letters_of, other_reading, to_unicode
from ingest.parsing.result import Reading
from ingest.parsing.text import SUSPECT_TEXT, read_code, read_text, repair_text
from ingest.parsing.values import choices_by_key, read_choice, read_integer, read_year, read_yes_no

__all__ = [
    "SUSPECT_TEXT",
    "DayOrder",
    "Reading",
    "both_ways",
    "choices_by_key",
    "column_encoding",
    "column_encodings",
    "day_order",
    "letters_of",
    "normalised",
    "other_reading",
    "read_choice",
    "read_code",
    "read_day",
    "read_instant",
    "read_integer",
    "read_text",
    "read_year",
    "read_yes_no",
    "repair_text",
    "to_unicode",
    "writes_month_first",
]

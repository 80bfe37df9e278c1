"""Codes that a spreadsheet turned into dates, including dates saved as text: `2024-01-01 00:00:00`. Pure.

Programs write a date as `Jan-24` or with midnight as its time; no office uses such codes. A date alone may be a code.
But in a column with codes such as `13/2024`, all numbered above twelve, dates on the first of a month were `1/2024` to
`12/2024`.
"""

import re
from collections.abc import Collection, Mapping

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMED = f"(?:{'|'.join(_MONTHS)})-[0-9]{{2}}"
_MIDNIGHT = "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]0?0:00(?::00(?:[.]0+)?)?"
_MONTH = "(?:0?[1-9]|1[0-2])"
_FIRST_DAY = f"[0-9]{{4}}-{_MONTH}-01|0?1[/.-]{_MONTH}[/.-][0-9]{{4}}|{_MONTH}/0?1/[0-9]{{4}}"

LIKE_DATE = f"{_NAMED}|{_MIDNIGHT}|{_FIRST_DAY}"
"""The pattern, for Python and DuckDB, of a code that may come from a date."""

_SURE = re.compile(f"{_NAMED}|{_MIDNIGHT}")
_DOUBTFUL = re.compile(_FIRST_DAY)
_NUMBER_OF_YEAR = re.compile(r"([0-9]{1,6})[/.-](?:19|20)[0-9]{2}")
_MONTHS_OF_YEAR = 12
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NUMERIC = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def dates_among_codes(texts: Collection[str]) -> Mapping[str, str]:
    """The codes in a column that come from dates, each with its evidence."""
    numbers = [int(found[1]) for text in texts if (found := _NUMBER_OF_YEAR.fullmatch(text))]
    doubtful = bool(numbers) and min(numbers) > _MONTHS_OF_YEAR
    dates = [text for text in texts if _SURE.fullmatch(text) or (doubtful and _DOUBTFUL.fullmatch(text))]
    return {text: date_evidence(text) for text in dates}


def has_dates(texts: Collection[str]) -> bool:
    """Whether a code of the column may come from a date."""
    return any(re.fullmatch(LIKE_DATE, text) for text in texts)


def date_evidence(text: str) -> str:
    """The evidence for a date in a code column: the date in Vietnamese form, and what was probably typed."""
    day = _DAY.match(text)
    shown = "/".join(reversed(day.groups())) if day else text
    return f"ô «{shown}» có thể là «{_typed(text)}» bị đổi"


def _typed(text: str) -> str:
    """The text that was probably typed: `1/2024` for the first of a month, else a date like `15/3/2024`."""
    if found := _DAY.match(text):
        year, month, day = map(int, found.groups())
    elif found := _NUMERIC.fullmatch(text):
        first, second, year = map(int, found.groups())
        day, month = (first, second) if first == 1 else (second, first)
    elif re.fullmatch(_NAMED, text):
        day, month, year = 1, _MONTHS.index(text[:3]) + 1, 2000 + int(text[4:])
    else:
        return text
    return f"{month}/{year}" if day == 1 else f"{day}/{month}/{year}"

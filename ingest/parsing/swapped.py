"""Detect dates whose day and month were swapped by a spreadsheet set to another language. Pure.

Such a spreadsheet reads d/m as m/d: what it can read becomes a date with a day of 12 or less, always swapped; the rest
stays text with a day above 12.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: .*)?")
_TEXT = re.compile(r"\s*(\d{1,2})\s*([/-])\s*(\d{1,2})\s*\2\s*(\d{4})\b.*", re.DOTALL)
_MIN_DATES = 3
_NEAR = timedelta(days=31)
_MIN_NEARER = 2
_LOW_DAY = 0.4
"""The probability that the day of a correct date is 12 or less."""
_CHANCE = 0.001
_LAST_MONTH = 12


@dataclass(frozen=True)
class Days:
    """The evidence in one column: dates that could be swapped, and dates in texts, each with its number of cells."""

    dates: Mapping[date, int]
    texts: Mapping[date, int]


def may_be_swapped(text: str) -> bool:
    """Whether the cell holds a date that would be another date with day and month swapped."""
    day = _date(text)
    return day is not None and day.day <= _LAST_MONTH and day.day != day.month


def swapped(day: date) -> date:
    """The date with day and month swapped; its day must be at most 12."""
    return date(day.year, day.day, day.month)


def days_of(cells: Iterable[tuple[str, int]]) -> Days | None:
    """The evidence in a column's texts, given with their numbers of cells; None without any, or if it contradicts."""
    dates: dict[date, int] = {}
    texts: dict[date, int] = {}
    first_is_day: set[bool] = set()
    for text, count in cells:
        if (day := _date(text)) is not None:
            if day.day > _LAST_MONTH:
                return None
            if day.day != day.month:
                dates[day] = dates.get(day, 0) + count
        elif found := _TEXT.fullmatch(text):
            first, second = int(found[1]), int(found[3])
            if (first > _LAST_MONTH) == (second > _LAST_MONTH):
                return None
            first_is_day.add(first > _LAST_MONTH)
            if (left := _day(int(found[4]), min(first, second), max(first, second))) is not None:
                texts[left] = texts.get(left, 0) + count
    return Days(dates, texts) if dates and texts and len(first_is_day) == 1 else None


def is_swapped(days: Days) -> bool:
    """Whether day and month were probably swapped in these dates.

    They were if swapping them brings them nearer to the dates in the texts. They also were if it brings them no
    farther and so many low days are unlikely by chance; distinct dates are counted, because one may be in every row.
    A column about one month, whose early days are dates and late days texts, is right as it is.
    """
    dates, texts = len(days.dates), len(days.texts)
    if dates < _MIN_DATES:
        return False
    nearer = sum(count * (_is_near(swapped(day), days) - _is_near(day, days)) for day, count in days.dates.items())
    chance = _LOW_DAY**dates * (1 - _LOW_DAY) ** texts
    return nearer >= _MIN_NEARER or (nearer >= 0 and chance < _CHANCE)


def evidence(days: Days) -> str:
    """The evidence for a swap, in Vietnamese; the same cells always give the same text."""
    first, last = min(days.dates), max(days.dates)
    return (
        f"{sum(days.dates.values())} ô kiểu ngày đều có ngày không quá 12 (như «{first:%d/%m/%Y}», có thể là "
        f"{swapped(first):%d/%m/%Y}; «{last:%d/%m/%Y}», có thể là {swapped(last):%d/%m/%Y}), còn "
        f"{sum(days.texts.values())} ô chữ (như «{min(days.texts):%d/%m/%Y}») đều có ngày trên 12"
    )


def _is_near(day: date, days: Days) -> bool:
    return min(days.texts) - _NEAR <= day <= max(days.texts) + _NEAR


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Parse dates and instants as Vietnamese files write them. Pure.

Unambiguous forms: ISO (`2024-09-05`, `2024/9/5`, `2024-09-05T14:30:00+07:00`), day first with `/ . -` and two- or
four-digit years (`5.9.24`), the month in words (`ngày 05 tháng 9 năm 2024`, also after a place name, `05-Sep-24`,
`5-thg 9-2024`), Excel's serial numbers, all with or without a time (`14:30`, `14h30`, `2:30:00 PM`) or a weekday
(`Thứ 5`, `CN`, `Thursday`) on either side. The month may come first only with `/` or `-`, and only if the column's
order says so or, in a column whose order is ambiguous, if only that date matches the given weekday. Ambiguous dates are
never guessed, and a date that does not match the given weekday is not read.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from ingest.parsing.days_in_words import NAMED_DAY, named_parts
from ingest.parsing.result import Reading
from ingest.parsing.weekdays import NAMES, without_weekday


class DayOrder(StrEnum):
    """How a column writes 03/04/2024: day first, month first, or possibly either way."""

    DMY = "dmy"
    MDY = "mdy"
    AMBIGUOUS = "ambiguous"


_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{2,6})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{3,6})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"()((?:19|20)\d\d)(\d\d)(\d\d)")
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_TIME = re.compile(
    r"(\d{1,2})\s*(?::|h|giờ|g)\s*(?:(\d{2})\s*(?:phút|ph|p|['’′])?(?:\s*:\s*(\d{2})(?:\.(\d{1,6}))?)?)?\s*"
    r"(am|pm|sa|ch|sáng|chiều|tối)?\s*(z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_AROUND_TIME = re.compile(r"^(?:[\s,T]|lúc|vào)+|(?:[\s,]|ngày|lúc|vào)+$", re.IGNORECASE)
_PLACE = re.compile(r"[^\d,]*,?\s*(?:ngày)?\s*", re.IGNORECASE)
_NOTHING = frozenset({"", "-", "–", "—", "…", "...", "/"})
PLAUSIBLE_YEARS = range(1950, 2101)
"""Other years are typing errors (0022, 2202), never the year of an event or due date."""
_SERIAL_EPOCH = datetime(1899, 12, 30)
_VIETNAM = timezone(timedelta(hours=7))
_MIN_MONTH_FIRST = 3


@dataclass(frozen=True)
class _Parts:
    """The parts of a written date: `first` and `second` are day and month if `ordered`, else either may be the day.

    `rest` is the text before and after the date, `weekdays` are the weekdays beside it (0 is Monday).
    """

    first: int
    second: int
    year: int
    rest: str
    ordered: bool
    weekdays: frozenset[int] = frozenset()


def day_order(texts: Iterable[str | None], likely: DayOrder = DayOrder.DMY) -> DayOrder:
    """The order of day and month in these texts, the dates in one column or in a whole sheet.

    A column with a day above 12 in first place, and none in second place, is day first, whatever other columns do; one
    without evidence has the `likely` order of its sheet. A column is month first if all evidence says so, in at least
    three texts and a quarter of the dates that allow both orders (a single `05/13/2024` is rather a typing error);
    otherwise it is ambiguous. Dates with dots, in words and in ISO form have only one order and are no evidence.
    """
    numeric = [found for text in texts if text and (found := _either_order(text))]
    month_first = sum(map(_is_month_first, numeric))
    day_first = sum(int(found[3]) <= 12 < int(found[1]) for found in numeric)
    if month_first == 0:
        return DayOrder.DMY if day_first else likely
    telling = month_first >= _MIN_MONTH_FIRST and month_first * 4 >= len(numeric)
    return DayOrder.MDY if day_first == 0 and telling else DayOrder.AMBIGUOUS


def writes_month_first(text: str) -> bool:
    """Whether `text` has a date whose second number is above 12, so that the month must come first."""
    found = _either_order(text)
    return found is not None and _is_month_first(found)


def _either_order(text: str) -> re.Match[str] | None:
    """The match of a numeric date whose form allows both orders: with slashes or dashes, and the year last."""
    if _ISO.search(text) or NAMED_DAY.search(text):
        return None
    found = _NUMERIC.search(text)
    return found if found and found[2] != "." else None


def year_written(text: str) -> str:
    """The digits of the year in a written date; "" if there is no date."""
    if named := NAMED_DAY.search(text):
        return named_parts(named)[2]
    iso, numeric = _ISO.search(text), _NUMERIC.search(text)
    return iso[1] if iso else numeric[4] if numeric else ""


def true_weekdays(text: str) -> Iterator[str]:
    """Yield the true weekday of a date written with a wrong one: `05/09/2024 là thứ Năm`.

    Then yield the same for the date with the month first, if the written weekday matches that one.
    """
    plain, weekdays = without_weekday(unicodedata.normalize("NFC", text).strip())
    if parts := _parts(plain):
        days = [each for order in (DayOrder.DMY, DayOrder.MDY) for each in _written_days(parts, order)]
        others = [day for day in days[1:] if weekdays == {day.weekday()}]
        yield from (f"{day:%d/%m/%Y} là {NAMES[day.weekday()]}" for day in (*days[:1], *others))


def _is_month_first(found: re.Match[str]) -> bool:
    return int(found[1]) <= 12 < int(found[3])


def read_day(text: str | None, order: DayOrder = DayOrder.DMY, years: range = PLAUSIBLE_YEARS) -> Reading[date]:
    """The date in `text`, within `years`; a time is ignored. Blank and `-` give None."""
    reading = read_instant(text, order, years)
    if isinstance(reading.value, datetime):
        at_midnight = reading.value.time() == time()
        return Reading(reading.value.date(), reading.repair or (None if at_midnight else "date_text"))
    return Reading(reading.value, reading.repair, reading.problem)


def read_instant(
    text: str | None, order: DayOrder = DayOrder.DMY, years: range = PLAUSIBLE_YEARS
) -> Reading[datetime | date]:
    """The instant in `text`, in local time, within `years`: a datetime if a time is given, else a date.

    An instant with an offset is converted to Vietnamese time (UTC+7). Exactly midnight counts as a date without a time,
    because programs write dates that way in a column of instants. Blank and `-` give None.
    """
    stripped = unicodedata.normalize("NFC", text or "").strip()
    if stripped in _NOTHING:
        return Reading(None, "date_text" if stripped else None)
    if _SERIAL.fullmatch(stripped):
        return Reading(_serial(float(stripped)), "serial_date")
    text, weekdays = without_weekday(stripped)
    parts = _parts(text)
    if parts is None:
        return Reading(None, problem="not_a_date")
    return _dated(stripped, replace(parts, weekdays=weekdays), order, years)


def _serial(number: float) -> datetime | date:
    """The instant of Excel's serial number (1900 system), to the second; a date if the number is whole."""
    instant = _SERIAL_EPOCH + timedelta(seconds=round(number * 86_400))
    return instant if number % 1 else instant.date()


def _parts(text: str) -> _Parts | None:
    if found := (_ISO.search(text) or _COMPACT.fullmatch(text)):
        year, month, day = (int(group) for group in (found.groups()[0] or found[2], *found.groups()[-2:]))
        return _Parts(day, month, year, _rest(text, found), ordered=True)
    if found := NAMED_DAY.search(text):
        day, month, digits = named_parts(found)
        return _Parts(day, month, _full_year(digits), _rest(text, found), ordered=True)
    if found := _NUMERIC.search(text):
        ordered = found[2] == "."
        return _Parts(int(found[1]), int(found[3]), _full_year(found[4]), _rest(text, found), ordered)
    return None


def _rest(text: str, found: re.Match[str]) -> str:
    """The text before or after the date, without a place name; both, separated by a bar, if there are both."""
    before, after = text[: found.start()], text[found.end() :]
    if not any(char.isdigit() for char in before) and _PLACE.fullmatch(before):
        before = ""
    return f"{before}|{after}" if before.strip() and after.strip() else before + after


def _full_year(digits: str) -> int:
    """The year that the digits mean; two digits mean 1950 to 2049."""
    year = int(digits)
    if len(digits) != 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _dated(text: str, parts: _Parts, order: DayOrder, years: range) -> Reading[datetime | date]:
    days, problem = _possible_days(parts, order, years)
    if problem:
        return Reading(None, problem=problem)
    (day,) = days
    if not parts.rest.strip(" ."):
        return Reading(day, None if text == day.isoformat() else "date_text")
    instant = _with_time(day, parts.rest)
    if instant is None:
        return Reading(None, problem="not_a_date")
    read = instant if instant.time() != time() else instant.date()
    return Reading(read, None if _is_canonical(text, instant) else "date_text")


def _possible_days(parts: _Parts, order: DayOrder, years: range) -> tuple[set[date], str | None]:
    """The dates that the parts may mean, and the problem if there is not exactly one."""
    days = _written_days(parts, order)
    if not days:
        leap_years = any(_written_days(replace(parts, year=2000), order))
        return days, "impossible_year" if leap_years and parts.year not in years else "impossible_date"
    if parts.year not in years:
        return days, "impossible_year"
    if parts.weekdays and not (days := {day for day in days if parts.weekdays == {day.weekday()}}):
        return days, "weekday_differs"
    return days, "ambiguous_date" if len(days) > 1 else None


def _written_days(parts: _Parts, order: DayOrder) -> set[date]:
    written: list[date | None] = []
    if parts.ordered or order is not DayOrder.MDY:
        written.append(_day(parts.year, parts.second, parts.first))
    if not parts.ordered and order is not DayOrder.DMY:
        written.append(_day(parts.year, parts.first, parts.second))
    return {day for day in written if day is not None}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_time(day: date, rest: str) -> datetime | None:
    found = _TIME.fullmatch(_AROUND_TIME.sub("", rest).strip())
    if found is None:
        return None
    hour, minute, second, fraction, half, zone = found.groups()
    try:
        clock = time(_hour(int(hour), half), int(minute or 0), int(second or 0), int((fraction or "0").ljust(6, "0")))
        return _local(datetime.combine(day, clock), zone)
    except (ValueError, OverflowError):
        return None


def _hour(hour: int, half: str | None) -> int:
    """The hour from 0 to 23; `half` is AM/PM or SA/CH (sáng, chiều, tối). Raise ValueError if they do not fit.

    Chiều and tối also occur with 24-hour times.
    """
    if half is None or (hour > 12 and half.lower() in {"chiều", "tối"}):
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half.lower() in {"pm", "ch", "chiều", "tối"} else 0)


def _local(instant: datetime, zone: str | None) -> datetime:
    if zone is None:
        return instant
    offset = UTC if zone.lower() == "z" else datetime.strptime(zone.replace(":", ""), "%z").tzinfo
    return instant.replace(tzinfo=offset).astimezone(_VIETNAM).replace(tzinfo=None)


def _is_canonical(text: str, instant: datetime) -> bool:
    """Whether the text is in ISO form, with a space or T, to the minute or finer."""
    written = text.replace("T", " ")
    return instant.isoformat(" ").startswith(written) or written.rstrip("0").rstrip(".") == instant.isoformat(" ")

"""Dates whose month is a name or follows the word for month: `5 tháng 9 năm 2024`, `05-Sep-24`. Pure."""

import re

_VIETNAMESE = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_LONG = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NUMBERS = {
    **{name: number for names in (_VIETNAMESE, _ENGLISH, _ENGLISH_LONG) for number, name in enumerate(names, 1)},
    "sept": 9,
    "bốn": 4,
    "bẩy": 7,
}
_WORDS = "|".join(sorted((*_VIETNAMESE, "bốn", "bẩy"), key=len, reverse=True))
_NAMES = "|".join(sorted((*_ENGLISH_LONG, *_ENGLISH, "sept"), key=len, reverse=True))
_DAY = r"(?<!\d)(?:ngày\s*)?(?:m[ùồ]ng\s*)?(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{0}>\d{{2,6}})(?!\d)"
_BETWEEN = r"[\s,./-]*"
NAMED_DAY = re.compile(
    rf"{_DAY.format(1)}{_BETWEEN}(?:tháng|thg\.?)\s*(?P<month1>\d{{1,2}}|{_WORDS})"
    rf"(?:{_BETWEEN}năm\s*|\s*[,./-]\s*|\s+){_YEAR.format(1)}"
    rf"|{_DAY.format(2)}{_BETWEEN}(?P<month2>{_NAMES})\.?{_BETWEEN}{_YEAR.format(2)}"
    rf"|(?<!\w)(?P<month3>{_NAMES})\.?\s*{_DAY.format(3)}\s*,?\s+{_YEAR.format(3)}",
    re.IGNORECASE,
)
"""A date with its month in words; `named_parts` reads its match."""


def named_parts(found: re.Match[str]) -> tuple[int, int, str]:
    """Day, month and the digits of the year in a match of `NAMED_DAY`."""
    day, month, year = (next(filter(None, (found[f"{part}{form}"] for form in "123"))) for part in _PARTS)
    return int(day), _NUMBERS.get(month.lower()) or int(month), year


_PARTS = ("day", "month", "year")

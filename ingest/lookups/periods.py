"""Parse reporting periods as covers name them. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.parsing import Reading, normalised

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER = re.compile(
    r"(?P<y1>\d{4}) ?q ?(?P<q1>[1-4])|(?:quý|q) ?(?P<q2>[1-4]|iv|i{1,3})(?: năm)? (?P<y2>\d{4})"
    r"|(?P<q3>iv|i{1,3})(?: năm)? (?P<y3>\d{4})"
)
_HALF = re.compile(r"(?:(?P<y1>\d{4}) ?h ?(?P<h1>[12])|6 tháng (?P<h2>đầu|cuối)(?: năm)? (?P<y2>\d{4}))")
_NINE_MONTHS = re.compile(r"(?:(?P<y1>\d{4}) 9 ?m|9 tháng(?: đầu)?(?: năm)? (?P<y2>\d{4}))")
_YEAR = re.compile(r"(?:năm )?(?P<y1>\d{4})")

PLAUSIBLE_YEARS = range(1990, 2101)
"""The years that periods may have; others are typing errors (`0024Q3`, `9999`).

Rules restrict them further: the lookups must know the sender in the period, and the period must have begun.
"""


@dataclass(frozen=True)
class Period:
    """One reporting period: its code (2024Q3, 2024H1, 2024-9M, 2024), type, first and last day."""

    code: str
    type: str
    start: date
    end: date


def read_period(text: str | None) -> Reading[Period]:
    """The period that `text` names, as a code or in words (`Quý III/2024`, `6 tháng đầu năm 2024`)."""
    key = normalised(text or "")
    if not key:
        return Reading(None)
    for pattern, make in ((_QUARTER, _quarter), (_HALF, _half), (_NINE_MONTHS, _nine_months), (_YEAR, _year)):
        if found := pattern.fullmatch(key):
            if _year_of(found.groupdict()) not in PLAUSIBLE_YEARS:
                return Reading(None, problem="not_a_period")
            period = make(found.groupdict())
            return Reading(period, None if text == period.code else "spaces")
    return Reading(None, problem="not_a_period")


def _quarter(found: dict[str, str | None]) -> Period:
    year, word = _year_of(found), found["q1"] or found["q2"] or found["q3"] or ""
    quarter = _ROMAN.get(word) or int(word)
    return Period(f"{year}Q{quarter}", "quarter", *_months(year, 3 * quarter - 2, 3 * quarter))


def _half(found: dict[str, str | None]) -> Period:
    year = _year_of(found)
    half = int(found["h1"] or (1 if found["h2"] == "đầu" else 2))
    return Period(f"{year}H{half}", "half", *_months(year, 6 * half - 5, 6 * half))


def _nine_months(found: dict[str, str | None]) -> Period:
    year = _year_of(found)
    return Period(f"{year}-9M", "nine_months", *_months(year, 1, 9))


def _year(found: dict[str, str | None]) -> Period:
    year = _year_of(found)
    return Period(str(year), "year", *_months(year, 1, 12))


def _year_of(found: dict[str, str | None]) -> int:
    return int(found.get("y1") or found.get("y2") or found.get("y3") or 0)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    after = date(year + last // 12, last % 12 + 1, 1)
    return date(year, first, 1), after - timedelta(days=1)

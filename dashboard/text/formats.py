"""Vietnamese number and date formats: 1.234 · 12,5 % · 05/09/2024; '–' for no value.

Spaces within a figure are non-breaking, so that '≤ 10 %' stays on one line."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

NOTHING = "–"
HIDDEN = "ẩn"
"""The sign of a figure that is hidden from the reader."""
SPACE = "\u00a0"


def number(value: float | None, digits: int = 0) -> str:
    """`value` with '.' between thousands and ',' before decimals."""
    if value is None:
        return NOTHING
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")).replace("-", "−")


def plain(value: float | None) -> str:
    """`value` without decimals if whole, else with one."""
    return number(value, 0 if value is None or float(value).is_integer() else 1)


def percent(fraction: float | None) -> str:
    """A rate in per cent, always with one decimal, so that rates in a column align: 0.86 → '86,0 %'."""
    return NOTHING if fraction is None else f"{number(fraction * 100, 1)}{SPACE}%"


def threshold(value: float, unit: str) -> str:
    """A threshold as it was set: '90 %', '97,5 %', '20 ngày'."""
    return f"{plain(round(value * 100, 1))}{SPACE}%" if unit == "%" else f"{plain(value)}{SPACE}{unit}"


def share(numerator: float | None, denominator: float | None) -> str:
    """'45/60', numerator and denominator of a rate; '–' without a denominator."""
    if not denominator:
        return NOTHING
    return f"{plain(numerator or 0)}/{plain(denominator)}"


def interval(lower: float | None, upper: float | None) -> str:
    """'71,2–84,0 %', the bounds of a rate."""
    if lower is None or upper is None:
        return NOTHING
    return f"{number(lower * 100, 1)}–{number(upper * 100, 1)}{SPACE}%"


def day(value: date | datetime | None) -> str:
    """'05/09/2024'."""
    return NOTHING if value is None else f"{value:%d/%m/%Y}"


def instant(value: datetime | None) -> str:
    """'14:05 05/09/2024'; midnight and the last minute of a day show only the day."""
    if value is None:
        return NOTHING
    if (value.hour, value.minute) in {(0, 0), (23, 59)}:
        return day(value)
    return f"{value:%H:%M} {day(value)}"


def day_span(start: date | None, end: date | None) -> str:
    """'từ 01/08/2020', '01/08/2020 – 15/08/2024', 'đến 15/08/2024'; `end` is exclusive."""
    if end is None:
        return NOTHING if start is None else f"từ {day(start)}"
    last = end - timedelta(days=1)
    return f"đến {day(last)}" if start is None else f"{day(start)} – {day(last)}"


_PERIODS = {
    **{f"Q{number}": f"Quý {roman}/" for number, roman in enumerate(("I", "II", "III", "IV"), start=1)},
    "H1": "6 tháng đầu năm ",
    "H2": "6 tháng cuối năm ",
    "-9M": "9 tháng năm ",
    "": "Năm ",
}


def period(code: str) -> str:
    """'Quý IV/2024' for '2024Q4', as the snapshot labels it, also for future periods; unknown codes unchanged."""
    year, part = code[:4], code[4:]
    return f"{_PERIODS[part]}{year}" if year.isdigit() and part in _PERIODS else code


def rank(position: int | None, peers: int | None) -> str:
    """'3/6'; '–' if not ranked."""
    return NOTHING if position is None or peers is None else f"{position}/{peers}"


def band(best: int | None, worst: int | None) -> str:
    """'1–4', or '3' for a single one: the ranks that the confidence interval allows."""
    if best is None or worst is None:
        return NOTHING
    return f"{best}" if best == worst else f"{best}–{worst}"


def some(names: Sequence[str], limit: int = 4) -> str:
    """'A, B, C, D và 3 nơi khác': the first `limit` names, and the number of the others."""
    shown = ", ".join(names[:limit])
    return shown if len(names) <= limit else f"{shown} và {number(len(names) - limit)} nơi khác"

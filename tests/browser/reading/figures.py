"""Parse figures in Vietnamese notation."""

import re
from datetime import date, datetime

DASH = "–"
_NUMBER = re.compile(r"[+−-]?\d[\d.]*(?:,\d+)?")


def number(text: str) -> float | None:
    """The first number in `text`: '1.154 kiến nghị' → 1154, '−3,5 điểm' → −3.5; None without one."""
    found = _NUMBER.search(text)
    return None if found is None else float(found[0].replace(".", "").replace(",", ".").replace("−", "-"))


def numbers(text: str) -> list[float]:
    """All numbers in `text`, without their signs."""
    return [float(each.lstrip("+−-").replace(".", "").replace(",", ".")) for each in _NUMBER.findall(text)]


def pair(text: str) -> tuple[float, float] | None:
    """'45/60' anywhere in `text` → (45, 60)."""
    found = re.search(r"(\d[\d.]*(?:,\d+)?)/(\d[\d.]*(?:,\d+)?)", text)
    return None if found is None else (numbers(found[1])[0], numbers(found[2])[0])


def is_near(shown: float | None, value: float | None, digits: int = 0) -> bool:
    """Return True if `shown` is `value` rounded to `digits` decimals, or if both are missing."""
    if shown is None or value is None:
        return shown is value is None
    return abs(shown - value) <= 0.5 * float(10**-digits) + 1e-9


def day(value: date | datetime | None) -> str:
    """'05/09/2024'."""
    return DASH if value is None else value.strftime("%d/%m/%Y")


def spans(text: str) -> list[tuple[date, date]]:
    """All 'dd/mm/yyyy – dd/mm/yyyy' in `text`."""
    found = re.findall(r"(\d\d)/(\d\d)/(\d{4}) – (\d\d)/(\d\d)/(\d{4})", text)
    return [(date(int(c), int(b), int(a)), date(int(f), int(e), int(d))) for a, b, c, d, e, f in found]

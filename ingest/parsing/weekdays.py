"""Weekdays next to a date, in Vietnamese and English: `Thứ 5`, `(thứ Năm)`, `T5`, `CN`, `Thursday`. Pure."""

import re

NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
"""The weekdays from Monday on, as displayed."""

_VIETNAMESE = (r"2|hai", r"3|ba", r"4|t[ưu]", r"5|n[ăa]m", r"6|s[áa]u", r"7|b[ảẩa]y")
_ENGLISH = (
    r"mon(?:day)?", r"tue(?:s|sday)?", r"wed(?:nesday)?", r"thu(?:r|rs|rsday)?", r"fri(?:day)?", r"sat(?:urday)?",
    r"sun(?:day)?",
)  # fmt: skip
_FORMS = (
    *(rf"thứ\s*(?:{said})|thu\s+(?:{said[2:]})|t\.?\s?{said[0]}|{name}"
      for said, name in zip(_VIETNAMESE, _ENGLISH, strict=False)),
    rf"ch[ủu]\s+nh[ậa]t|chúa\s+nhật|c\.?n|{_ENGLISH[-1]}",
)  # fmt: skip
_WEEKDAY = re.compile(rf"(?<![\w/])(?:{'|'.join(f'({form})' for form in _FORMS)})(?![\w/])", re.IGNORECASE)
_EDGES = " ,;:.–-"
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")


def without_weekday(text: str) -> tuple[str, frozenset[int]]:
    """The text without its weekdays, and those weekdays (0 is Monday)."""
    found = frozenset(_number(match) for match in _WEEKDAY.finditer(text))
    if not found:
        return text, found
    return _EMPTY_BRACKETS.sub("", _WEEKDAY.sub("", text)).strip(_EDGES), found


def _number(match: re.Match[str]) -> int:
    return next(number for number, group in enumerate(match.groups()) if group)

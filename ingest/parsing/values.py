"""Parse numbers, yes/no and choices as people write them. Pure."""

import re
from collections.abc import Iterable, Mapping

from ingest.parsing.keys import normalised
from ingest.parsing.result import Reading

_DASHES = frozenset({"-", "–", "—"})
_WHOLE = re.compile(r"([+-]?)(\d+)")
_GROUPED = re.compile(r"([+-]?)(\d{1,3}(?:([.,\u00a0\u202f ])\d{3})(?:\3\d{3})*)")
_ZERO_DECIMALS = re.compile(r"[.,]0{1,2}$")
_COUNTED = re.compile(r"(\S+|\d{1,3}(?: \d{3})+)\s*[^\W\d_][^\d]*")
_LETTER_AS_DIGIT = re.compile(r"[0-9][OoIl]$")
"""A letter typed for a zero or one at the end of a number."""

_NAMED_YEAR = re.compile(r"^năm\s+", re.IGNORECASE)
_MAX_DIGITS = 18
_LARGE = re.compile(
    r"[0-9]{19,}|[1-9][0-9]{0,2}(?:[., ][0-9]{3}){6,}|[1-9](?:[.,][0-9]+)?[eE][+]?(?:1[89]|[2-9][0-9]|[1-9][0-9]{2})"
)
"""Numbers with too many digits."""

_YEARS = range(2000, 2101)
_YES = frozenset(("có", "co", "x", "yes", "y", "true", "t", "đúng", "dung", "1", "1 0", "rồi", "đã", "đạt", "phải"))
_NO = frozenset(("không", "khong", "ko", "k", "no", "n", "false", "f", "sai", "0", "0 0", "chưa", "o"))
_TICKS = frozenset("✓✔☑✅√")
_CROSSES = frozenset("☐□✗✘")


def read_integer(text: str | None) -> Reading[int]:
    """The whole number in `text`; blank gives None.

    `1.234`, `1,234` and `1 234` are 1234, `02 cuộc` is 2, `5.0` is 5, and `-` is 0, because people write it for none;
    each of these is recorded as number_text. A fraction is not a whole number, and `12O` is not 12.
    """
    stripped = (text or "").strip()
    if not stripped:
        return Reading(None)
    if stripped in _DASHES:
        return Reading(0, "number_text")
    value = _whole(stripped)
    if value is None:
        counted = None if _LETTER_AS_DIGIT.search(stripped) else _COUNTED.fullmatch(stripped)
        value = _whole(counted[1]) if counted else None
    if value is None:
        is_large = _LARGE.fullmatch(stripped) is not None
        return Reading(None, problem="number_too_large" if is_large else "not_a_number")
    return Reading(value, None if stripped == str(value) else "number_text")


def read_year(text: str | None) -> Reading[int]:
    """The year in `text`: `2024`, `Năm 2024`; years before 2000 or after 2100 are typing errors."""
    stripped = (text or "").strip()
    if not stripped:
        return Reading(None)
    value = _whole(_NAMED_YEAR.sub("", stripped))
    if value is None or value not in _YEARS:
        return Reading(None, problem="not_a_year")
    return Reading(value, None if stripped == str(value) else "number_text")


def _whole(text: str) -> int | None:
    found = _GROUPED.fullmatch(text) or _WHOLE.fullmatch(text)
    if found is None:
        without_decimals = _ZERO_DECIMALS.sub("", text)
        return _whole(without_decimals) if without_decimals != text else None
    digits = re.sub(r"[^0-9]", "", found[2])
    if not digits or len(digits) > _MAX_DIGITS:
        return None
    return int(found[1] + digits)


def read_yes_no(text: str | None) -> Reading[bool]:
    """Yes or no; blank gives None without a problem, `-` means no."""
    stripped = (text or "").strip()
    if not stripped:
        return Reading(None)
    if stripped in _DASHES or stripped in _CROSSES:
        return Reading(False)
    key = normalised(stripped)
    if stripped in _TICKS or key in _YES:
        return Reading(True)
    if key in _NO:
        return Reading(False)
    return Reading(None, problem="not_yes_no")


def choices_by_key(spellings: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The codes by normalised spelling; `spellings` are labels and aliases by code, and a code also spells itself.

    Raise ValueError if a spelling has two codes.
    """
    found: dict[str, str] = {}
    for code, words in spellings.items():
        for key in {normalised(word) for word in (code, *words)}:
            if found.setdefault(key, code) != code:
                raise ValueError(f"'{key}' spells both '{found[key]}' and '{code}'")
    return found


def read_choice(text: str | None, choices: Mapping[str, str]) -> Reading[str]:
    """The code that `text` spells, in `choices` from `choices_by_key`; blank gives None."""
    stripped = (text or "").strip()
    if not stripped:
        return Reading(None)
    code = choices.get(normalised(stripped))
    return Reading(None, problem="unknown_choice") if code is None else Reading(code)

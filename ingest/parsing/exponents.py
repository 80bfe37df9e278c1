"""Codes that a spreadsheet took for numbers: `3.47202E+14` stands for a code of fifteen digits, many lost. Pure."""

import re
from collections.abc import Collection

_EXPONENT = re.compile(r"'?([1-9])(?:[.,]([0-9]+))?[eE]\+([0-9]{1,3})")
_LONG = re.compile(r"[0-9]{16,}")
LONGEST_NUMBER = 15
"""Digits of a number that a spreadsheet keeps; from there on it writes zeros."""

_FEWEST_ROUNDED = 3
"""One code may end in zeros by chance; not so many, and no other of their column."""


def digits_of(text: str) -> str | None:
    """The number that `text` writes with an exponent, if all of its digits are there; None for any other text."""
    found = _EXPONENT.fullmatch(text.strip())
    digits = found[1] + (found[2] or "") if found else ""
    return digits if found and len(digits) == int(found[3]) + 1 else None


def is_shortened(text: str) -> bool:
    """Whether `text` is a number with an exponent and fewer digits than that tells of."""
    return _EXPONENT.fullmatch(text.strip()) is not None and digits_of(text) is None


def rounded(texts: Collection[str], cells: int) -> list[str]:
    """Those of a column's texts that are numbers of sixteen digits and more, if all end in zeros; `cells` have one."""
    long = [text for text in texts if _LONG.fullmatch(text)]
    return long if cells >= _FEWEST_ROUNDED and all(not each[LONGEST_NUMBER:].strip("0") for each in long) else []

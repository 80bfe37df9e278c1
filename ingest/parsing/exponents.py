"""Codes that a spreadsheet treated as numbers: `3.47202E+14` was a code of fifteen digits, many of them lost. Pure."""

import re
from collections.abc import Collection

_EXPONENT = re.compile(r"'?([1-9])(?:[.,]([0-9]+))?[eE]\+([0-9]{1,3})")
_LONG = re.compile(r"[0-9]{16,}")
LONGEST_NUMBER = 15
"""The number of digits that a spreadsheet stores; it replaces further digits with zeros."""

_FEWEST_ROUNDED = 3
"""A long code may end in zeros by chance, but not all long codes of a column if there are this many."""


def digits_of(text: str) -> str | None:
    """The number that `text` writes with an exponent, if it has all digits; None for any other text."""
    found = _EXPONENT.fullmatch(text.strip())
    digits = found[1] + (found[2] or "") if found else ""
    return digits if found and len(digits) == int(found[3]) + 1 else None


def is_shortened(text: str) -> bool:
    """Whether `text` is a number with an exponent and fewer digits than the exponent implies."""
    return _EXPONENT.fullmatch(text.strip()) is not None and digits_of(text) is None


def rounded(texts: Collection[str], cells: int) -> list[str]:
    """The numbers with more than 15 digits among a column's `texts`, if all of them have only zeros after the 15th.

    They must be in at least three cells; `cells` is how many they are in.
    """
    long = [text for text in texts if _LONG.fullmatch(text)]
    return long if cells >= _FEWEST_ROUNDED and all(not each[LONGEST_NUMBER:].strip("0") for each in long) else []

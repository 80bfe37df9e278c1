"""Received texts in exported spreadsheets: text stays text, and is never evaluated as a formula. Pure.

A spreadsheet program may evaluate a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return when it is
edited; a sender's text must never be evaluated on another machine.
"""

import re

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d+)*\s?%?")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
LONGEST_CELL = 32_767
"""The most characters in a cell of a workbook."""


def looks_like_formula(text: str) -> bool:
    """Return whether a spreadsheet may read `text` as a formula; signed numbers are not formulas."""
    return text.lstrip(" \u00a0\ufeff").startswith(_STARTS) and not _NUMBER.fullmatch(text.strip())


def text_width(text: str) -> int:
    """Return the column width, in digits, that shows the longest line of `text`; capitals are wider than digits."""
    return max((len(line) + -(-sum(map(str.isupper, line)) // 3) for line in text.splitlines()), default=0)


def cell_text(text: str) -> str:
    """Return `text` with control characters replaced by U+FFFD, truncated to the longest text a cell can hold."""
    clean = _ILLEGAL.sub("\ufffd", text)
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - 1] + "…"


SAFE_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options for an xlsxwriter workbook that write text as text."""

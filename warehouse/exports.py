"""What people wrote, on its way into a file that a spreadsheet opens: text stays text. Pure.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return may be computed by a spreadsheet in which
someone edits it; what a sender wrote must never be computed on another's machine.
"""

import re

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d+)*\s?%?")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
LONGEST_CELL = 32_767
"""Letters that a cell of a workbook can hold."""


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet may take `text` for a formula; a number with its sign is none."""
    return text.lstrip(" \u00a0\ufeff").startswith(_STARTS) and not _NUMBER.fullmatch(text.strip())


def text_width(text: str) -> int:
    """The width of a column, in digits, in which a line of text can be read whole: capitals are wider than digits."""
    return max((len(line) + -(-sum(map(str.isupper, line)) // 3) for line in text.splitlines()), default=0)


def cell_text(text: str) -> str:
    """`text` as a workbook can hold it: without control characters, shortened where it is longer than a cell."""
    clean = _ILLEGAL.sub("\ufffd", text)
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - 1] + "…"


SAFE_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of an xlsxwriter workbook that writes text as text."""

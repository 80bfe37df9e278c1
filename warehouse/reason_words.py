"""What is no reason: a formula, the error of one, or a text that says nothing. Pure."""

import re

_ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?|#CHƯA TÍNH: =.*|ERR:\d+", re.IGNORECASE | re.DOTALL)
_PARTS = (
    r"[A-Z][A-Z0-9_.]{0,40}\s*[(|]",  # a function, or another program
    r"\$?[A-Z]{1,3}\$?\d+",  # a cell
    r"\d+(?:[.,]\d+)*%?",
    r"'[^']*'",
    r'"[^"]*"',
    r"[-+*/^&=<>():;,!|@\s]",
)
_COMPUTED = re.compile(rf"\s*[+\-@](?>{'|'.join(_PARTS)})++", re.IGNORECASE)
"""Parts once read are not read anew in another way: a long number would be tried in every way to cut it."""

_FEWEST_LETTERS = 2

FORMULA = "là một công thức"
ERROR = "là lỗi của một công thức"
NOTHING_SAID = "không nói lý do gì"


def why_no_reason(text: str) -> str:
    """Why `text` is no reason, to follow «ô ghi …»; "" for a reason, and for a blank, which nobody gave as one.

    A dash or a plus in front of words begins a sentence; in front of cells, numbers and functions alone it computes.
    """
    plain = text.strip().strip("'\u2019")
    if not plain:
        return ""
    if _ERROR.fullmatch(plain):
        return ERROR
    letters = [sign.lower() for sign in plain if sign.isalpha()]
    if plain.startswith(("=", "＝")) or (letters and _COMPUTED.fullmatch(plain)):
        return FORMULA
    return "" if len(letters) >= _FEWEST_LETTERS and len(set(letters)) > 1 else NOTHING_SAID

"""Texts that are no reasons: formulas, their errors, and texts without content. Pure."""

import re

_ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?|#CHƯA TÍNH: =.*|ERR:\d+", re.IGNORECASE | re.DOTALL)
_PARTS = (
    r"[A-Z][A-Z0-9_.]{0,40}\s*[(|]",  # a function call, or a DDE link to another program
    r"\$?[A-Z]{1,3}\$?\d+",  # a cell reference
    r"\d+(?:[.,]\d+)*%?",
    r"'[^']*'",
    r'"[^"]*"',
    r"[-+*/^&=<>():;,!|@\s]",
)
_COMPUTED = re.compile(rf"\s*[+\-@](?>{'|'.join(_PARTS)})++", re.IGNORECASE)
"""Possessive: parts are not re-read in another way, or a long number would be tried in every possible split."""

_FEWEST_LETTERS = 2

FORMULA = "là một công thức"
ERROR = "là lỗi của một công thức"
NOTHING_SAID = "không nói lý do gì"


def why_no_reason(text: str) -> str:
    """Return why `text` is no reason, as the end of the sentence «ô ghi …»; "" if it is one or is blank.

    A text that begins with a dash or plus is a formula only if it has nothing but cells, numbers and functions.
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

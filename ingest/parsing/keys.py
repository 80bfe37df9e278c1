"""Comparison keys for names: headers, sheet names, choices. Pure."""

import re
import unicodedata
from functools import lru_cache

from ingest.parsing.tones import canonical_tones
from warehouse.invisible import INVISIBLE

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
_D_STROKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_INVISIBLE = re.compile(f"[\u00ad\u2028\u2029{INVISIBLE}]")


@lru_cache(maxsize=16_384)
def normalised(text: str) -> str:
    """`text` as a comparison key: NFC, lower case, tone marks in their canonical place, words separated by one space.

    Punctuation counts as a space. Text in brackets (a unit such as `(người)`, a hint, a column number) is left out,
    unless nothing else is left. `dialogue_code` and `Dialogue code` have the same key.
    """
    composed = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_D_STROKES)
    lowered = canonical_tones(composed).lower()
    return _words(_BRACKETS.sub(" ", lowered)) or _words(lowered)


def bare(text: str) -> str:
    """`text` as a comparison key without diacritics, as people write without a Vietnamese keyboard."""
    key = unicodedata.normalize("NFD", normalised(text))
    return "".join(sign for sign in key if not unicodedata.combining(sign)).replace("đ", "d")


def _words(text: str) -> str:
    return _NOT_LETTER_OR_DIGIT.sub(" ", text).strip()

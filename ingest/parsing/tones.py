"""Where the tone mark of a Vietnamese syllable stands. Pure.

Both `hoà` and `hòa`, `Uý` and `Úy` are written. The canonical place here is the one of the statistics office's names
of units (`hòa`, `Thủy`, `Úy`): in an open syllable that ends in oa, oe or uy the mark stands on the first vowel.
"""

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ONSET = r"(?:ngh|gi(?=[aeiouyăâêôơư])|qu(?=[aeiouyăâêôơư])|ng|nh|ch|gh|kh|ph|th|tr|[bcdđghklmnpqrstvx])?"
_SYLLABLE = re.compile(rf"({_ONSET})([aeiouyăâêôơư]{{1,3}})(ch|ng|nh|[cmnpt])?")
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKED = frozenset("ăâêôơư")


def canonical_tones(text: str) -> str:
    """`text` (NFC) with the tone mark of every Vietnamese syllable in its canonical place; all else unchanged."""
    if text.isascii():
        return text
    return _LETTERS.sub(lambda match: _canonical_word(match.group()), text)


def is_syllable(word: str) -> bool:
    """Whether `word` (NFC) is built like one Vietnamese syllable: onset, vowels, ending, at most one tone."""
    toneless, tones = _without_tones(word)
    return len(tones) <= 1 and _SYLLABLE.fullmatch(toneless.lower()) is not None


@lru_cache(maxsize=20_000)
def _canonical_word(word: str) -> str:
    toneless, tones = _without_tones(word)
    match = _SYLLABLE.fullmatch(toneless.lower()) if len(tones) == 1 else None
    if match is None:
        return word
    place = match.end(1) + _tone_place(match.group(2), closed=match.group(3) is not None)
    return unicodedata.normalize("NFC", toneless[: place + 1] + tones + toneless[place + 1 :])


def _without_tones(word: str) -> tuple[str, str]:
    """The word without its tone marks (letters such as ê and ơ stay), and the marks."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in decomposed if mark in _TONES)
    kept = "".join(mark for mark in decomposed if mark not in _TONES)
    return unicodedata.normalize("NFC", kept), tones


def _tone_place(vowels: str, closed: bool) -> int:
    marked = [index for index, vowel in enumerate(vowels) if vowel in _MARKED]
    if marked:
        return marked[-1]
    if closed:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 else 0

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
_OPEN_RHYMES = frozenset(
    (
        *("a", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia", "iu"),
        *("iêu", "yêu", "oa", "oe", "oi", "oai", "oay", "oao", "oeo", "ôi", "ơi", "ua", "ui", "uê", "uy", "uya", "uyu"),
        *("uôi", "uây", "ưa", "ưi", "ưu", "ươi", "ươu", "uơ"),
    )
)
_CLOSED_VOWELS = frozenset(
    (
        *("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "iê", "yê", "oa", "oă", "oe", "oo", "uâ", "uê"),
        *("uô", "ươ", "uy", "uyê"),
    )
)
_STOPS = frozenset(("c", "ch", "p", "t"))
_STOP_TONES = frozenset(("\u0301", "\u0323"))
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKED = frozenset("ăâêôơư")


def canonical_tones(text: str) -> str:
    """`text` (NFC) with the tone mark of every Vietnamese syllable in its canonical place; all else unchanged."""
    if text.isascii():
        return text
    return _LETTERS.sub(lambda match: _canonical_word(match.group()), text)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word` (NFC) is one Vietnamese syllable: onset, a rhyme that exists, and a tone that goes with it."""
    toneless, tones = _without_tones(word)
    match = _SYLLABLE.fullmatch(toneless.lower())
    if match is None or len(tones) > 1:
        return False
    ending = match.group(3)
    if ending is None:
        return match.group(2) in _OPEN_RHYMES
    return match.group(2) in _CLOSED_VOWELS and (ending not in _STOPS or tones in _STOP_TONES)


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

"""The position of the tone mark in a Vietnamese syllable. Pure.

Both `hoà` and `hòa`, `Uý` and `Úy` are in use. The canonical position is that of the statistics office's unit names
(`hòa`, `Thủy`, `Úy`): in an open syllable ending in oa, oe or uy, the mark is on the first vowel.
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
_ENDINGS = {
    **dict.fromkeys(("a", "oa"), ("c", "ch", "m", "n", "ng", "nh", "p", "t")),
    **dict.fromkeys(("ă", "â", "e", "o", "ô", "u", "oă", "uô", "ươ", "iê", "oe"), ("c", "m", "n", "ng", "p", "t")),
    **dict.fromkeys(("ê", "i"), ("ch", "m", "n", "nh", "p", "t")),
    **dict.fromkeys(("y", "uy"), ("ch", "m", "n", "nh", "p", "t")),
    **dict.fromkeys(("ư", "yê"), ("c", "m", "n", "ng", "t")),
    "ơ": ("m", "n", "p", "t"),
    "uâ": ("n", "ng", "t"),
    "uê": ("ch", "n", "nh"),
    "uyê": ("n", "t"),
    "oo": ("c", "n", "ng"),
}
"""The consonants that may close a rhyme with these vowels."""

_FRONT = frozenset("eêiy")
_BEFORE_FRONT = frozenset(("k", "gh", "ngh"))
_BEFORE_OTHERS = frozenset(("c", "ng"))
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
    """Whether `word` (NFC) is one Vietnamese syllable: an onset, an existing rhyme, and a tone that it can have."""
    toneless, tones = _without_tones(word)
    match = _SYLLABLE.fullmatch(toneless.lower())
    if match is None or len(tones) > 1 or not _is_spelt(match.group(1), match.group(2)):
        return False
    vowels, ending = match.group(2), match.group(3)
    if match.group(1) == "gi" and vowels == "ê":
        vowels = "iê"
    if ending is None:
        return vowels in _OPEN_RHYMES
    return ending in _ENDINGS.get(vowels, ()) and (ending not in _STOPS or tones in _STOP_TONES)


def _is_spelt(onset: str, vowels: str) -> bool:
    """Whether the onset may stand before these vowels: k, gh and ngh before e, ê, i and y; c and ng before others."""
    if vowels[0] in _FRONT:
        return onset not in _BEFORE_OTHERS and onset != "q"
    return onset not in _BEFORE_FRONT and onset != "q"


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

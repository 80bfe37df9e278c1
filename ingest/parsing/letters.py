"""The encoding of one cell: Unicode, a legacy font, or UTF-8 read as cp1252; and its text in Unicode. Pure.

A single letter proves nothing (`ô` may mean `ụ`, U+00AD means `ư`), so whole words are compared: as received and as
converted from a font, each is a Vietnamese syllable or not. A cell that is Vietnamese both ways follows its column; one
that is Vietnamese in one way only is read that way, whatever its column; an undecidable cell stays as received.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import lru_cache

from ingest.model.received import Encoding
from ingest.parsing.fonts import (
    FONTS,
    VIETNAMESE,
    WORD,
    converted,
    from_cp1252,
    in_font,
    is_typed_in,
    with_utf8_runs_read,
)
from ingest.parsing.html_references import without_references
from ingest.parsing.tones import is_syllable

_SHORT_FORM = re.compile(r"[A-ZĐ]*Đ[A-ZĐ]*|[bcdđghklmnpqrstvx]*đ[bcdđghklmnpqrstvx]*")
"""An abbreviation with Đ: HĐND, sđt."""

_SIGN = re.compile("[\x80-\xbf×÷]")
_D_STROKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_NO_LETTERS = "°±²³´¯º¿™•…′″€₫№"
"""Symbols that occur next to words in every encoding."""

_FOREIGN = re.compile("[\x80-\xbf×÷ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ]|(?<=[a-zà-ö])[ÊÈÉÌÒÕÓÔÝ]|a[áàâãéèê]|e[áàâã]|oâ")
"""What no Vietnamese word in Unicode has: symbols, foreign letters, a capital after a small letter, pairs like aâ."""

_MEASURES = frozenset(("µm", "µg", "µl"))
"""Words that stay as received, although `µm` might be `àm`."""

_ENOUGH_WORDS = 0.8


def to_unicode(text: str, column: Encoding = Encoding.UNICODE) -> str:
    """A cell's text, converted to Unicode, or as received if it may be Unicode; `column` is its column's encoding."""
    plain = without_references(text)
    return converted(plain, letters_of(plain, column))


def letters_of(text: str, column: Encoding = Encoding.UNICODE) -> Encoding:
    """The encoding of one cell in a column of encoding `column`.

    A cell that is Vietnamese both ways follows the column; one that is so in one way only is read that way.
    """
    if text.isascii() or VIETNAMESE.search(text):
        return Encoding.UNICODE
    return _letters_of(text, column)


@lru_cache(maxsize=4_096)
def _letters_of(text: str, column: Encoding) -> Encoding:
    if from_cp1252(text) != text:
        return Encoding.UTF8_AS_CP1252
    if column in FONTS and _Weighed.of(text, column).may_be:
        return column
    fitting = _fitting(text)
    return fitting[0] if len(fitting) == 1 and _Weighed.of(text, fitting[0]).is_proven else Encoding.UNICODE


@lru_cache(maxsize=4_096)
def _fitting(text: str) -> tuple[Encoding, ...]:
    """The fonts in which more of its words are Vietnamese than as received; several if they tie."""
    quoted = _is_quoted(text)
    if all(word.isascii() or _is_received_word(word, quoted) for word in WORD.findall(text)):
        return ()
    weighed = {font: _Weighed.of(text, font) for font in FONTS}
    better = {font: each.share for font, each in weighed.items() if each.is_better}
    return tuple(font for font, share in better.items() if share == max(better.values()))


@lru_cache(maxsize=4_096)
def other_reading(text: str, column: Encoding = Encoding.UNICODE) -> str | None:
    """The possible reading of a cell that stays as received although part of it looks legacy; None for other cells.

    Such a cell was typed partly in a font and partly in Unicode, lost letters, or is too short to decide.
    """
    if text.isascii() or letters_of(text, column) is not Encoding.UNICODE:
        return None
    if not VIETNAMESE.search(text) and (fitting := _fitting(text)):
        return converted(text, fitting[0])
    if not _FOREIGN.search(text):
        return None
    read = with_utf8_runs_read(text)
    for font in FONTS:
        read = read if read != text else _with_foreign_words_read(text, font)
    return read if read != text else None


def both_ways(text: str, font: Encoding) -> str | None:
    """The text as converted from this font, if it is Vietnamese both that way and as received; else None."""
    if text.isascii() or VIETNAMESE.search(text) or font not in FONTS:
        return None
    weighed = _Weighed.of(text, font)
    return converted(text, font) if weighed.may_be and not weighed.gained else None


def _with_foreign_words_read(text: str, font: Encoding) -> str:
    quoted = _is_quoted(text)

    def read(found: re.Match[str]) -> str:
        word = found.group()
        meant = in_font(word, font)
        looks_legacy = _FOREIGN.search(_bare(word, quoted)) and not _is_received_word(word, quoted)
        return meant if looks_legacy and _is_word(meant) else word

    return WORD.sub(read, text)


class _Word(StrEnum):
    """One word: a syllable only in the font (`FOREIGN`: with letters that no Unicode word has), only as received, both
    ways, or neither way (`TYPED`: still in letters of the font)."""

    GAINED = auto()
    FOREIGN = auto()
    LOST = auto()
    KEPT = auto()
    TYPED = auto()
    OTHER = auto()


@dataclass(frozen=True)
class _Weighed:
    """The words of a cell beyond ASCII, as received and in a font, counted by kind."""

    kinds: Counter[_Word | None]

    @classmethod
    def of(cls, text: str, font: Encoding) -> "_Weighed":
        quoted = _is_quoted(text)
        return cls(Counter(_kind_of(word, quoted, font) for word in WORD.findall(text) if not word.isascii()))

    @property
    def gained(self) -> int:
        """How many words are syllables only in the font."""
        return self.kinds[_Word.GAINED] + self.kinds[_Word.FOREIGN]

    @property
    def share(self) -> float:
        """The share of words that are syllables in the font."""
        total = self.kinds.total() - self.kinds[None]
        return (self.gained + self.kinds[_Word.KEPT]) / total if total else 0.0

    @property
    def may_be(self) -> bool:
        """Whether a cell in a column of this font can be in the font: no word is lost, and at least one is in it."""
        return not self.kinds[_Word.LOST] and self.gained + self.kinds[_Word.KEPT] + self.kinds[_Word.TYPED] > 0

    @property
    def is_better(self) -> bool:
        """Whether the font turns non-words into words, and no word into a non-word."""
        return self.gained > 0 and not self.kinds[_Word.LOST] and self.share >= _ENOUGH_WORDS

    @property
    def is_proven(self) -> bool:
        """Whether the evidence is more than a typing error like `tôt` for `tốt`."""
        return self.is_better and (self.kinds[_Word.FOREIGN] > 0 or self.gained > 1)


@lru_cache(maxsize=20_000)
def _kind_of(word: str, quoted: bool, font: Encoding) -> _Word | None:
    """The kind of the word; None if only its adjacent symbols are beyond ASCII."""
    bare = _bare(word, quoted)
    if bare.isascii() and "«" not in word:
        return None
    match _is_received_word(word, quoted), _is_word_in(word, font):
        case True, True:
            return _Word.KEPT
        case True, False:
            return _Word.LOST
        case False, True:
            return _Word.FOREIGN if _FOREIGN.search(bare) else _Word.GAINED
    return _Word.TYPED if _has_letters_of(word, font) else _Word.OTHER


def _is_quoted(text: str) -> bool:
    """Whether « and » are quotes: as letters (ô, ằ) they hardly ever come in pairs."""
    return text.count("«") == text.count("»") > 0


def _bare(word: str, quoted: bool) -> str:
    """The word without adjacent punctuation."""
    return word.strip(_NO_LETTERS + "«»" if quoted else _NO_LETTERS)


@lru_cache(maxsize=20_000)
def _is_received_word(word: str, quoted: bool) -> bool:
    bare = unicodedata.normalize("NFC", _bare(word, quoted).translate(_D_STROKES))
    return bare in _MEASURES or (_is_word(bare) and not _FOREIGN.search(bare))


@lru_cache(maxsize=20_000)
def _is_word_in(word: str, font: Encoding) -> bool:
    bare = word.strip(_NO_LETTERS)
    return is_typed_in(bare, font) and _is_word(in_font(bare, font))


def _has_letters_of(word: str, font: Encoding) -> bool:
    """Whether a word that is not a syllable (`S¸ccom`, `Ñaêk`) was still typed in this font."""
    bare = word.strip(_NO_LETTERS)
    if len(bare) < 2 or not is_typed_in(bare, font):
        return False
    return in_font(bare, font) != bare if font is Encoding.VNI else _SIGN.search(bare) is not None


def _is_word(word: str) -> bool:
    return is_syllable(word) or (len(word) > 1 and _SHORT_FORM.fullmatch(word) is not None)

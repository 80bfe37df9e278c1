"""Legacy Vietnamese encodings: which one a column is in, and the text of each of its cells in Unicode. Pure.

TCVN3 (the .Vn fonts) and VNI show as Latin letters that mean others: `Kim B¶ng`, `Kim Baûng`. A single letter proves
nothing (`ô` may mean `ụ`, U+00AD means `ư`), so words are judged: the encoding under which they are built like
Vietnamese syllables. A column that is plainly legacy decides what could be read both ways; a column in which some cell
is Unicode beyond doubt does not, and there each cell has to prove by itself that it is legacy. The tables are those of
viparse, made from documents of Vietnamese agencies; added here are VNI's ẳ, ỵ and capitals followed by a small mark
(`Uûy ban`).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from viparse.normalize.tcvn3 import TCVN3
from viparse.normalize.vni import VNI

from ingest.parsing.tones import is_syllable
from ingest.received import Encoding

_SAMPLE = 2_000
_MIN_SHARE = 0.7
_PLAIN_SHARE = 0.95
_WORD = re.compile(r"[^\s!-@\[-`{-~…–—“”‘’]+")


def _tcvn3() -> dict[int, str]:
    return {ord(legacy): letter for legacy, letter in TCVN3.pairs} | {0x2219: "ã"}


def _vni() -> dict[str, str]:
    table = dict(VNI.pairs) | {"aú": "ẳ", "AÚ": "Ẳ", "î": "ỵ", "Î": "Ỵ"}
    mixed = {key[0].upper() + key[1]: letter.upper() for key, letter in table.items() if len(key) == 2}
    return mixed | table


_TCVN3_LETTERS = _tcvn3()
_VNI_LETTERS = _vni()
_VNI_SEQUENCE = re.compile("|".join(sorted(map(re.escape, _VNI_LETTERS), key=len, reverse=True)))
_VIETNAMESE = re.compile("[\u0102\u0103\u0110\u0111\u01a0-\u01b0\u0300-\u036f\u1ea0-\u1ef9]")
_ABBREVIATION = re.compile(r"\b[A-ZĐÐ]*[ĐÐ][A-ZĐÐ]*\b")
"""As in the numbers of documents (12/QĐ-UBND, typed with U+00D0): no syllable in any encoding, so it proves nothing."""

_SHORT_FORM = re.compile(r"[A-ZĐ]*Đ[A-ZĐ]*|[bcdđghklmnpqrstvx]*đ[bcdđghklmnpqrstvx]*")
"""An abbreviation with Đ: HĐND, sđt."""

_VNI_WORD = re.compile(rf"(?:{_VNI_SEQUENCE.pattern}|[\x00-\x7fíìÍÌ])*")
_TCVN3_WORD = re.compile(rf"[\x00-\x7f{''.join(map(re.escape, map(chr, _TCVN3_LETTERS)))}]*")
_WORDS_OF = {Encoding.TCVN3: _TCVN3_WORD, Encoding.VNI: _VNI_WORD}
_SIGN = re.compile("[\x80-\xbf×÷]")
_BEYOND_LATIN = re.compile("[\u0100-\u1fff]")
_D_STROKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_NO_LETTERS = "°±²³´¯º¿™•…′″€₫№"
"""Signs that stand beside words in every encoding."""

_FOREIGN = re.compile("[\x80-\xbf×÷ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ]|(?<=[a-zà-ö])[ÊÈÉÌÒÕÓÔÝ]|a[áàâãéèê]|e[áàâã]|oâ")
"""What stands in no Vietnamese word in Unicode: signs, other languages' letters, a capital after a small one, aâ."""

_MEASURES = frozenset(("µm", "µg", "µl"))
"""Words as received, though `µm` might be `àm`."""

_ENOUGH_WORDS = 0.8
_MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]{1,3}")
_CP1252: Mapping[int, int] = {
    ord(bytes([byte]).decode("cp1252")): byte for byte in range(256) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
} | {byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def column_encoding(texts: Iterable[str | None], likely: Encoding = Encoding.UNICODE) -> Encoding:
    """The encoding in which most words of these texts (one column) are Vietnamese syllables.

    Judged by the first 2,000 different texts with a letter beyond ASCII. Unicode unless another encoding makes at least
    70 % of the words that it touches syllables, and more of them than Unicode does. `likely` (that of the whole sheet)
    decides a column that fits it no worse than Unicode: `sè` alone may be `số`. A column in which some cell is Unicode
    beyond doubt is Unicode: cells that prove to be legacy are read so all the same.
    """
    texts = list(texts)
    if any(text and _VIETNAMESE.search(text) for text in texts):
        return Encoding.UNICODE
    found = list(islice(dict.fromkeys(text for text in texts if text and not text.isascii()), _SAMPLE))
    sample = [text for text in (_ABBREVIATION.sub("", text) for text in found) if not text.isascii()]
    if not sample:
        return likely if found else Encoding.UNICODE
    if likely is Encoding.UNICODE and syllable_share(sample, likely) >= _PLAIN_SHARE:
        return likely
    scores = {encoding: syllable_share(sample, encoding) for encoding in Encoding}
    best = max(scores, key=lambda encoding: (scores[encoding], encoding is likely, encoding is Encoding.UNICODE))
    return best if scores[best] >= _MIN_SHARE or best is likely else Encoding.UNICODE


def column_encodings(columns: Sequence[Sequence[str | None]]) -> list[Encoding]:
    """The encoding of each column of one sheet: judged by itself, and by the sheet where it tells too little."""
    sheet = _sheet_encoding([text for column in columns for text in column[:: max(1, len(column) // _SAMPLE)]])
    return [column_encoding(column, likely=sheet) for column in columns]


def _sheet_encoding(texts: Sequence[str | None]) -> Encoding:
    """The encoding of the texts that may be legacy, where they are most of a sheet's texts beyond ASCII."""
    beyond = [text for text in texts if text and not text.isascii()]
    unsure = [text for text in beyond if not _VIETNAMESE.search(text)]
    return column_encoding(unsure) if len(unsure) * 2 > len(beyond) else Encoding.UNICODE


def to_unicode(text: str, column: Encoding = Encoding.UNICODE) -> str:
    """One cell of a column in the encoding `column`, in Unicode; as received where it may as well be Unicode."""
    return converted(text, letters_of(text, column))


def letters_of(text: str, column: Encoding = Encoding.UNICODE) -> Encoding:
    """The encoding of one cell in a column of the encoding `column`.

    What reads as Vietnamese both ways follows the column; what does so one way only is that, whatever the column.
    """
    if text.isascii() or _VIETNAMESE.search(text):
        return Encoding.UNICODE
    return _letters_of(text, column)


@lru_cache(maxsize=4_096)
def _letters_of(text: str, column: Encoding) -> Encoding:
    if _MOJIBAKE.search(text.replace("Ã ", "Ã\u00a0")) and _from_cp1252(text) != text:
        return Encoding.UTF8_AS_CP1252
    if column in _FONTS and _Weighed.of(text, column).may_be:
        return column
    fitting = _fitting(text)
    return fitting[0] if len(fitting) == 1 and _Weighed.of(text, fitting[0]).is_proven else Encoding.UNICODE


@lru_cache(maxsize=4_096)
def _fitting(text: str) -> tuple[Encoding, ...]:
    """The fonts in which the text reads better than as received; several where they make as many words of it."""
    quoted = _is_quoted(text)
    if all(word.isascii() or _is_received_word(word, quoted) for word in _WORD.findall(text)):
        return ()
    weighed = {font: _Weighed.of(text, font) for font in _FONTS}
    better = {font: each.share for font, each in weighed.items() if each.is_better}
    return tuple(font for font, share in better.items() if share == max(better.values()))


@lru_cache(maxsize=4_096)
def other_reading(text: str, column: Encoding = Encoding.UNICODE) -> str | None:
    """What a cell may say that stays as received though part of it looks legacy; None for all other cells.

    Such a cell was typed half in a font and half in Unicode, lost letters on its way, or is too short to prove which.
    """
    if text.isascii() or letters_of(text, column) is not Encoding.UNICODE:
        return None
    if not _VIETNAMESE.search(text) and (fitting := _fitting(text)):
        return converted(text, fitting[0])
    if not _FOREIGN.search(text):
        return None
    read = _MOJIBAKE.sub(_run_decoded, text)
    for font in _FONTS:
        read = read if read != text else _with_foreign_words_read(text, font)
    return read if read != text else None


def both_ways(text: str, font: Encoding) -> str | None:
    """What a cell says in this font that is as good Vietnamese as it is as received; None for all other cells."""
    if text.isascii() or _VIETNAMESE.search(text) or font not in _FONTS:
        return None
    weighed = _Weighed.of(text, font)
    return converted(text, font) if weighed.may_be and not weighed.gained else None


def _with_foreign_words_read(text: str, font: Encoding) -> str:
    quoted = _is_quoted(text)

    def read(found: re.Match[str]) -> str:
        word = found.group()
        meant = _in_font(word, font)
        looks_legacy = _FOREIGN.search(_bare(word, quoted)) and not _is_received_word(word, quoted)
        return meant if looks_legacy and _is_word(meant) else word

    return _WORD.sub(read, text)


def converted(text: str, encoding: Encoding) -> str:
    """`text` read as `encoding`, whatever it is; a text that cannot be in that encoding stays as it is."""
    if text.isascii() or encoding is Encoding.UNICODE:
        return text
    if encoding is Encoding.UTF8_AS_CP1252:
        return _from_cp1252(text)
    return text if _BEYOND_LATIN.search(text) else _in_font(text, encoding)


_FONTS = (Encoding.TCVN3, Encoding.VNI)


def _in_font(text: str, font: Encoding) -> str:
    if font is Encoding.VNI:
        return _VNI_SEQUENCE.sub(lambda found: _VNI_LETTERS[found.group()], text)
    return _with_capitals(text, text.translate(_TCVN3_LETTERS))


def _with_capitals(received: str, read: str) -> str:
    """TCVN3 read, with the capitals that only the font showed: `QUYÕT` is QUYẾT, and so are all words beside it.

    A word that is a capital and small letters of the font (`Hå`) says nothing, so that it follows the other words.
    """
    if not any("A" <= letter <= "Z" for letter in received[1:]):
        return read
    words = [(word, _CAPITALS.search(word.group())) for word in _WORD.finditer(received) if not word.group().isascii()]
    if any(capitals for _, capitals in words) and not _SMALL.search(received):
        return read.upper()
    for word, capitals in words:
        if capitals and not _SMALL.search(word.group()):
            read = read[: word.start()] + read[word.start() : word.end()].upper() + read[word.end() :]
    return read


_CAPITALS = re.compile("(?<=.)[A-Z]")
_SMALL = re.compile("[a-z]")


@dataclass(frozen=True)
class _Weighed:
    """The words of a cell, as received and in a font: how many `gained` by the font are syllables only in it, `lost`
    only as received, `kept` both ways, `other` neither way, `typed` among them those with signs of the font;
    `is_foreign` where some gained word is not Unicode's."""

    gained: int
    lost: int
    kept: int
    other: int
    typed: int
    is_foreign: bool

    @classmethod
    def of(cls, text: str, font: Encoding) -> "_Weighed":
        quoted = _is_quoted(text)
        words = [word for word in _WORD.findall(text) if not _bare(word, quoted).isascii() or "«" in word]
        found = [(_is_received_word(word, quoted), _is_in_font(word, font)) for word in words]
        gained = [word for word, pair in zip(words, found, strict=True) if pair == (False, True)]
        other = [word for word, pair in zip(words, found, strict=True) if pair == (False, False)]
        return cls(
            gained=len(gained),
            lost=found.count((True, False)),
            kept=found.count((True, True)),
            other=len(other),
            typed=sum(_is_typed_in(word, font) for word in other),
            is_foreign=any(_FOREIGN.search(_bare(word, quoted)) for word in gained),
        )

    @property
    def share(self) -> float:
        """The share of words in the font."""
        total = self.gained + self.lost + self.kept + self.other
        return (self.gained + self.kept) / total if total else 0.0

    @property
    def may_be(self) -> bool:
        """Whether a cell of a column in the font is: nothing of it is lost, and some of it is of that font."""
        return not self.lost and self.gained + self.kept + self.typed > 0

    @property
    def is_better(self) -> bool:
        """Whether the font makes words of what is none as received, and spoils none."""
        return self.gained > 0 and not self.lost and self.share >= _ENOUGH_WORDS

    @property
    def is_proven(self) -> bool:
        """Whether that is beyond a slip of the keyboard, as `tôt` for `tốt` may be."""
        return self.is_better and (self.is_foreign or self.gained > 1)


def _is_quoted(text: str) -> bool:
    """Whether « and » stand as quotes: as letters (ô, ằ) they hardly ever come in pairs."""
    return text.count("«") == text.count("»") > 0


def _bare(word: str, quoted: bool) -> str:
    """The word without signs that may stand beside it."""
    return word.strip(_NO_LETTERS + "«»" if quoted else _NO_LETTERS)


@lru_cache(maxsize=20_000)
def _is_received_word(word: str, quoted: bool) -> bool:
    bare = unicodedata.normalize("NFC", _bare(word, quoted).translate(_D_STROKES))
    return bare in _MEASURES or (_is_word(bare) and not _FOREIGN.search(bare))


@lru_cache(maxsize=20_000)
def _is_in_font(word: str, font: Encoding) -> bool:
    bare = word.strip(_NO_LETTERS)
    return _WORDS_OF[font].fullmatch(bare) is not None and _is_word(_in_font(bare, font))


def _is_typed_in(word: str, font: Encoding) -> bool:
    """Whether a word that is no syllable (`S¸ccom`, `Ñaêk`) was typed in this font all the same."""
    bare = word.strip(_NO_LETTERS)
    if _WORDS_OF[font].fullmatch(bare) is None or len(bare) < 2:
        return False
    return _in_font(bare, font) != bare if font is Encoding.VNI else _SIGN.search(bare) is not None


def _is_word(word: str) -> bool:
    return is_syllable(word) or (len(word) > 1 and _SHORT_FORM.fullmatch(word) is not None)


def syllable_share(sample: Sequence[str], encoding: Encoding) -> float:
    """The share of syllables among the words that hold a letter beyond ASCII before or after conversion."""
    read = [unicodedata.normalize("NFC", converted(text, encoding)) for text in sample]
    if encoding is not Encoding.UNICODE and read == sample:
        return 0.0
    words = [word for text in read for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _from_cp1252(text: str) -> str:
    """UTF-8 that was read as cp1252, read right; U+00A0 that became a plain space is tried too."""
    if _VIETNAMESE.search(text):
        return text
    for candidate in (text, text.replace("Ã ", "Ã\u00a0")):
        codes = [_CP1252.get(ord(char)) for char in candidate]
        if None not in codes:
            try:
                return bytes(code for code in codes if code is not None).decode("utf-8")
            except UnicodeDecodeError:
                continue
    return text


def _run_decoded(run: re.Match[str]) -> str:
    return _from_cp1252(run.group())

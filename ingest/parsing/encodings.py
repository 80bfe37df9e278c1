"""Legacy Vietnamese encodings: which one a column is in, and its text in Unicode. Pure.

TCVN3 (the .Vn fonts) and VNI show as Latin letters that mean others: `Kim B¶ng`, `Kim Baûng`. A single letter proves
nothing (`ô` may mean `ụ`, U+00AD means `ư`), so a whole column is judged: the encoding under which its words are built
like Vietnamese syllables. The tables are those of viparse, made from documents of Vietnamese agencies; added here are
VNI's ẳ, ỵ and capitals followed by a small mark (`Uûy ban`).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
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

_BEYOND_LATIN = re.compile("[\u0100-\u1fff]")
_CP1252: Mapping[int, int] = {
    ord(bytes([byte]).decode("cp1252")): byte for byte in range(256) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
} | {byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def column_encoding(texts: Iterable[str | None], likely: Encoding = Encoding.UNICODE) -> Encoding:
    """The encoding in which most words of these texts (one column) are Vietnamese syllables.

    Judged by the first 2,000 different texts with a letter beyond ASCII. Unicode unless another encoding makes at least
    70 % of the words that it touches syllables, and more of them than Unicode does. `likely` (that of the whole sheet)
    decides a column that fits it no worse than Unicode: `sè` alone may be `số`.
    """
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
    spread = (text for column in columns for text in column[:: max(1, len(column) // _SAMPLE)])
    sheet = column_encoding(spread)
    return [column_encoding(column, likely=sheet) for column in columns]


def to_unicode(text: str, encoding: Encoding) -> str:
    """`text` of a column in `encoding`, in Unicode (NFC); a text that cannot be in that encoding stays as it is."""
    if text.isascii() or encoding is Encoding.UNICODE:
        return text
    if encoding is Encoding.UTF8_AS_CP1252:
        return _from_cp1252(text)
    if _BEYOND_LATIN.search(text):
        return text
    if encoding is Encoding.TCVN3:
        return text.translate(_TCVN3_LETTERS)
    return _VNI_SEQUENCE.sub(lambda found: _VNI_LETTERS[found.group()], text)


def syllable_share(sample: Sequence[str], encoding: Encoding) -> float:
    """The share of syllables among the words that hold a letter beyond ASCII before or after conversion."""
    converted = [unicodedata.normalize("NFC", to_unicode(text, encoding)) for text in sample]
    if encoding is not Encoding.UNICODE and converted == sample:
        return 0.0
    words = [word for text in converted for word in _WORD.findall(text) if not word.isascii()]
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

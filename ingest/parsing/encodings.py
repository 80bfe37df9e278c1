"""Detect the encoding of a column: Unicode or a legacy Vietnamese encoding. Pure.

Text in TCVN3 (the .Vn fonts) or VNI shows as other Latin letters: `Kim B¶ng`, `Kim Baûng`. A column is in the encoding
that turns its words into Vietnamese syllables. A column with a cell that is certainly Unicode is Unicode; its cells are
then judged one by one (`ingest.parsing.letters`).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from ingest.model.received import Encoding
from ingest.parsing.fonts import VIETNAMESE, WORD, converted
from ingest.parsing.letters import letters_of
from ingest.parsing.tones import is_syllable

_SAMPLE = 2_000
_SHEET_SAMPLE = 500
_MIN_SHARE = 0.7
_PLAIN_SHARE = 0.95
_ABBREVIATION = re.compile(r"\b[A-ZĐÐ]*[ĐÐ][A-ZĐÐ]*\b")
"""Abbreviations in document numbers (12/QĐ-UBND, typed with U+00D0): not syllables in any encoding, so no evidence."""


def column_encoding(texts: Iterable[str | None], likely: Encoding = Encoding.UNICODE) -> Encoding:
    """The encoding in which most words of these texts (one column) are Vietnamese syllables.

    Uses the first 2,000 distinct texts with a letter beyond ASCII. The result is Unicode unless another encoding turns
    at least 70 % of the words that it changes into syllables, and more of them than Unicode has. `likely`, the encoding
    of the whole sheet, decides if it fits no worse than Unicode: a single `sè` may be `số`. A column with a cell
    that is certainly Unicode is Unicode; its cells that are certainly legacy are still read as such.
    """
    texts = list(texts)
    if any(text and VIETNAMESE.search(text) for text in texts):
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
    """The encoding of each column of one sheet, judged by itself, or by the sheet if it has too little evidence."""
    sheet = _sheet_encoding([text for column in columns for text in column[:: max(1, len(column) // _SAMPLE)]])
    return [column_encoding(column, likely=sheet) for column in columns]


def _sheet_encoding(texts: Sequence[str | None]) -> Encoding:
    """The legacy encoding that more than half of the sheet's texts beyond ASCII are certainly in, else Unicode."""
    beyond = [text for text in texts if text and not text.isascii()]
    sample = beyond[:: 1 + len(beyond) // _SHEET_SAMPLE]
    found = Counter(map(letters_of, sample)).most_common(1)
    return found[0][0] if found and found[0][1] * 2 > len(sample) else Encoding.UNICODE


def syllable_share(sample: Sequence[str], encoding: Encoding) -> float:
    """The share of syllables among the converted words with a letter beyond ASCII; 0 if conversion changes nothing."""
    read = [unicodedata.normalize("NFC", converted(text, encoding)) for text in sample]
    if encoding is not Encoding.UNICODE and read == sample:
        return 0.0
    words = [word for text in read for word in WORD.findall(text) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0

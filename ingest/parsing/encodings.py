"""Legacy Vietnamese encodings: which one a column is in. Pure.

TCVN3 (the .Vn fonts) and VNI show as Latin letters that mean others: `Kim B¶ng`, `Kim Baûng`. A column is in the
encoding under which its words are built like Vietnamese syllables. One in which some cell is Unicode beyond doubt is
Unicode; there each cell has to prove by itself that it is legacy (`ingest.parsing.letters`).
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
"""As in the numbers of documents (12/QĐ-UBND, typed with U+00D0): no syllable in any encoding, so it proves nothing."""


def column_encoding(texts: Iterable[str | None], likely: Encoding = Encoding.UNICODE) -> Encoding:
    """The encoding in which most words of these texts (one column) are Vietnamese syllables.

    Judged by the first 2,000 different texts with a letter beyond ASCII. Unicode unless another encoding makes at least
    70 % of the words that it touches syllables, and more of them than Unicode does. `likely` (that of the whole sheet)
    decides a column that fits it no worse than Unicode: `sè` alone may be `số`. A column in which some cell is Unicode
    beyond doubt is Unicode: cells that prove to be legacy are read so all the same.
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
    """The encoding of each column of one sheet: judged by itself, and by the sheet where it tells too little."""
    sheet = _sheet_encoding([text for column in columns for text in column[:: max(1, len(column) // _SAMPLE)]])
    return [column_encoding(column, likely=sheet) for column in columns]


def _sheet_encoding(texts: Sequence[str | None]) -> Encoding:
    """The legacy encoding in which more than half of a sheet's texts beyond ASCII are beyond doubt, or Unicode."""
    beyond = [text for text in texts if text and not text.isascii()]
    sample = beyond[:: 1 + len(beyond) // _SHEET_SAMPLE]
    found = Counter(map(letters_of, sample)).most_common(1)
    return found[0][0] if found and found[0][1] * 2 > len(sample) else Encoding.UNICODE


def syllable_share(sample: Sequence[str], encoding: Encoding) -> float:
    """The share of syllables among the words that hold a letter beyond ASCII before or after conversion."""
    read = [unicodedata.normalize("NFC", converted(text, encoding)) for text in sample]
    if encoding is not Encoding.UNICODE and read == sample:
        return 0.0
    words = [word for text in read for word in WORD.findall(text) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0

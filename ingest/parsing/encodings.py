"""Legacy Vietnamese encodings: which one a column is in, and its text in Unicode. Pure."""

from collections.abc import Iterable

from ingest.received import Encoding


def column_encoding(texts: Iterable[str | None]) -> Encoding:
    """The encoding in which most words of these texts (one column) are Vietnamese syllables."""
    raise NotImplementedError


def to_unicode(text: str, encoding: Encoding) -> str:
    """`text` of a column in `encoding`, in Unicode (NFC)."""
    raise NotImplementedError

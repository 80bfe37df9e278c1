"""Text and codes, with the repairs that need no question. Pure."""

from ingest.parsing.result import Reading
from ingest.received import Encoding

CLEAN_TEXT = ""
"""A regular expression (RE2 and Python): a text that it matches wholly needs no repair, so a large column can be
filtered in SQL and only the other cells go through `repair_text`. Holds for columns of Encoding.UNICODE."""


def repair_text(text: str | None, encoding: Encoding = Encoding.UNICODE) -> Reading[str]:
    """`text` in clean Unicode (NFC, canonical tone marks, Đ, single spaces); blank gives None."""
    raise NotImplementedError


def read_text(text: str | None, encoding: Encoding = Encoding.UNICODE) -> Reading[str]:
    """Free text, repaired; line breaks are kept."""
    raise NotImplementedError


def read_code(text: str | None) -> Reading[str]:
    """A code or document number: no spaces around, none invisible; `13285.0` is `13285`."""
    raise NotImplementedError

"""Texts that lost letters when they were saved: `ngh? quy?t`, `L\ufffd Th? Ba`. Pure.

A program that cannot write a letter writes a question mark. Such a mark stands inside a word or after consonants alone,
where no question ends; questions, web addresses and two words without a space between them do not count.
"""

import re

REPLACED = "\ufffd"
_WORD = re.compile(r"\S*\?\S*")
_ADDRESS = re.compile(r"://|www\.|[/=&@]|\w\.\w", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouy\u00c0-\u024f\u1ea0-\u1ef9]", re.IGNORECASE)
_PIECES = re.compile(r"[^\W\d_]+")
_MARK_INSIDE = re.compile(r"\?+[^\W\d_]+")
_STUB = re.compile(r"[^\W\d_][^\WA-Z\d_]*\?+[.,;:!)\"”»]*")
_MEASURES = frozenset(("km", "kg", "cm", "mm", "dm", "ml", "vnđ", "sđt", "đt", "đc", "tp"))
_LETTERS = frozenset(("m", "k", "đ"))
"""Abbreviations of metre, thousand and đồng."""

_FEWEST_STUBS = 2


def has_lost_letters(text: str) -> bool:
    """Whether words of the text have lost letters."""
    if REPLACED in text:
        return True
    words = [word for word in _WORD.findall(text) if not _ADDRESS.search(word)] if "?" in text else []
    return any(map(_is_broken, words)) or sum(map(_is_stub, words)) >= _FEWEST_STUBS


def code_has_lost_letters(text: str) -> bool:
    """Whether a code or document number has lost letters: correct ones have no question mark next to a letter."""
    return REPLACED in text or re.search(r"[^\W_]\?|\?[^\W_]", text) is not None


def _is_broken(word: str) -> bool:
    """Whether a question mark precedes letters, and a part of the word has no vowel: `quy?t`, `??t`."""
    pieces = [piece for piece in _PIECES.findall(word) if piece.lower() not in _MEASURES]
    return _MARK_INSIDE.search(word) is not None and not all(map(_VOWEL.search, pieces))


def _is_stub(word: str) -> bool:
    """Whether the word is consonants and a question mark (`ngh?`, `x?`), but not a unit of measure or abbreviation."""
    (piece, *more) = _PIECES.findall(word) or [""]
    is_short = piece.lower() in _MEASURES or piece in _LETTERS
    return not more and _STUB.fullmatch(word) is not None and not _VOWEL.search(piece) and not is_short

"""The encodings in which senders write; different senders use different ones, so that all are tested. Pure."""

import re
import unicodedata
from enum import StrEnum

from viparse.normalize.tcvn3 import TCVN3


class Letters(StrEnum):
    """How a sender writes: composed or decomposed Unicode, a TCVN3 font, or old-style tone placement with Ð for Đ."""

    COMPOSED = "composed"
    DECOMPOSED = "decomposed"
    TCVN3 = "tcvn3"
    OLD_TONES = "old_tones"


_OPEN_SYLLABLE = re.compile(r"([òóỏõọÒÓỎÕỌ])([aeAE])(?!\w)|(?<![qQ])([ùúủũụÙÚỦŨỤ])([yY])(?!\w)")


def _to_tcvn3() -> dict[int, str]:
    """The inverse of viparse's table; the fonts have no capitals with tone marks, so those become small letters."""
    small = {letter: legacy for legacy, letter in TCVN3.pairs}
    capitals = {letter.upper(): legacy for letter, legacy in small.items() if letter.upper() not in small}
    return {ord(letter): legacy for letter, legacy in (capitals | small).items()}


_TCVN3 = _to_tcvn3()


def encoded(text: str, letters: Letters) -> str:
    """`text` (composed Unicode) in the encoding `letters`."""
    if letters is Letters.DECOMPOSED:
        return unicodedata.normalize("NFD", text)
    if letters is Letters.TCVN3:
        return text.translate(_TCVN3)
    if letters is Letters.OLD_TONES:
        return _OPEN_SYLLABLE.sub(_mark_on_last, text).replace("Đ", "Ð")
    return text


def _mark_on_last(found: re.Match[str]) -> str:
    """Move the tone mark to the last vowel: hòa becomes hoà, Thủy becomes Thuỷ."""
    first, second = (str(group) for group in found.groups() if group)
    decomposed = unicodedata.normalize("NFD", first)
    return decomposed[0] + unicodedata.normalize("NFC", second + decomposed[1:])

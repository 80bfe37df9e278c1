"""Letter tables of legacy Vietnamese fonts, and unchecked conversion with them. Pure.

The tables come from viparse, which derived them from documents of Vietnamese agencies; VNI's ẳ, ỵ and capitals with a
lower-case mark (`Uûy ban`) are added here.
"""

import re
from collections.abc import Mapping

from viparse.normalize.tcvn3 import TCVN3
from viparse.normalize.vni import VNI

from ingest.model.received import Encoding
from ingest.parsing.html_references import without_references

FONTS = (Encoding.TCVN3, Encoding.VNI)
WORD = re.compile(r"[^\s!-@\[-`{-~…–—“”‘’]+")
"""A word in any encoding; symbols that are letters in a font are part of it."""

VIETNAMESE = re.compile("[\u0102\u0103\u0110\u0111\u01a0-\u01b0\u0300-\u036f\u1ea0-\u1ef9]")
"""A Vietnamese letter or mark that no legacy text has: a text with one is certainly Unicode."""


def _tcvn3() -> dict[int, str]:
    return {ord(legacy): letter for legacy, letter in TCVN3.pairs} | {0x2219: "ã"}


def _vni() -> dict[str, str]:
    table = dict(VNI.pairs) | {"aú": "ẳ", "AÚ": "Ẳ", "î": "ỵ", "Î": "Ỵ"}
    mixed = {key[0].upper() + key[1]: letter.upper() for key, letter in table.items() if len(key) == 2}
    return mixed | table


_TCVN3_LETTERS = _tcvn3()
_VNI_LETTERS = _vni()
_VNI_SEQUENCE = re.compile("|".join(sorted(map(re.escape, _VNI_LETTERS), key=len, reverse=True)))
_TYPED_IN = {
    Encoding.TCVN3: re.compile(rf"[\x00-\x7f{''.join(map(re.escape, map(chr, _TCVN3_LETTERS)))}]*"),
    Encoding.VNI: re.compile(rf"(?:{_VNI_SEQUENCE.pattern}|[\x00-\x7fíìÍÌ])*"),
}
_BEYOND_LATIN = re.compile("[\u0100-\u1fff]")
_CAPITALS = re.compile("(?<=.)[A-Z]")
_SMALL = re.compile("[a-z]")
_UTF8_RUN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]{1,3}")
"""One UTF-8 character misread as cp1252."""

_CP1252: Mapping[int, int] = {
    ord(bytes([byte]).decode("cp1252")): byte for byte in range(256) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
} | {byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def converted(text: str, encoding: Encoding) -> str:
    """`text` converted from `encoding` without checks; a text that cannot be in that encoding is unchanged."""
    if encoding is Encoding.REFERENCES:
        return without_references(text)
    if text.isascii() or encoding is Encoding.UNICODE:
        return text
    if encoding is Encoding.UTF8_AS_CP1252:
        return from_cp1252(text)
    return text if _BEYOND_LATIN.search(text) else in_font(text, encoding)


def in_font(text: str, font: Encoding) -> str:
    """`text` converted letter by letter from the font; letters that the font lacks are unchanged."""
    if font is Encoding.VNI:
        return _VNI_SEQUENCE.sub(lambda found: _VNI_LETTERS[found.group()], text)
    return _with_capitals(text, text.translate(_TCVN3_LETTERS))


def is_typed_in(text: str, font: Encoding) -> bool:
    """Whether every letter of `text` belongs to the font."""
    return _TYPED_IN[font].fullmatch(text) is not None


def _with_capitals(received: str, read: str) -> str:
    """Restore capitals that only the TCVN3 font showed: `QUYÕT` is QUYẾT, and the words around it are capitals too.

    A word with a capital and small letters of the font (`Hå`) is no evidence and follows the other words.
    """
    if _CAPITALS.search(received) is None:
        return read
    words = [(word, _CAPITALS.search(word.group())) for word in WORD.finditer(received) if not word.group().isascii()]
    if any(capitals for _, capitals in words) and not _SMALL.search(received):
        return read.upper()
    for word, capitals in words:
        if capitals and not _SMALL.search(word.group()):
            read = read[: word.start()] + read[word.start() : word.end()].upper() + read[word.end() :]
    return read


def from_cp1252(text: str) -> str:
    """Decode UTF-8 that was misread as cp1252, also if a U+00A0 in it became a plain space; else return `text`."""
    if VIETNAMESE.search(text) or not _UTF8_RUN.search(text.replace("Ã ", "Ã\u00a0")):
        return text
    for candidate in (text, text.replace("Ã ", "Ã\u00a0")):
        codes = [_CP1252.get(ord(char)) for char in candidate]
        if None not in codes:
            try:
                return bytes(code for code in codes if code is not None).decode("utf-8")
            except UnicodeDecodeError:
                continue
    return text


def with_utf8_runs_read(text: str) -> str:
    """`text` with each character that looks like UTF-8 misread as cp1252 decoded."""
    return _UTF8_RUN.sub(lambda run: from_cp1252(run.group()), text)

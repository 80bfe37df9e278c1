"""Parse text and codes, with the repairs that need no confirmation. Pure."""

import re
import unicodedata

from ingest.model.received import Encoding
from ingest.parsing.fonts import converted
from ingest.parsing.html_references import without_references
from ingest.parsing.letters import letters_of, other_reading
from ingest.parsing.result import Reading
from ingest.parsing.tones import canonical_tones
from warehouse.invisible import INVISIBLE

_TONED = "àáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ"
_TONED_MARKED = "ằắẳẵặầấẩẫậềếểễệồốổỗộờớởỡợừứửữự"
_BEYOND_LATIN = r"ăĂđĐĩĨũŨơƠưƯ\x{300}-\x{36f}\x{1ea0}-\x{1ef9}"
_UNICODE_LETTERS = r"àáâãèéêìíòóôõùúý" + _BEYOND_LATIN.replace(r"\x{300}-\x{36f}", "")
SUSPECT_TEXT = (
    r"(?i)^ | $|  "
    rf"|[^ -~{_UNICODE_LETTERS}\x{{2010}}-\x{{2015}}\x{{2018}}-\x{{201f}}\x{{2026}}\x{{2030}}\x{{20ab}}]"
    rf"|(?-i:^[^{_BEYOND_LATIN}]*[\x{{c0}}-\x{{ff}}][^{_BEYOND_LATIN}]*$)"
    rf"|[aeiouyăâêôơư][{_TONED}](?:\P{{L}}|$)"
    rf"|[ăâêôơư][aeiouyăâêôơư]*[{_TONED}]|[{_TONED}{_TONED_MARKED}][ăâêôơư]|[{_TONED}{_TONED_MARKED}][aeiouy]\p{{L}}"
    r"|q[ùúủũụ]|g[ìíỉĩị][aeiouy]"
)
"""A regular expression for DuckDB's `regexp_matches` (RE2): a text in a Unicode column without a match needs no repair,
so large columns are filtered in SQL and only matching texts go through `repair_text`. It matches letters that fonts use
for others, and texts without a letter beyond Latin-1, which may be legacy throughout."""

_SOFT_HYPHEN = "\u00ad"
_INVISIBLE = re.compile(f"[{INVISIBLE}\u0000-\u0008\u000e-\u001f\u007f]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINE_EDGES = re.compile(r" ?(?:\r\n?|\n|\u2028|\u2029|\u0085)\s*")
_D_STROKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_WHOLE_FLOAT = re.compile(r"(\d+)\.0+")


def repair_text(text: str | None, encoding: Encoding = Encoding.UNICODE) -> Reading[str]:
    """`text` in clean Unicode; blank gives None.

    It repairs HTML references, legacy letters (`encoding` is that of the column), Ð and Ɖ (to Đ), Unicode that is not
    NFC, tone marks outside their canonical place, and spaces, in this order. The first repair that changes the text is
    reported, but legacy letters before HTML references. Spaces at the edges, doubled ones and invisible characters are
    removed; line breaks stay, as does U+00AD, a letter of TCVN3, if the text may be legacy.
    """
    if text is None or (text.isascii() and encoding is Encoding.UNICODE and text.strip() == text and _is_plain(text)):
        return Reading(text or None)
    plain = without_references(text)
    letters = letters_of(plain, encoding)
    read = converted(plain, letters)
    repair = letters.value if read != plain else Encoding.REFERENCES.value if plain != text else None
    spaces = _spaces if other_reading(plain, encoding) is None else _spaces_but_soft_hyphens
    for name, step in (*_STEPS, ("spaces", spaces)):
        changed = step(read)
        if changed != read:
            repair = repair or name
            read = changed
    return Reading(read or None, repair)


def read_text(text: str | None, encoding: Encoding = Encoding.UNICODE) -> Reading[str]:
    """Free text, repaired; line breaks are kept."""
    return repair_text(text, encoding)


def read_code(text: str | None) -> Reading[str]:
    """A code or document number with its spaces repaired; `13285.0` and `'13285` are `13285`."""
    repaired = repair_text(text)
    if repaired.value is None:
        return repaired
    code = repaired.value.removeprefix("'").strip()
    if whole := _WHOLE_FLOAT.fullmatch(code):
        return Reading(whole[1], "number_text")
    return Reading(code or None, repaired.repair or ("spaces" if code != repaired.value else None))


def _is_plain(text: str) -> bool:
    return text.isprintable() and "  " not in text and "&" not in text


def _d_stroke(text: str) -> str:
    return text.translate(_D_STROKES)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _spaces(text: str) -> str:
    return _spaces_but_soft_hyphens(text.replace(_SOFT_HYPHEN, ""))


def _spaces_but_soft_hyphens(text: str) -> str:
    visible = _LINE_EDGES.sub("\n", _INVISIBLE.sub("", text))
    return _LINE_EDGES.sub("\n", _BLANKS.sub(" ", visible)).strip()


_STEPS = (
    ("d_stroke", _d_stroke),
    ("nfc", _nfc),
    ("tone_mark", canonical_tones),
)

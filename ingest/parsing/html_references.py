"""HTML character references in a text: `ngh&#7883;`, `&#x1EA7;`, `&amp;#7847;`, `H&agrave;`. Pure.

UniKey writes them in its "NCR" mode; web applications write them when exporting a page.
"""

import html
import re

from ingest.parsing.losses import REPLACED

_AMPERSANDS = re.compile(r"&(?:amp;)+(?=#)")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
_SIGNS = frozenset(("&amp;", "&quot;", "&apos;", "&nbsp;", "&lt;", "&gt;", "&ndash;", "&mdash;", "&hellip;", "&shy;"))
_LAST_LATIN = 0x24F


def without_references(text: str) -> str:
    """Resolve references by number, and by name for Latin letters and a few symbols; `AT&T &co` is unchanged."""
    if "&" not in text or ";" not in text:
        return text
    return _REFERENCE.sub(_read, _AMPERSANDS.sub("&", text))


def _read(found: re.Match[str]) -> str:
    reference = found.group()
    letter = html.unescape(reference)
    if reference.startswith("&#"):
        return reference if letter == REPLACED else "" if _is_control(letter) else letter
    is_letter = len(letter) == 1 and letter.isalpha() and ord(letter) <= _LAST_LATIN
    return letter if reference in _SIGNS or is_letter else reference


def _is_control(letter: str) -> bool:
    return not letter or (letter < " " and letter not in "\t\n\r")

"""Characters without a shape of their own: they hide in a name, or show the letters after them in another order. Pure.

Values lose them when they are read. Where a text is shown as it was received, the misleading ones become visible.
"""

import re

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f"
INVISIBLE = "\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
"""The inside of a character class of regular expressions: zero-width characters, marks of direction, tags."""

REPLACEMENT = "\ufffd"
_MISLEADING = re.compile(f"[{_CONTROLS}{_DIRECTION}]")


def visible(text: str) -> str:
    """Return `text` with U+FFFD for each control character and mark of direction, which would reorder its neighbours.

    Line breaks and tabs stay.
    """
    return text if text.isprintable() else _MISLEADING.sub(REPLACEMENT, text)

"""Texts for explaining an integrity flag and for withdrawing an explanation."""

from dashboard.text import steward

TAKE_BACK = "Rút lại giải trình"
AUTHOR_OWED = "Ghi tên người rút lại."


def in_words(text: str) -> str:
    """Return the text of an explanation; an empty one withdrew the explanation before it."""
    return text or steward.TAKEN_BACK

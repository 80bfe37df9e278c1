"""The words for explaining an integrity flag, and for taking an explanation back."""

from dashboard.text import steward

TAKE_BACK = "Rút lại giải trình"
AUTHOR_OWED = "Ghi tên người rút lại."


def in_words(text: str) -> str:
    """What an explanation says; an empty one took back what stood before."""
    return text or steward.TAKEN_BACK

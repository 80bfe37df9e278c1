"""The pages: title and address of each, in the order of the navigation, and the right to see it."""

from collections.abc import Collection, Mapping

from dashboard import filters
from dashboard.text import labels
from warehouse.access.roles import Right

ADDRESSES = {
    labels.OVERVIEW: filters.OVERVIEW,
    labels.UNITS: filters.UNITS,
    labels.HEADS: filters.HEADS,
    labels.PROGRESS: filters.PROGRESS,
    labels.METHOD: filters.METHOD,
    labels.FEED_BOARD: filters.FEED_BOARD,
    labels.CHECK_FILE: filters.CHECK_FILE,
    labels.DATA_QUALITY: filters.DATA_QUALITY,
    labels.PROVENANCE: filters.PROVENANCE,
    labels.AUDIT: filters.AUDIT,
}

NEEDS: Mapping[str, Right] = {
    labels.OVERVIEW: Right.FIGURES,
    labels.UNITS: Right.FIGURES,
    labels.HEADS: Right.HEADS,
    labels.PROGRESS: Right.RECORDS,
    labels.METHOD: Right.FIGURES,
    labels.FEED_BOARD: Right.FEEDS,
    labels.CHECK_FILE: Right.UPLOAD,
    labels.DATA_QUALITY: Right.FEEDS,
    labels.PROVENANCE: Right.FEEDS,
    labels.AUDIT: Right.ACCOUNTS,
}
"""The right that each page needs. A page without an entry is shown to nobody."""


def visible_to(rights: Collection[Right]) -> dict[str, str]:
    """Return the title and address of the pages that a reader with these rights may see."""
    return {title: address for title, address in ADDRESSES.items() if NEEDS.get(title) in rights}

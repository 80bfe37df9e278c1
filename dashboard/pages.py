"""The pages: title and address of each, in the order of the navigation."""

from dashboard import filters
from dashboard.text import labels

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
}

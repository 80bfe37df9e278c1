"""Reading: the bytes of a feed become the sheets of a `ReceivedFeed`, or obstacles that explain why not."""

from ingest.reading.feed import read_feed

__all__ = ["read_feed"]

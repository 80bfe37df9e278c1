"""Turn the bytes of a feed into the sheets of a `ReceivedFeed`, or into obstacles that explain why not."""

from ingest.reading.feed import read_feed

__all__ = ["read_feed"]

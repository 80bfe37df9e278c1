"""Check one feed: find what is wrong and where, and decide whether the feed and each of its rows may land."""

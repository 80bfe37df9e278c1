"""Checks of one feed: what is wrong, where, and whether the feed or which of its rows may land."""

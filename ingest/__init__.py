"""Read, repair and check senders' feeds, and land them in the raw tables."""

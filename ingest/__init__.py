"""Ingest: read, repair and check the feeds of senders, and land them in raw tables."""

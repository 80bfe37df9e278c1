"""Received texts in temporary tables, and the typed values that they become."""

"""Staging: received texts in temporary tables, and typed values from them."""

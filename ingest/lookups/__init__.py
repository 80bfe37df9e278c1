"""Matching of unit names and periods, as senders write them, with their codes."""

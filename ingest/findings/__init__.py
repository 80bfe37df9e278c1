"""Findings as sentences: wording, grouping, status, and the reasons that senders give."""

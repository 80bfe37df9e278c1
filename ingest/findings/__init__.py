"""Findings for the sender: their wording, cells and status, and the reasons that senders give."""

"""Reasons that senders give for findings."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class GivenReason:
    """A reason; `by` is its author, empty if unknown; `at` is when it was given, None if unknown."""

    reason: str
    by: str = ""
    at: datetime | None = None

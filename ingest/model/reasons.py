"""Reasons that senders give for findings."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class GivenReason:
    """A reason; `by` and `at` are its author and time, None if not known."""

    reason: str
    by: str = ""
    at: datetime | None = None

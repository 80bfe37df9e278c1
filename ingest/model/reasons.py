"""Reasons that senders give for findings."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class GivenReason:
    """A reason; `by` and `at` are not known for every one."""

    reason: str
    by: str = ""
    at: datetime | None = None

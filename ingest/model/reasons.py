"""Reasons: what a sender says of a finding."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class GivenReason:
    """A reason; who gave it and when are not known of every one."""

    reason: str
    by: str = ""
    at: datetime | None = None

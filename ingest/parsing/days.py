"""Days and instants as Vietnamese files write them. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from ingest.parsing.result import Reading


class DayOrder(StrEnum):
    """How a column writes 03/04/2024: day first, month first, or both ways."""

    DMY = "dmy"
    MDY = "mdy"
    AMBIGUOUS = "ambiguous"


def day_order(texts: Iterable[str | None]) -> DayOrder:
    """How these texts (all dates of one sheet) order day and month."""
    raise NotImplementedError


def read_day(text: str | None, order: DayOrder = DayOrder.DMY) -> Reading[date]:
    """The day that `text` says."""
    raise NotImplementedError


def read_instant(text: str | None, order: DayOrder = DayOrder.DMY) -> Reading[datetime | date]:
    """The instant that `text` says: a datetime where a time is given, else a date."""
    raise NotImplementedError

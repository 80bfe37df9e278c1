"""The result of parsing one received text. Pure."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Reading(Generic[T]):
    """One received text as read.

    `value` is None if the text is blank or cannot be parsed. `repair` identifies what was repaired, such as tcvn3,
    date_text or unit_name; if several things were, the most important one. `problem` identifies why there is no value,
    such as not_a_date or unknown_choice, or why the value may be wrong, such as unsure_letters.
    """

    value: T | None
    repair: str | None = None
    problem: str | None = None

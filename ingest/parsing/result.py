"""The result of parsing one received text. Pure."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Reading(Generic[T]):
    """One received text as read.

    `value` is None if the text is blank or cannot be parsed. `repair` identifies what was repaired
    (nfc, tone_mark, d_stroke, tcvn3, vni, utf8_as_cp1252, spaces, date_text, serial_date, number_text, unit_name,
    unit_slip, lost_zero; of several the most important one), `problem` why there is no value (not_a_date,
    impossible_date, impossible_year, weekday_differs, ambiguous_date, not_a_number, number_too_large, shortened_code,
    not_yes_no, unknown_choice) or why the value may be wrong (unsure_letters, lost_letters).
    """

    value: T | None
    repair: str | None = None
    problem: str | None = None

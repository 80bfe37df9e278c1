"""What a parser makes of one received text. Pure."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Reading(Generic[T]):
    """One received text as read.

    `value` is None where nothing stood or nothing could be made of it. `repair` is the identifier of what was mended
    (nfc, tone_mark, d_stroke, tcvn3, vni, utf8_as_cp1252, spaces, date_text, serial_date, number_text, unit_name,
    unit_slip, lost_zero; the most telling one where several were), `problem` that of why there is no value (not_a_date,
    impossible_date, impossible_year, weekday_differs, ambiguous_date, not_a_number, number_too_large, shortened_code,
    not_yes_no, unknown_choice), or, unsure_letters or lost_letters, of why the value may be wrong.
    """

    value: T | None
    repair: str | None = None
    problem: str | None = None

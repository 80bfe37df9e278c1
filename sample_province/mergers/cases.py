"""A petition in the world: its life cycle, its keepers over time, and corrections in later feeds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sample_province.petitions import SETTLED, Extension
from sample_province.rows import Row, Value

Moment: TypeAlias = date | datetime
"""A date without a time, or an instant."""


def day_of(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@dataclass(frozen=True)
class Keeper:
    """From `from_on` on, `sender` lists the petition under the unit `responsible`; None if no sender does any more."""

    from_on: date
    sender: str | None
    responsible: str


@dataclass(frozen=True)
class Correction:
    """The corrected values in feeds for periods that begin on `from_on` or later."""

    from_on: date
    row: Row


@dataclass(frozen=True)
class Case:
    """The life cycle of a petition; `ended` is when it was settled or left scope, None if never."""

    code: str
    dialogue_code: str | None
    unit_code: str
    received: Moment
    field: str
    summary: str
    body: str
    due: Moment | None
    extension: Extension | None
    outcome: str
    work_from: date
    ended: Moment | None
    result_no: str | None
    satisfaction: str | None
    keepers: tuple[Keeper, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def received_day(self) -> date:
        return day_of(self.received)

    def ended_by(self, day: date) -> bool:
        return self.ended is not None and day_of(self.ended) <= day

    def open_on(self, day: date) -> bool:
        """Whether it was received, and neither settled nor out of scope, at the end of the day."""
        return self.received_day <= day and not self.ended_by(day)

    def keeper_on(self, day: date) -> Keeper:
        """The keeper of the petition on `day`, which must not be before its receipt."""
        return max((each for each in self.keepers if each.from_on <= day), key=lambda each: each.from_on)


def case_row(case: Case, keeper: Keeper, first: date, known_on: date) -> Row:
    """The petition's row in a feed for the period that begins on `first`, as known at the end of `known_on`."""
    ended = case.ended_by(known_on)
    settled = ended and case.outcome in SETTLED
    extension = case.extension if case.extension and case.extension.on <= known_on else None
    still = "in_progress" if case.work_from <= known_on else "not_started"
    row: dict[str, Value] = {
        "petition_code": case.code,
        "dialogue_code": case.dialogue_code,
        "unit_code": case.unit_code,
        "received_on": case.received,
        "field": case.field,
        "summary": case.summary,
        "responsible_unit_code": keeper.responsible,
        "responsible_body": case.body,
        "due_on": case.due,
        "extension_no": extension.number if extension else None,
        "extended_due_on": extension.due_on if extension else None,
        "extended_on": extension.on if extension else None,
        "outcome": case.outcome if ended else still,
        "settled_on": case.ended if ended else None,
        "result_no": case.result_no if settled else None,
        "satisfaction": case.satisfaction if settled else None,
    }
    for correction in case.corrections:
        if correction.from_on <= first:
            row |= correction.row
    return row

"""Petitions as of an instant: due date, settlement, maturity and class."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tests.oracle.days import Rules, end_of, has_no_time, start_of
from tests.oracle.inputs import PetitionRow
from tests.oracle.units import Units

SETTLED = ("resolved", "explained")
OUT_OF_SCOPE = ("transferred", "out_of_scope", "duplicate", "returned")


@dataclass(frozen=True, slots=True)
class Petition:
    """One petition as of an instant, without later events."""

    row: PetitionRow
    received_at: datetime
    original_due_at: datetime
    due_at: datetime
    due_is_default: bool
    settled_at: datetime | None
    left_at: datetime | None
    matured_at: datetime | None
    status: str

    @property
    def ended_on(self) -> date | None:
        """The date on which it was settled or left scope; None if neither."""
        ended = self.settled_at or self.left_at
        return ended.date() if ended else None

    @property
    def was_on_time(self) -> bool:
        """True if it was settled by its due date."""
        return self.settled_at is not None and self.settled_at <= self.due_at


def petitions_of(rows: Iterable[PetitionRow], units: Units, rules: Rules, as_of: datetime) -> list[Petition]:
    """Return the petitions received by `as_of`."""
    return [_petition(row, units, rules, as_of) for row in rows if row.received_on <= as_of]


def _petition(row: PetitionRow, units: Units, rules: Rules, as_of: datetime) -> Petition:
    original = row.due_on or _default_due(row, units, rules)
    due = row.extended_due_on if row.extended_due_on and _extension_counts(row, original, as_of) else original
    ended = _ended_at(row, as_of)
    settled = ended if row.outcome in SETTLED else None
    left = ended if row.outcome in OUT_OF_SCOPE else None
    return Petition(
        row=row,
        received_at=row.received_on,
        original_due_at=original,
        due_at=due,
        due_is_default=row.due_on is None,
        settled_at=settled,
        left_at=left,
        matured_at=_matured_at(due, settled, left, as_of),
        status=_class(due, settled, left, as_of),
    )


def _default_due(row: PetitionRow, units: Units, rules: Rules) -> datetime:
    """The end of the last day that the rule for the level of the responsible unit allows from receipt."""
    received = row.received_on.date()
    limit = rules.limit_after("settle_days", units.level(row.responsible, received), received)
    if limit is None:
        raise ValueError(f"no rule says when {row.code} is due")
    return end_of(limit)


def _extension_counts(row: PetitionRow, original: datetime, as_of: datetime) -> bool:
    """An extension counts if its document is dated by `as_of` and the due date, and moves the due date later."""
    later = row.extended_due_on is not None and row.extended_due_on > original
    in_time = row.extended_on is not None and start_of(row.extended_on) <= min(original, as_of)
    return bool(row.extension_no) and later and in_time


def _ended_at(row: PetitionRow, as_of: datetime) -> datetime | None:
    """When it was settled or left scope; None if not by `as_of`.

    If only a date is given and it is the date of receipt, the time of receipt is used.
    """
    ended = row.settled_on
    if ended and has_no_time(ended) and ended.date() == row.received_on.date():
        ended = row.received_on
    return ended if ended and ended <= as_of else None


def _matured_at(due: datetime, settled: datetime | None, left: datetime | None, as_of: datetime) -> datetime | None:
    """When it was settled or became due, whichever came first; None if not by `as_of`, or if it left scope by then."""
    matured = min(settled, due) if settled else due
    return None if matured > as_of or (left and left <= matured) else matured


def _class(due: datetime, settled: datetime | None, left: datetime | None, as_of: datetime) -> str:
    if left:
        return "left_scope"
    if settled:
        return "settled_on_time" if settled <= due else "settled_late"
    return "open_overdue" if due < as_of else "open_in_term"

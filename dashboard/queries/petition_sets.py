"""Which petitions stand behind a numerator or a denominator, as SQL on `fct_petitions p`.

A list of evidence, not a second computation: the count of each set must equal the published figure, and
a test holds it.
$s is the first instant of the period, $b its cut-off (last microsecond of its last day, or the snapshot's as-of).
What had to be handled depends on when a unit was under the subject: {s} and {b} stand for the first and last instant of
the period in which it was.
"""

from dataclasses import dataclass

_OPEN = "p.received_at <= $b and (p.settled_at is null or p.settled_at > $b) and (p.left_at is null or p.left_at > $b)"
_OVERDUE = f"{_OPEN} and p.due_at < $b"
_SETTLED = "p.settled_at between $s and $b"
_MATURED = "p.matured_at between $s and $b"
_HANDLED = (
    "p.received_at <= {b} and (p.settled_at is null or p.settled_at >= {s}) and (p.left_at is null or p.left_at > {b})"
)


@dataclass(frozen=True)
class PetitionSet:
    """`where` chooses the petitions; `day` is the instant whose unit and post-holder they belong to, '' where they
    belong to every unit that had to handle them while it was under the subject."""

    where: str
    day: str


SETS: dict[tuple[str, str], PetitionSet] = {
    ("on_time_rate", "tu"): PetitionSet(f"{_MATURED} and p.settled_at <= p.due_at", "p.matured_at"),
    ("on_time_rate", "mau"): PetitionSet(_MATURED, "p.matured_at"),
    ("resolution_rate", "tu"): PetitionSet(_SETTLED, "p.settled_at"),
    ("resolution_rate", "mau"): PetitionSet(_HANDLED, ""),
    ("resolved_share", "tu"): PetitionSet(f"{_SETTLED} and p.outcome = 'resolved'", "p.settled_at"),
    ("resolved_share", "mau"): PetitionSet(_SETTLED, "p.settled_at"),
    ("overdue_rate", "tu"): PetitionSet(_OVERDUE, "$b"),
    ("overdue_rate", "mau"): PetitionSet(_OPEN, "$b"),
    ("overdue_open", "tu"): PetitionSet(_OVERDUE, "$b"),
    ("satisfaction_rate", "tu"): PetitionSet(f"{_SETTLED} and p.satisfaction = 'satisfied'", "p.settled_at"),
    ("satisfaction_rate", "mau"): PetitionSet(f"{_SETTLED} and p.satisfaction is not null", "p.settled_at"),
    ("median_days_to_settle", "mau"): PetitionSet(
        "p.received_at between $s and $b and (p.left_at is null or p.left_at > $b)", "p.received_at"
    ),
}


def parts_of(kpi_code: str, *, of_head: bool = False) -> tuple[str, ...]:
    """Which sides of a KPI can be listed as petitions: 'tu' numerator, 'mau' denominator. Of a head only those whose
    petitions have a day: what a head had to handle is a stock that was handed over, not one list."""
    return tuple(part for (code, part), chosen in SETS.items() if code == kpi_code and (chosen.day or not of_head))

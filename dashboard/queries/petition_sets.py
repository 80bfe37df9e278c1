"""The petitions that a numerator or denominator counts, as SQL on `fct_petitions p`.

`kpi_parts` defines the event of a part and a further condition on the petition, as the models count; this module only
defines the SQL of an event. A list is evidence, not a second computation: a test compares its count with the published
figure. $s is the first instant of the period, $b its cutoff (last microsecond of its last day, or the snapshot's
as-of). Petitions to handle depend on when a unit was in the subject: {s} and {b} are the first and last instant of the
period in which it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.model import TO_HANDLE, Part
from dashboard.queries.scope import Connection, rows

_STILL_THERE = "(p.settled_at is null or p.settled_at > $b) and (p.left_at is null or p.left_at > $b)"


@dataclass(frozen=True)
class PetitionSet:
    """`where` selects the petitions; `day` is the instant (SQL) whose unit and head they belong to.

    `day` is '' if they belong to every unit that had to handle them while it was in the subject.
    """

    where: str
    day: str


EVENTS: Mapping[str, PetitionSet] = {
    "settled": PetitionSet("p.settled_at between $s and $b", "p.settled_at"),
    "matured": PetitionSet("p.matured_at between $s and $b", "p.matured_at"),
    "received_in_scope": PetitionSet(
        "p.received_at between $s and $b and (p.left_at is null or p.left_at > $b)", "p.received_at"
    ),
    "open": PetitionSet(f"p.received_at <= $b and {_STILL_THERE}", "$b"),
    "overdue": PetitionSet(f"p.overdue_from <= $b and {_STILL_THERE}", "$b"),
    TO_HANDLE: PetitionSet(
        "p.received_at <= {b} and (p.settled_at is null or p.settled_at >= {s})"
        " and (p.left_at is null or p.left_at > {b})",
        "",
    ),
}
"""The petitions of each `event` in `kpi_parts`."""


def behind(con: Connection, kpi_code: str, part: Part) -> PetitionSet | None:
    """Return the petitions that a part of a KPI counts; None if it does not count petitions."""
    sql = """
        select event, only_column from kpi_parts
        where kpi_code = $kpi and part = $part and record_kind = 'petitions'"""
    found = rows(con, sql, {"kpi": kpi_code, "part": part})
    if not found:
        return None
    event, only = map(str, found[0])
    chosen = EVENTS[event]
    return replace(chosen, where=f"{chosen.where} and p.{only}") if only else chosen

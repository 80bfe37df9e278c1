"""Which petitions stand behind a numerator or a denominator, as SQL on `fct_petitions p`.

`kpi_parts` says by which event a side counts and what of the petition must hold, as the models count; here stands only
how an event is looked up. A list is evidence, not a second computation: a test holds its count to the published figure.
$s is the first instant of the period, $b its cut-off (last microsecond of its last day, or the snapshot's as-of).
What had to be handled depends on when a unit was under the subject: {s} and {b} stand for the first and last instant of
the period in which it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.model import TO_HANDLE, Part
from dashboard.queries.scope import Connection, rows

_STILL_THERE = "(p.settled_at is null or p.settled_at > $b) and (p.left_at is null or p.left_at > $b)"


@dataclass(frozen=True)
class PetitionSet:
    """`where` chooses the petitions; `day` is the instant whose unit and post-holder they belong to, '' where they
    belong to every unit that had to handle them while it was under the subject."""

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
"""By what `kpi_parts` calls `event`."""


def behind(con: Connection, kpi_code: str, part: Part) -> PetitionSet | None:
    """Return the petitions that a part of a KPI counts; None where it does not count petitions."""
    sql = """
        select event, only_column from kpi_parts
        where kpi_code = $kpi and part = $part and record_kind = 'petitions'"""
    found = rows(con, sql, {"kpi": kpi_code, "part": part})
    if not found:
        return None
    event, only = map(str, found[0])
    chosen = EVENTS[event]
    return replace(chosen, where=f"{chosen.where} and p.{only}") if only else chosen

"""The petitions and dialogues behind a link, in SQL written from the definitions of the KPIs.

s is the first instant of a period and b the last that counts. A petition belongs to its responsible unit and to the
units above it on the date of the event; for a stock, on the date of b.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dashboard.filters import View
from dashboard.model import Breadth, Part

from .world import World

_IS_OPEN = "p.received_at <= $b and coalesce(p.settled_at > $b, true) and coalesce(p.left_at > $b, true)"
_SETTLED = "p.settled_at >= $s and p.settled_at <= $b"
_MATURED = "p.matured_at >= $s and p.matured_at <= $b"
_RATED = f"{_SETTLED} and p.satisfaction in ('satisfied', 'neutral', 'dissatisfied')"
_STILL = "p.received_at <= $b and coalesce(p.settled_at >= $s, true) and coalesce(p.left_at > $b, true)"
_BEHIND: Mapping[tuple[str, str], tuple[str, str]] = {
    ("on_time_rate", Part.NUMERATOR): (f"{_MATURED} and p.settled_at <= p.due_at", "p.matured_at"),
    ("on_time_rate", Part.DENOMINATOR): (_MATURED, "p.matured_at"),
    ("resolution_rate", Part.NUMERATOR): (_SETTLED, "p.settled_at"),
    ("resolution_rate", Part.DENOMINATOR): (_STILL, "$b"),
    ("resolved_share", Part.NUMERATOR): (f"{_SETTLED} and p.outcome = 'resolved'", "p.settled_at"),
    ("resolved_share", Part.DENOMINATOR): (_SETTLED, "p.settled_at"),
    ("overdue_rate", Part.NUMERATOR): (f"{_IS_OPEN} and p.due_at < $b", "$b"),
    ("overdue_rate", Part.DENOMINATOR): (_IS_OPEN, "$b"),
    ("overdue_open", Part.NUMERATOR): (f"{_IS_OPEN} and p.due_at < $b", "$b"),
    ("satisfaction_rate", Part.NUMERATOR): (f"{_SETTLED} and p.satisfaction = 'satisfied'", "p.settled_at"),
    ("satisfaction_rate", Part.DENOMINATOR): (_RATED, "p.settled_at"),
    ("median_days_to_settle", Part.DENOMINATOR): (
        "p.received_at >= $s and p.received_at <= $b and coalesce(p.left_at > $b, true)", "p.received_at"),
}  # fmt: skip
"""The condition of a numerator or denominator, and the instant whose hierarchy and head count."""
BUCKETS = {
    "con-30": (14.0, None), "con-14": (7.0, 14.0), "con-7": (0.0, 7.0), "qua-15": (-15.0, 0.0),
    "qua-30": (-30.0, -15.0), "qua-60": (-60.0, -30.0), "qua-90": (-90.0, -60.0), "qua-91": (None, -90.0),
}  # fmt: skip
"""Days ahead of the deadline by the code in an address: from, to; see the names on the chips."""
PAGE_ROWS = 200
OF_DIALOGUES = ("dialogues_held", "head_chaired_rate")
_CLASSES = {
    "settled_on_time": "p.left_at is null and p.settled_at <= p.due_at",
    "settled_late": "p.left_at is null and p.settled_at > p.due_at",
    "open_in_term": "p.left_at is null and p.settled_at is null and p.due_at >= $b",
    "open_overdue": "p.left_at is null and p.settled_at is null and p.due_at < $b",
    "left_scope": "p.left_at is not null",
}
_OPEN_NOW = "p.left_at is null and p.settled_at is null"
_AHEAD = "(epoch_us(p.due_at) - epoch_us(cast($b as timestamp))) / 86400e6"


@dataclass(frozen=True)
class Listing:
    """A condition on `fct_petitions p` or `fct_dialogues d`, with its parameters."""

    table: str
    where: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def rows(self, world: World, columns: str = "*") -> list[Mapping[str, Any]]:
        return world.rows(f"select {columns} from {self.table} where {self.where}", **self.values)

    def count(self, world: World) -> int:
        answer: int = world.one(f"select count(*) from {self.table} where {self.where}", **self.values)
        return answer


def listing(world: World, view: View) -> Listing | None:
    """Return the list that the URL of `view` opens; None if it opens none."""
    period = world.period(view.calendar, view.period)
    if view.kpi in OF_DIALOGUES:
        return _dialogues(world, view)
    if view.kpi:
        if (view.kpi, view.part) not in _BEHIND:
            return None
        condition, at = _BEHIND[view.kpi, view.part]
        return _petitions(world, view, condition, at, {"s": period.start, "b": period.cutoff})
    return _petitions(world, view, _now(view), "$b", {"s": period.start, "b": world.as_of})


def received(world: World, view: View) -> Listing:
    """The petitions that a unit received in the period, with any outcome."""
    period = world.period(view.calendar, view.period)
    values = {"s": period.start, "b": period.cutoff}
    return _petitions(world, view, "p.received_at >= $s and p.received_at <= $b", "p.received_at", values)


def _now(view: View) -> str:
    """The condition of a list as of the snapshot."""
    if view.petition_class:
        return _CLASSES[view.petition_class]
    if view.meeting:
        return f"{_CLASSES['open_in_term']} and cast(p.due_at as date) < date '{date.fromisoformat(view.meeting)}'"
    least, most = BUCKETS[view.bucket]
    return _OPEN_NOW + "".join(
        f" and {_AHEAD} {sign} {bound}" for sign, bound in _bounds(least, most) if bound is not None
    )


def _bounds(least: float | None, most: float | None) -> list[tuple[str, float | None]]:
    """'Quá hạn đến 15 ngày' includes the fifteenth day, and so on; a petition due at this instant is still in term."""
    if most == 0.0:
        return [(">=", least), ("<", most)]
    is_late = most is not None and most < 0
    return [(">=" if is_late or least == 0.0 else ">", least), ("<" if is_late else "<=", most)]


def _petitions(world: World, view: View, condition: str, at: str, values: Mapping[str, Any]) -> Listing:
    parts, bound = [condition], dict(values)
    day = f"cast({at} as date)"
    of_unit = whose(world, view, "p.responsible_unit_code", day, bound)
    parts += [of_unit] if of_unit else []
    if view.field != "ALL":
        parts.append("p.field_code = $field")
        bound["field"] = view.field
    if view.head:
        parts.append(_held("p.responsible_unit_code = t.unit_code and p.responsible_body = t.body", day))
        bound["head"] = view.head
    where = " and ".join(f"({part})" for part in parts)
    return Listing("fct_petitions p", where, {name: bound[name] for name in bound if f"${name}" in where})


def _dialogues(world: World, view: View) -> Listing:
    period = world.period(view.calendar, view.period)
    bound: dict[str, Any] = {"first": period.first, "last": period.day}
    parts = ["d.held_on >= $first and d.held_on <= $last"]
    of_unit = whose(world, view, "d.unit_code", "d.held_on", bound)
    parts += [of_unit] if of_unit else []
    if (view.kpi, view.part) == ("head_chaired_rate", Part.NUMERATOR):
        parts.append("d.chaired_by_head")
    if view.kpi == "dialogues_held" and view.field != "ALL":
        parts.append("d.main_field = $field")
        bound["field"] = view.field
    if view.head:
        parts.append("$head in (d.party_head_id, d.government_head_id)")
        bound["head"] = view.head
    return Listing("fct_dialogues d", " and ".join(f"({part})" for part in parts), bound)


def whose(world: World, view: View, column: str, day: str, bound: dict[str, Any]) -> str:
    """The condition for the events of the unit, alone or with its subtree of that date; '' for the whole province."""
    on = world.as_of.date() if view.is_of_today else world.period(view.calendar, view.period).day
    whole = world.province(on).code
    if view.breadth == Breadth.UNIT:
        bound["unit"] = view.unit or whole
        return f"{column} = $unit"
    if view.unit in {"", whole}:
        return ""
    bound["unit"] = view.unit
    return f"""exists (
        select 1 from memory.member m where m.ancestor = $unit and m.unit_code = {column}
          and m.from_on <= {day} and (m.to_on is null or m.to_on > {day})
    )"""


def _held(joined: str, day: str) -> str:
    """The condition that $head held the responsible post on the day."""
    return f"""exists (
        select 1 from dim_tenures t where t.head_id = $head and {joined}
          and coalesce(t.from_on <= {day}, true) and coalesce(t.to_on > {day}, true)
    )"""

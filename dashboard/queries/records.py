"""Plans, trainings, decisions, practices and nil returns of units."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.model import Period, UnitSet
from dashboard.queries.membership import of_units
from dashboard.queries.scope import NAMES, Connection, Scope, Values, frame

_NAMED = f"asof left join {NAMES} u on u.unit_code = r.unit_code and u.valid_from <= {{day}}"
_LEADERS = """
    left join (
        select leader_code, any_value(full_name) as full_name from dim_tenures
        where leader_code <> 'vacant' group by leader_code
    ) l using (leader_code)"""


@dataclass(frozen=True)
class _Listing:
    """A table whose rows have a unit and a date: its name, its date column, the columns to show, and joins."""

    table: str
    day: str
    items: str
    joins: str = ""


_TRAININGS = _Listing("fct_trainings", "r.held_on", "r.topic, r.participants")
_PRACTICES = _Listing("fct_practices", "r.published_on", "r.title, r.summary")
_PLACED = """(
    select d.* replace (coalesce(d.unit_code, (
        select arg_max(t.unit_code, t.from_on) from dim_tenures t
        where t.leader_code = d.leader_code and t.from_on <= d.decided_on
    )) as unit_code)
    from fct_decisions d)"""
"""Decisions with their unit; a decision that names only a leader has the unit of the leader's last post by that day."""

_DECISIONS = _Listing(_PLACED, "r.decided_on", "r.decision_no, r.kind, l.full_name, r.form, r.reason", _LEADERS)


def plans(con: Connection, scope: Scope, period: Period, units: UnitSet) -> pd.DataFrame:
    """Return one row per unit of `units` with a plan for the year in which the period ends, furthest behind first:
    unit_name, planned, held (in that calendar year until the period's cutoff), programme_no, file_name, sheet,
    row_number."""
    cutoff = period.cutoff.date()
    values: Values = {"year": period.end.year, "cutoff": cutoff}
    whose = of_units(con, units, "r.unit_code", "$cutoff", values)
    sql = f"""
        with held as (
            select unit_code, count(*) as dialogues from fct_dialogues
            where year(held_on) = $year and held_on <= $cutoff group by unit_code
        )
        select u.display_name as unit_name, r.planned_dialogues as planned, coalesce(h.dialogues, 0) as held,
               r.programme_no, r.file_name, r.sheet, r.row_number
        from (select *, $cutoff as day from fct_plans) r
        left join held h using (unit_code) {_NAMED.format(day="r.day")}
        where r.year = $year and ({whose}) and {scope.where("r.unit_code", values)}
        order by r.planned_dialogues - coalesce(h.dialogues, 0) desc, unit_name collate vi, r.unit_code"""
    return frame(con, sql, values)


def trainings(con: Connection, scope: Scope, period: Period, units: UnitSet) -> pd.DataFrame:
    """Return the trainings of `units` in the period, newest first: day, unit_name, topic, participants, file_name,
    sheet, row_number."""
    return _of_period(con, scope, _TRAININGS, period, units)


def practices(con: Connection, scope: Scope, period: Period, units: UnitSet) -> pd.DataFrame:
    """Return the good practices of `units` published in the period, newest first: day, unit_name, title, summary,
    file_name, sheet, row_number."""
    return _of_period(con, scope, _PRACTICES, period, units)


def decisions(con: Connection, scope: Scope, period: Period, units: UnitSet) -> pd.DataFrame:
    """Return the decisions of the period about `units` and their heads, newest first: day, unit_name, decision_no,
    kind, full_name (of the head concerned, null for decisions on units), form, reason, file_name, sheet, row_number."""
    return _of_period(con, scope, _DECISIONS, period, units)


def decisions_about(con: Connection, scope: Scope, leader_code: str, until: date) -> pd.DataFrame:
    """Return all decisions about one person until `until`, newest first, with the columns of `decisions`."""
    values: Values = {"leader": leader_code, "start": date.min, "end": until}
    return _listed(con, scope, _DECISIONS, "r.leader_code = $leader", values)


def nil_returns(con: Connection, scope: Scope, period: Period, units: UnitSet, above: str = "") -> pd.DataFrame:
    """Return the nil returns of `units`, and of the unit `above` that reports for them, for periods that end in this
    one, oldest first: unit_name, label, received_at."""
    values: Values = {"above": above, "start": period.start, "end": period.end}
    whose = of_units(con, units, "r.unit_code", "r.period_end", values)
    sql = f"""
        select u.display_name as unit_name, p.label, r.received_at
        from (select sender_unit_code as unit_code, * from feed_status where nil_return) r
        join dim_periods p using (calendar, period_type, period_start) {_NAMED.format(day="r.period_end")}
        where r.period_end between $start and $end and (r.unit_code = $above or {whose})
          and {scope.where("r.unit_code", values)}
        order by r.period_end, unit_name collate vi"""
    return frame(con, sql, values)


def _of_period(con: Connection, scope: Scope, listing: _Listing, period: Period, units: UnitSet) -> pd.DataFrame:
    values: Values = {"start": period.start, "end": period.cutoff.date()}
    whose = of_units(con, units, "r.unit_code", listing.day, values)
    return _listed(con, scope, listing, whose, values)


def _listed(con: Connection, scope: Scope, listing: _Listing, whose: str, values: Values) -> pd.DataFrame:
    sql = f"""
        select {listing.day} as day, u.display_name as unit_name, {listing.items}, r.file_name, r.sheet, r.row_number
        from {listing.table} r {listing.joins} {_NAMED.format(day=listing.day)}
        where ({whose}) and {listing.day} between $start and $end and {scope.where("r.unit_code", values)}
        order by day desc, unit_name collate vi, r.row_number"""
    return frame(con, sql, values)

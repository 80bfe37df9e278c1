"""Facts for the cross checks of a sheet: columns derived in SQL from the typed view, the lookups and the other sheets.

A fact is null where all is well; otherwise it holds what the finding tells (the right name, the other's tenure, …).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from ingest.contracts import Column, ValueType
from ingest.periods import Period
from ingest.received import SheetKind
from ingest.typed import TypedSheet
from ingest.units import UnitNames
from warehouse.expectations import literal, quoted


@dataclass(frozen=True)
class Surroundings:
    """What a sheet is checked against: the feed's period, the sender's units, and the other typed sheets."""

    period: Period | None
    subtree: frozenset[str]
    units: UnitNames
    views: Mapping[SheetKind, str]


@dataclass(frozen=True)
class Facts:
    """The facts of a sheet as select items over alias `t`, a typed relation."""

    items: tuple[str, ...]

    def query(self, typed: str) -> str:
        """The rows of `typed` (a view or a parenthesised query) with their facts."""
        return f"select {', '.join(('t.*', *self.items))} from {typed} as t"


def sheet_facts(con: duckdb.DuckDBPyConnection, typed: TypedSheet, around: Surroundings) -> Facts:
    """The facts that the rules of this sheet look at."""
    contract = typed.staged.contract
    facts = [
        fact for column in contract.columns if column.type is ValueType.UNIT for fact in _unit_facts(column, around)
    ]
    if contract.kind is SheetKind.DIALOGUES:
        facts.append(_name_fact(con, typed, around.units))
    if contract.kind is SheetKind.PETITIONS:
        facts += [_dialogue_fact(around), _floor()]
    if contract.kind is SheetKind.TENURES:
        facts.append(_overlap_fact(typed.view))
    return Facts(tuple(facts))


def _unit_facts(column: Column, around: Surroundings) -> list[str]:
    name = f"t.{quoted(column.field)}"
    inherited = f" and {name} is distinct from t.{quoted(column.default)}" if column.default else ""
    known = f"exists (select 1 from lookups.units as u where u.unit_code = {name}{_in_force(column, around.period)})"
    unknown = f"case when {name} is not null{inherited} and not {known} then {name} end"
    within = ", ".join(map(literal, sorted(around.subtree))) or "''"
    elsewhere = f"{name} not in ({within}) and {name} in (select unit_code from lookups.units)"
    foreign = f"case when {elsewhere} then {name} end"
    return [
        f"{unknown} as {quoted(column.field + '__unknown')}",
        f"{foreign} as {quoted(column.field + '__foreign')}",
    ]


def _in_force(column: Column, period: Period | None) -> str:
    """Whether unit `u` was in force on the row's day, or at some time between its two days."""
    day = f"t.{quoted(column.unit_on)}::date"
    if column.unit_until == "period_end":
        until = f"greatest({day}, {literal(period.end)})" if period else day
    else:
        until = f"coalesce(t.{quoted(column.unit_until)}, date '9999-12-31')" if column.unit_until else day
    return f" and ({day} is null or (u.valid_from <= {until} and (u.valid_to is null or u.valid_to > {day})))"


def _name_fact(con: duckdb.DuckDBPyConnection, typed: TypedSheet, units: UnitNames) -> str:
    """`unit_name__other`: the official name of the code, where the name given is not one that the code ever had."""
    pairs = con.execute(
        f"select distinct unit_code, unit_name from {typed.view} where unit_code is not null and unit_name is not null"
    ).fetchall()
    wrong = [(code, name) for code, name in pairs if code in units.codes and not units.is_name_of(name, code)]
    con.register(
        "wrong_names",
        pa.table(
            {
                "code": pa.array([code for code, _ in wrong], pa.string()),
                "name": pa.array([name for _, name in wrong], pa.string()),
                "other": pa.array([units.title(code) for code, _ in wrong], pa.string()),
            }
        ),
    )
    con.execute("create or replace temp table name_differs as select * from wrong_names")
    con.unregister("wrong_names")
    return (
        "(select any_value(w.other) from name_differs as w where w.code = t.unit_code and w.name = t.unit_name) "
        "as unit_name__other"
    )


def _dialogue_fact(around: Surroundings) -> str:
    """`dialogue_code__unknown`: a dialogue that neither this feed nor an earlier one tells of."""
    here = around.views.get(SheetKind.DIALOGUES)
    union = f" union all select dialogue_code from {here}" if here else ""
    known = (
        f"select dialogue_code from (select dialogue_code from raw.dialogues{union}) where dialogue_code is not null"
    )
    return f"case when t.dialogue_code not in ({known}) then t.dialogue_code end as dialogue_code__unknown"


def _floor() -> str:
    """`received_on__floor`: what settled_on must not precede: the day alone where the settling has no time."""
    return (
        "case when t.settled_on__timed then t.received_on else t.received_on::date::timestamp end as received_on__floor"
    )


def _overlap_fact(view: str) -> str:
    """`from_on__overlap`: who else held the post of that unit and body at the same time."""
    return (
        "(select min(o.full_name || ' (' || strftime(o.from_on, '%d/%m/%Y') || ')') "
        f"from {view} as o where o.unit_code = t.unit_code and o.body = t.body and o.row_id <> t.row_id "
        "and o.from_on < coalesce(t.to_on, date '9999-12-31') and t.from_on < coalesce(o.to_on, date '9999-12-31')) "
        "as from_on__overlap"
    )

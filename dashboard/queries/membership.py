"""The units of a subject by day, as SQL: lists and records select units as the figures count them.

A unit counts under its parent on the day of the event; before its start under its first parent, after its end under its
last one, as in `int_unit_spells`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import cast

from dashboard.model import MemberSpell, UnitSet
from dashboard.queries.scope import Connection, Values, rows

_PLACES = """
    select unit_code, parent_code, case when row_number() over in_time > 1 then valid_from end as from_on,
           lead(valid_from) over in_time as to_on
    from dim_units
    where parent_code is distinct from unit_code
    window in_time as (partition by unit_code order by valid_from)"""
Place = tuple[str, str | None, date | None, date | None]


def places(con: Connection) -> Sequence[Place]:
    """Return each unit with the unit above it, and the days [from, to) on which it stands there; None means
    open-ended."""
    return cast("Sequence[Place]", rows(con, _PLACES))


def members_of(con: Connection, unit_code: str) -> list[MemberSpell]:
    """Return `unit_code` and all units that were ever below it, with the days on which they were; adjacent intervals
    are merged. Units that were always below it have no dates."""
    found = sorted(_below(places(con), MemberSpell(unit_code, None, None)), key=_order)
    groups = groupby(found, key=lambda spell: spell.unit_code)
    return [spell for _, group in groups for spell in _joined(list(group))]


def members_on(con: Connection, unit_code: str, day: date) -> set[str]:
    """Return `unit_code` and all units below it on `day`; a unit that has ended is below its last parent."""

    def covers(spell: MemberSpell) -> bool:
        return (spell.from_on is None or spell.from_on <= day) and (spell.to_on is None or spell.to_on > day)

    return {spell.unit_code for spell in members_of(con, unit_code) if covers(spell)}


def _below(found: Sequence[Place], above: MemberSpell) -> Iterator[MemberSpell]:
    """Yield `above` and the units below it within its days."""
    yield above
    for code, parent, since, until in found:
        if parent == above.unit_code:
            first = max(filter(None, (since, above.from_on)), default=None)
            last = min(filter(None, (until, above.to_on)), default=None)
            if first is None or last is None or first < last:
                yield from _below(found, MemberSpell(code, first, last))


def _order(spell: MemberSpell) -> tuple[str, date]:
    return spell.unit_code, spell.from_on or date.min


def _joined(spells: Sequence[MemberSpell]) -> list[MemberSpell]:
    """Merge adjacent intervals of one unit, given oldest first."""
    joined = [spells[0]]
    for spell in spells[1:]:
        last = joined[-1]
        if last.to_on is not None and last.to_on == spell.from_on:
            joined[-1] = MemberSpell(last.unit_code, last.from_on, spell.to_on)
        else:
            joined.append(spell)
    return joined


def of_units(con: Connection, units: UnitSet, column: str, day: str, values: Values) -> str:
    """Return the SQL condition that the unit in `column` belongs to `units` on `day` (SQL of a date).

    Add its parameters to `values`.
    """

    def on_day(since: str, until: str) -> str:
        return f"({since} is null or {day} >= {since}) and ({until} is null or {day} < {until})"

    return of_spells(con, units, column, values, always="true", within=on_day)


def of_spells(
    con: Connection, units: UnitSet, column: str, values: Values, *, always: str, within: Callable[[str, str], str]
) -> str:
    """Return the SQL condition that the unit in `column` belongs to `units`, and that a further condition holds.

    That is `always` for units that always belong to them, and `within(since, until)` for those that do from `since`
    until `until` (exclusive; SQL of dates, null if open-ended). Each code is a parameter of its own, so that DuckDB can
    skip row groups of a table sorted by unit.
    """
    if not units.root:
        return always
    spells = [MemberSpell(units.root, None, None)] if units.is_alone else members_of(con, units.root)
    for_good = [spell.unit_code for spell in spells if spell.from_on is None and spell.to_on is None]
    parts = []
    if for_good:
        parts.append(f"({column} in ({', '.join(_named(values, 'unit', for_good))}) and ({always}))")
    for number, spell in enumerate(spell for spell in spells if spell.from_on or spell.to_on):
        code, since, until = _named(values, f"member{number}_", [spell.unit_code, spell.from_on, spell.to_on])
        since, until = f"cast({since} as date)", f"cast({until} as date)"
        parts.append(f"({column} = {code} and {within(since, until)})")
    return " or ".join(parts) or "false"


def _named(values: Values, prefix: str, items: Sequence[object]) -> list[str]:
    """Add `items` to the parameters; return their names in SQL."""
    values |= {f"{prefix}{number}": item for number, item in enumerate(items)}
    return [f"${prefix}{number}" for number in range(len(items))]

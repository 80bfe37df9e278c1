"""Which units a subject holds on which days, as SQL: lists and records are chosen as figures are counted.

A unit counts where it stands on the day of the event, before it began where it stood first, and after it has ended
where it stood last: as `int_unit_spells` has it.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import cast

from dashboard.model import MemberSpell, UnitSet
from dashboard.queries.scope import Connection, Values, rows

_BELOW = """
with recursive chained as (
    select unit_code, parent_code,
           case when row_number() over in_time > 1 then valid_from end as from_on,
           lead(valid_from) over in_time as to_on
    from dim_units
    window in_time as (partition by unit_code order by valid_from)
),
below as (
    select cast($unit as varchar) as unit_code, cast(null as date) as from_on, cast(null as date) as to_on
    union
    select c.unit_code, greatest(c.from_on, b.from_on), least(c.to_on, b.to_on)
    from chained c join below b on c.parent_code = b.unit_code and c.unit_code <> c.parent_code
    where coalesce(greatest(c.from_on, b.from_on) < least(c.to_on, b.to_on), true)
)
select unit_code, from_on, to_on from below order by unit_code, from_on nulls first
"""


def members_of(con: Connection, unit_code: str) -> list[MemberSpell]:
    """`unit_code` itself and every unit that ever lay below it, with when, spells that follow each other as one; who
    always lay below it carries no dates."""
    found = rows(con, _BELOW, {"unit": unit_code})
    spells = [MemberSpell(*cast("tuple[str, None, None]", row)) for row in found]
    groups = groupby(spells, key=lambda spell: spell.unit_code)
    return [spell for _, group in groups for spell in _joined(list(group))]


def _joined(spells: Sequence[MemberSpell]) -> list[MemberSpell]:
    """Spells of one unit, oldest first, those that touch made one."""
    joined = [spells[0]]
    for spell in spells[1:]:
        last = joined[-1]
        if last.to_on is not None and last.to_on == spell.from_on:
            joined[-1] = MemberSpell(last.unit_code, last.from_on, spell.to_on)
        else:
            joined.append(spell)
    return joined


def of_units(con: Connection, units: UnitSet, column: str, day: str, values: Values) -> str:
    """The condition that the unit in `column` belongs to `units` on `day` (SQL of a date); adds its parameters."""

    def on_day(since: str, until: str) -> str:
        return f"({since} is null or {day} >= {since}) and ({until} is null or {day} < {until})"

    return of_spells(con, units, column, values, always="true", within=on_day)


def of_spells(
    con: Connection, units: UnitSet, column: str, values: Values, *, always: str, within: Callable[[str, str], str]
) -> str:
    """The condition that `always` holds of units that belong to `units` for good, and `within(since, until)` of those
    that belong to it from one day to the day before another (SQL of two dates, null where it is open).

    Codes stand in the statement as single parameters, so that the row groups of a table sorted by unit can be skipped.
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
    """Adds `items` to the parameters; their names in SQL."""
    values |= {f"{prefix}{number}": item for number, item in enumerate(items)}
    return [f"${prefix}{number}" for number in range(len(items))]

"""The hierarchy of units: missing or unknown parents, wrong levels, parents not in force, cycles. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.lookups.days import Days, day_in_words, not_covered
from warehouse.lookups.faults import LookupFault
from warehouse.lookups.spells import spells_by_key
from warehouse.lookups.tables import Row, Spell, Table
from warehouse.lookups.vocabulary import LEVELS

_TOP, *_BELOW = LEVELS
_ROWS_SHOWN = 5
_RANKS = {level: rank for rank, level in enumerate(LEVELS)}


@dataclass(frozen=True)
class Hierarchy:
    """The validity intervals of units by code; `doubtful` are the codes that also have a row with invalid dates."""

    table: Table
    spells: dict[str, Sequence[Spell]]
    doubtful: frozenset[str]

    def parent_spells(self, child: Spell) -> list[Spell]:
        """Return the intervals of the parent that overlap `child`, oldest first."""
        spells = self.spells.get(child.row.text("parent_code"), ())
        return [each for each in spells if each.days.meets(child.days)]

    def way_up(self, child: Spell) -> Iterator[Spell]:
        """Yield the intervals above `child` on its first day, nearest first; endless if there is a cycle."""
        day, spell = child.days.since, child
        while True:
            above = self.spells.get(spell.row.text("parent_code"), ())
            found = next((each for each in above if each.days.since <= day < each.days.until), None)
            if found is None:
                return
            yield found
            spell = found


def hierarchy_faults(table: Table) -> Iterator[LookupFault]:
    """Yield the faults of parents; for the rows of a cycle, only the cycle is reported, once."""
    hierarchy = _hierarchy(table)
    cycles = _cycles(hierarchy)
    in_cycles = {spell.row.number for cycle in cycles for spell in cycle}
    for cycle in cycles:
        yield _round(table, cycle)
    for row in table.rows:
        if row.number not in in_cycles:
            yield from _parent_named(table, row)
    yield from _unknown_parents(table)
    children = [it for spells in hierarchy.spells.values() for it in spells if it.row.number not in in_cycles]
    for child in children:
        yield from _parent_level(hierarchy, child)
    yield from _parents_not_in_force(hierarchy, [it for it in children if it.row.text("level") in _BELOW])


def _hierarchy(table: Table) -> Hierarchy:
    by_key = spells_by_key(table, ("unit_code",))
    spells = {code: found for (code,), found in by_key.items()}
    sound = {spell.row.number for found in spells.values() for spell in found}
    return Hierarchy(
        table, spells, frozenset(row.texts.get("unit_code", "") for row in table.rows if row.number not in sound)
    )


def _cycles(hierarchy: Hierarchy) -> list[tuple[Spell, ...]]:
    """Return each cycle once, as the intervals in force on a day on which it is closed."""
    found: dict[frozenset[str], tuple[Spell, ...]] = {}
    for spells in hierarchy.spells.values():
        for spell in spells:
            cycle = _cycle_through(hierarchy, spell)
            if cycle:
                found.setdefault(frozenset(each.row.text("unit_code") for each in cycle), cycle)
    return list(found.values())


def _cycle_through(hierarchy: Hierarchy, spell: Spell) -> tuple[Spell, ...]:
    """Return the cycle that leads from an interval to its own unit; empty if the path ends or enters another cycle."""
    way = [spell]
    for above in hierarchy.way_up(spell):
        if above.row.text("unit_code") == spell.row.text("unit_code"):
            return tuple(way)
        if above in way:
            return ()
        way.append(above)
    return ()


def _round(table: Table, cycle: tuple[Spell, ...]) -> LookupFault:
    codes = [spell.row.text("unit_code") for spell in cycle]
    since = max(spell.days.since for spell in cycle)
    rows = ", ".join(str(spell.row.number) for spell in cycle)
    return table.fault(
        cycle[0].row,
        "parent_code",
        f"Các đơn vị là cấp trên của nhau thành vòng tròn từ ngày {day_in_words(since)}: "
        f"{' → '.join([*codes, codes[0]])} (dòng {rows}).",
        "Sửa parent_code của một trong các dòng này.",
    )


def _parent_named(table: Table, row: Row) -> Iterator[LookupFault]:
    """Yield a fault for a unit without a parent, and for a province with one."""
    if not row.has("level", "parent_code"):
        return
    level, parent = row.text("level"), row.text("parent_code")
    if not parent and level in _BELOW:
        yield table.fault(
            row,
            "parent_code",
            f"Ô để trống: đơn vị {LEVELS[level]} phải có đơn vị cấp trên.",
            "Ghi mã đơn vị cấp trên; chỉ cấp tỉnh để trống.",
        )
    if parent and level == _TOP:
        yield table.fault(row, "parent_code", "Cấp tỉnh không có đơn vị cấp trên.", "Để trống ô này.")


def _unknown_parents(table: Table) -> Iterator[LookupFault]:
    """Yield one fault for each unknown parent."""
    known = table.codes("unit_code")
    children: dict[str, list[Row]] = {}
    for row in table.rows:
        parent = row.text("parent_code")
        if parent and parent not in known and row.text("level") != _TOP:
            children.setdefault(parent, []).append(row)
    for rows in children.values():
        yield table.fault(
            rows[0],
            "parent_code",
            f"Không có đơn vị nào mang mã này trong units.csv{_also(rows)}.",
            "Sửa mã, hoặc thêm dòng của đơn vị cấp trên.",
        )


def _parent_level(hierarchy: Hierarchy, child: Spell) -> Iterator[LookupFault]:
    """Yield a fault if the parent is not of a higher level."""
    level, parent = child.row.text("level"), child.row.text("parent_code")
    for spell in hierarchy.parent_spells(child):
        over = spell.row.text("level")
        if level in _BELOW and over and _RANKS[over] >= _RANKS[level]:
            yield hierarchy.table.fault(
                child.row,
                "parent_code",
                f"Đơn vị cấp trên {parent} (dòng {spell.row.number}) là {LEVELS[over]}, không ở trên {LEVELS[level]}.",
                "Sửa parent_code hoặc level.",
            )


def _parents_not_in_force(hierarchy: Hierarchy, children: Sequence[Spell]) -> Iterator[LookupFault]:
    """Yield a fault for each known parent and interval in which a child is in force and the parent is not."""
    rows: dict[tuple[str, Days], list[Row]] = {}
    for child in children:
        parent = child.row.text("parent_code")
        if parent in hierarchy.spells and parent not in hierarchy.doubtful:
            above = [spell.days for spell in hierarchy.parent_spells(child)]
            for days in not_covered([child.days], above):
                rows.setdefault((parent, days), []).append(child.row)
    for (parent, days), below in rows.items():
        yield hierarchy.table.fault(
            below[0],
            "parent_code",
            f"Đơn vị cấp trên {parent} không có hiệu lực {days}, trong khi đơn vị {below[0].text('unit_code')} có"
            f"{_also(below)}.",
            "Sửa ngày hiệu lực của một trong hai đơn vị, hoặc ghi đúng đơn vị cấp trên của từng thời gian.",
        )


def _also(rows: Sequence[Row]) -> str:
    """Return a phrase that names the other rows with the same fault; "" if there are none."""
    others = [str(row.number) for row in rows[1:]]
    shown = ", ".join(others[:_ROWS_SHOWN])
    more = f" và {len(others) - _ROWS_SHOWN} dòng nữa" if len(others) > _ROWS_SHOWN else ""
    return f"; dòng {shown}{more} cũng vậy" if others else ""

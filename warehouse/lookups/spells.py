"""Validity of rows from `valid_from` to `valid_to`: reversed, duplicate, open-ended, overlapping. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from warehouse.lookups.days import FOREVER, Days, day_in_words
from warehouse.lookups.faults import LookupFault
from warehouse.lookups.tables import Row, Spell, Table

Spells = Mapping[tuple[str, ...], Sequence[Spell]]
"""The intervals of each key, oldest first."""


def spells_by_key(table: Table, key: Sequence[str]) -> Spells:
    """Return the validity intervals by key, oldest first, of rows with a readable key."""
    found: dict[tuple[str, ...], list[Spell]] = {}
    for row in table.rows:
        if row.spell and row.has(*key):
            found.setdefault(tuple(row.text(column) for column in key), []).append(row.spell)
    for spells in found.values():
        spells.sort(key=lambda spell: (spell.days.since, spell.row.number))
    return found


def reversed_rows(table: Table) -> Iterator[LookupFault]:
    """Yield a fault for each row that ends on or before the day it begins."""
    for row in table.rows:
        since, until = row.day("valid_from"), row.day("valid_to")
        if since and until and since >= until:
            yield table.fault(
                row,
                "valid_to",
                f"Ngày hết hiệu lực phải sau ngày bắt đầu ({day_in_words(since)}).",
                "Sửa một trong hai ngày; valid_to là ngày đầu tiên không còn hiệu lực.",
            )


def clashes(table: Table, key: Sequence[str]) -> Iterator[LookupFault]:
    """Yield a fault for each row that overlaps an earlier row of its key; it names the one of those that ends last."""
    for spells in spells_by_key(table, key).values():
        longest = spells[0]
        for spell in spells[1:]:
            if spell.days.meets(longest.days):
                yield _clash(table, key, longest, spell)
            longest = max(longest, spell, key=lambda each: each.days.until)


def _clash(table: Table, key: Sequence[str], earlier: Spell, later: Spell) -> LookupFault:
    what = " × ".join(later.row.text(column) for column in key) + _names(earlier.row, later.row)
    if earlier.days.since == later.days.since:
        return table.fault(
            later.row,
            "valid_from",
            f"{what}: trùng thời gian hiệu lực với dòng {earlier.row.number}, cùng từ ngày "
            f"{day_in_words(later.days.since)}.",
            "Bỏ một trong hai dòng, hoặc sửa ngày.",
        )
    close = f"Ghi valid_to = {later.days.since.isoformat()} vào dòng {earlier.row.number}"
    if earlier.days.until == FOREVER:
        return table.fault(
            later.row,
            "valid_from",
            f"{what}: dòng mới bắt đầu ngày {day_in_words(later.days.since)} mà dòng cũ (dòng {earlier.row.number}) "
            "chưa ghi ngày hết hiệu lực.",
            f"{close}.",
        )
    shared = Days(later.days.since, min(earlier.days.until, later.days.until))
    return table.fault(
        later.row,
        "valid_from",
        f"{what}: chồng thời gian hiệu lực với dòng {earlier.row.number}, {shared}.",
        f"{close}, hoặc sửa ngày của dòng này.",
    )


def _names(earlier: Row, later: Row) -> str:
    """Return a phrase with both names if two rows of one unit have different names; else ""."""
    names = [" ".join(filter(None, (row.text("unit_type"), row.text("unit_name")))) for row in (earlier, later)]
    return f" có hai tên «{names[0]}» và «{names[1]}»" if names[0] != names[1] else ""

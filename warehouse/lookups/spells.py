"""Validity of rows [valid_from, valid_to): reversed, repeated, unclosed, overlapping, and days not covered. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from warehouse.lookups.faults import LookupFault, day_in_words
from warehouse.lookups.tables import Row, Table

FOREVER = date.max
"""The end of a row without `valid_to`."""


@dataclass(frozen=True)
class Days:
    """Days from `since` to before `until`."""

    since: date
    until: date

    def meets(self, other: "Days") -> bool:
        """Whether the two share a day."""
        return self.since < other.until and other.since < self.until

    def __str__(self) -> str:
        if self.until == FOREVER:
            return f"từ ngày {day_in_words(self.since)} trở đi"
        last = self.until - timedelta(days=1)
        if last == self.since:
            return f"ngày {day_in_words(self.since)}"
        return f"từ ngày {day_in_words(self.since)} đến hết ngày {day_in_words(last)}"


@dataclass(frozen=True)
class Spell:
    """The days on which a row is in force."""

    row: Row
    days: Days


Spells = Mapping[tuple[str, ...], Sequence[Spell]]
"""The spells of each key, the oldest first."""


def spell_of(row: Row) -> Spell | None:
    """The spell of a row; None where a day of it cannot be read or it ends before it begins."""
    since, until = row.day("valid_from"), row.day("valid_to") or FOREVER
    if since is None or not row.has("valid_to") or since >= until:
        return None
    return Spell(row, Days(since, until))


def spells_by_key(table: Table, key: Sequence[str]) -> Spells:
    """The spells of rows whose key can be read."""
    found: dict[tuple[str, ...], list[Spell]] = {}
    for row in table.rows:
        spell = spell_of(row)
        if spell and row.has(*key):
            found.setdefault(tuple(row.text(column) for column in key), []).append(spell)
    for spells in found.values():
        spells.sort(key=lambda spell: (spell.days.since, spell.row.number))
    return found


def reversed_rows(table: Table) -> Iterator[LookupFault]:
    """Rows that end before they begin."""
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
    """Rows of one key that are in force on the same day: each later row against the one before that lasts longest."""
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
    """Both names where two rows of one unit have two."""
    names = [" ".join(filter(None, (row.text("unit_type"), row.text("unit_name")))) for row in (earlier, later)]
    return f" có hai tên «{names[0]}» và «{names[1]}»" if names[0] != names[1] else ""


def not_covered(needed: Iterable[Days], covered: Iterable[Days]) -> list[Days]:
    """The days of `needed` that are in none of `covered`, as few spells as can be."""
    found: list[Days] = []
    by_day = sorted(covered, key=lambda days: days.since)
    for days in joined(needed):
        start = days.since
        for other in by_day:
            if other.since > start:
                found.append(Days(start, min(other.since, days.until)))
            start = max(start, other.until)
            if start >= days.until:
                break
        if start < days.until:
            found.append(Days(start, days.until))
    return found


def joined(spells: Iterable[Days]) -> list[Days]:
    """The same days in as few spells as can be, the oldest first."""
    found: list[Days] = []
    for days in sorted(spells, key=lambda each: each.since):
        if found and days.since <= found[-1].until:
            found[-1] = Days(found[-1].since, max(found[-1].until, days.until))
        else:
            found.append(days)
    return found


def shared_days(some: Iterable[Days], others: Iterable[Days]) -> list[Days]:
    """The days that are in both."""
    pairs = ((one, other) for one in some for other in others)
    common = (Days(max(one.since, other.since), min(one.until, other.until)) for one, other in pairs)
    return joined(days for days in common if days.since < days.until)

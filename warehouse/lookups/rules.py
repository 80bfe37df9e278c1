"""Dated rules: one value for each rule, level and day of the term on which units of that level exist. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.lookups.days import FOREVER, Days, joined, not_covered, shared_days
from warehouse.lookups.faults import LookupFault
from warehouse.lookups.feed_calendar import asked_days
from warehouse.lookups.spells import spells_by_key
from warehouse.lookups.tables import Row, Spell, Table
from warehouse.lookups.vocabulary import CONFERENCES, COUNTED_IN_CONFERENCES, DAY_TYPES, LEVELS, RULES

AT_LEAST_ONE = ("conclusion_days", "settle_days", "acknowledge_days")
"""Limits that must be at least one day: a limit of 0 would end on the day it begins; for a minimum or notice, 0 means
none."""

OF_SENDERS = "feed_due_days"
"""The rule that applies only on days on which the feed calendar requires feeds of the level."""


@dataclass(frozen=True)
class RuleSpell:
    """One dated rule with its Vietnamese names, in force from `valid_from` until `valid_to` (exclusive).

    `day_type` is the unit of `value`.
    """

    rule: str
    level: str
    valid_from: date
    valid_to: date | None
    value: int
    day_type: str
    basis: str

    @property
    def value_in_words(self) -> str:
        """`10 ngày làm việc`, `1 hội nghị`."""
        return f"{self.value} {self.day_type}"


def rule_faults(table: Table, units: Table, calendar: Table, term_start: date) -> Iterator[LookupFault]:
    """Yield a fault for each invalid value, and for each interval without a value."""
    for row in table.rows:
        yield from _value(table, row)
    if not (units.is_read and calendar.is_read):
        return
    needed = _needed_days(units, term_start)
    asked = asked_days(calendar)
    spells = spells_by_key(table, ("rule", "level"))
    for rule in RULES:
        for level in LEVELS:
            days = shared_days(needed[level], asked[level]) if rule == OF_SENDERS else needed[level]
            if days and not _is_doubtful(table, rule, level):
                yield from _gaps(table, rule, level, days, spells.get((rule, level), ()))


def _value(table: Table, row: Row) -> Iterator[LookupFault]:
    if row.text("rule") in AT_LEAST_ONE and row.number_in("value") == 0:
        yield table.fault(row, "value", f"Quy định «{RULES[row.text('rule')]}» phải từ 1 ngày.", "Sửa lại số ngày.")


def _needed_days(units: Table, term_start: date) -> Mapping[str, list[Days]]:
    """Return the days of the term on which units are in force, by level."""
    spells = [row.spell for row in units.rows if row.spell]
    term = [Days(term_start, FOREVER)]
    return {
        level: shared_days(joined(it.days for it in spells if it.row.text("level") == level), term) for level in LEVELS
    }


def _is_doubtful(table: Table, rule: str, level: str) -> bool:
    """Whether a row that cannot be fully read may belong to this rule and level."""
    return any(
        row.spell is None or not row.has("rule", "level")
        for row in table.rows
        if row.texts.get("rule") not in {*RULES} - {rule} and row.texts.get("level") not in {*LEVELS} - {level}
    )


def _gaps(
    table: Table, rule: str, level: str, needed: Sequence[Days], spells: Sequence[Spell]
) -> Iterator[LookupFault]:
    what = f"{rule} × {level} ({RULES[rule]}, {LEVELS[level]})"
    if not spells:
        yield table.fault(
            None,
            "level",
            f"Thiếu quy định {what}, trong khi có đơn vị {LEVELS[level]} {needed[0]}.",
            "Thêm một dòng cho quy định và cấp này.",
        )
        return
    for days in not_covered(needed, [spell.days for spell in spells]):
        before = [spell for spell in spells if spell.days.until <= days.since]
        row = before[-1].row if before else spells[0].row
        yield table.fault(
            row,
            "valid_to" if before else "valid_from",
            f"Không có giá trị nào của {what} {days}, trong khi có đơn vị {LEVELS[level]}.",
            "Sửa ngày hiệu lực cho các dòng nối liền nhau, hoặc thêm dòng cho thời gian này.",
        )


def rules_in_words(table: Table) -> list[RuleSpell]:
    """Return all dated rules of a table without faults, by rule and level, oldest first."""
    order = [(rule, level) for rule in RULES for level in LEVELS]
    spells = spells_by_key(table, ("rule", "level"))
    return [_in_words(spell.row) for key in order for spell in spells.get(key, ())]


def _in_words(row: Row) -> RuleSpell:
    since = row.day("valid_from")
    if since is None:
        raise ValueError(f"row {row.number} has no first day")
    return RuleSpell(
        rule=RULES[row.text("rule")],
        level=LEVELS[row.text("level")],
        valid_from=since,
        valid_to=row.day("valid_to"),
        value=int(row.number_in("value") or 0),
        day_type=CONFERENCES if row.text("rule") == COUNTED_IN_CONFERENCES else DAY_TYPES[row.text("day_type")],
        basis=row.text("basis"),
    )

"""Displaced feeds: most rows of a sheet speak of another sender or another period than the cover does.

Then one cell of the cover is wrong, or the file: that is told once, in place of every row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.checking.context import Desk
from ingest.model.findings import Finding
from ingest.model.received import SheetKind
from ingest.rules.cover import Cover, sender_name
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import TypedSheet
from warehouse.expectations import literal

FEWEST = 3
"""So many rows at least, and more than half of the sheet's, make a displaced feed."""


@dataclass(frozen=True)
class _Sign:
    """A rule about single rows that tells of a displaced feed where most rows of the sheet break it."""

    kind: SheetKind
    rule: str
    field: str
    told: str


_SIGNS = (
    _Sign(SheetKind.DIALOGUES, "foreign_unit", "unit_code", "rows_of_another_sender"),
    _Sign(SheetKind.PETITIONS, "foreign_unit", "unit_code", "rows_of_another_sender"),
    _Sign(SheetKind.DIALOGUES, "dialogue_outside_period", "held_on", "rows_of_another_period"),
    _Sign(SheetKind.PETITIONS, "received_after_period", "received_on", "rows_of_another_period"),
)


def without_displaced(
    desk: Desk,
    cover: Cover,
    staged: Mapping[SheetKind, StagedSheet],
    sheets: Sequence[TypedSheet],
    found: list[Finding],
) -> list[Finding]:
    """The findings, those of a displaced feed's rows replaced by one about the cover."""
    views = {typed.staged.contract.kind: typed for typed in sheets}
    there = [sign for sign in _SIGNS if sign.kind in views and _is_displaced(desk, views[sign.kind], sign)]
    if not there or SheetKind.COVER not in staged:
        return found
    rules = {sign.rule for sign in there}
    return [
        *(each for each in found if each.rule not in rules),
        *_told(desk, cover, staged[SheetKind.COVER], {sign.told: (sign, views[sign.kind]) for sign in reversed(there)}),
    ]


def _is_displaced(desk: Desk, typed: TypedSheet, sign: _Sign) -> bool:
    rows = _faulty(desk, sign)
    return rows >= FEWEST and rows * 2 > typed.staged.rows


def _faulty(desk: Desk, sign: _Sign) -> int:
    rule = f"{sign.rule}:{sign.field}"
    ((rows,),) = desk.con.execute(f"select count(*) from faults_{sign.kind} where rule = ?", [rule]).fetchall()
    return int(rows)


def _told(
    desk: Desk, cover: Cover, staged: StagedSheet, there: Mapping[str, tuple[_Sign, TypedSheet]]
) -> Iterator[Finding]:
    """One finding about the sender, one about the period, each of the first sheet that tells of it."""
    for rule, (sign, typed) in there.items():
        value = cover.sender_unit_code if sign.field == "unit_code" else cover.period and cover.period.code
        counted = f"{_faulty(desk, sign)}/{typed.staged.rows}"
        told = desk.teller.about_cover(rule, staged, cover, value or "", counted, **_words(desk, cover, typed, sign))
        yield replace(told, row_key="")


def _words(desk: Desk, cover: Cover, typed: TypedSheet, sign: _Sign) -> dict[str, str]:
    """Whose the rows are, or from which day to which they are, as the sentence needs it."""
    rule = literal(f"{sign.rule}:{sign.field}")
    rows = f"from {typed.view} as t join faults_{sign.kind} as f on f.row = t.row_id and f.rule = {rule}"
    if sign.field == "unit_code":
        units = "left join lookups.units as u on u.unit_code = t.unit_code"
        ((other,),) = desk.con.execute(
            f"select coalesce(u.parent_code, t.unit_code) as other {rows} {units} "
            "group by other order by count(*) desc, other limit 1"
        ).fetchall()
        name = sender_name(desk.con, replace(cover, sender_unit_code=other))
        return {"sheet": typed.staged.name, "other": f"{other} – {name}"}
    ((first, last),) = desk.con.execute(
        f"select min({sign.field})::date::varchar, max({sign.field})::date::varchar {rows}"
    ).fetchall()
    return {"sheet": typed.staged.name, "first": first, "last": last}

"""Wrong covers: most rows of a sheet belong to another sender or another period than the cover states.

Then one cell of the cover is wrong, or it is the wrong file: one finding about the cover replaces those about the rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.checking.context import CheckContext
from ingest.model.findings import Finding
from ingest.model.received import SheetKind
from ingest.rules.cover import Cover, sender_name
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import TypedSheet
from warehouse.sql import literal

FEWEST = 3
"""Minimum number of such rows; they must also be more than half of the sheet."""


@dataclass(frozen=True)
class _Sign:
    """A rule about rows that points to a wrong cover if most rows break it, and the rule about the cover for that."""

    kind: SheetKind
    rule: str
    field: str
    cover_rule: str


_SIGNS = (
    _Sign(SheetKind.DIALOGUES, "foreign_unit", "unit_code", "rows_of_another_sender"),
    _Sign(SheetKind.PETITIONS, "foreign_unit", "unit_code", "rows_of_another_sender"),
    _Sign(SheetKind.DIALOGUES, "dialogue_outside_period", "held_on", "rows_of_another_period"),
    _Sign(SheetKind.PETITIONS, "received_after_period", "received_on", "rows_of_another_period"),
)


def merge_wrong_cover(
    context: CheckContext,
    cover: Cover,
    staged: Mapping[SheetKind, StagedSheet],
    sheets: Sequence[TypedSheet],
    found: list[Finding],
) -> list[Finding]:
    """Return the findings; if most rows are of another sender or period, findings about the cover replace theirs."""
    views = {typed.staged.contract.kind: typed for typed in sheets}
    found_signs = [sign for sign in _SIGNS if sign.kind in views and _holds(context, views[sign.kind], sign)]
    if not found_signs or SheetKind.COVER not in staged:
        return found
    rules = {sign.rule for sign in found_signs}
    signs = {sign.cover_rule: (sign, views[sign.kind]) for sign in reversed(found_signs)}
    return [
        *(each for each in found if each.rule not in rules),
        *_cover_findings(context, cover, staged[SheetKind.COVER], signs),
    ]


def _holds(context: CheckContext, typed: TypedSheet, sign: _Sign) -> bool:
    rows = _violating(context, sign)
    return rows >= FEWEST and rows * 2 > typed.staged.rows


def _violating(context: CheckContext, sign: _Sign) -> int:
    rule = f"{sign.rule}:{sign.field}"
    ((rows,),) = context.con.execute(f"select count(*) from violations_{sign.kind} where rule = ?", [rule]).fetchall()
    return int(rows)


def _cover_findings(
    context: CheckContext, cover: Cover, staged: StagedSheet, signs: Mapping[str, tuple[_Sign, TypedSheet]]
) -> Iterator[Finding]:
    """At most one finding about the sender and one about the period, each with the first sheet that shows it."""
    for rule, (sign, typed) in signs.items():
        value = cover.sender_unit_code if sign.field == "unit_code" else cover.period and cover.period.code
        counted = f"{_violating(context, sign)}/{typed.staged.rows}"
        words = _words(context, cover, typed, sign)
        yield replace(context.builder.about_cover(rule, staged, cover, value or "", counted, **words), row_key="")


def _words(context: CheckContext, cover: Cover, typed: TypedSheet, sign: _Sign) -> dict[str, str]:
    """The words for the sentence: the unit that most of the rows belong to, or their first and last date."""
    rule = literal(f"{sign.rule}:{sign.field}")
    rows = f"from {typed.view} as t join violations_{sign.kind} as f on f.row = t.row_id and f.rule = {rule}"
    if sign.field == "unit_code":
        units = "left join lookups.units as u on u.unit_code = t.unit_code"
        ((other,),) = context.con.execute(
            f"select coalesce(u.parent_code, t.unit_code) as other {rows} {units} "
            "group by other order by count(*) desc, other limit 1"
        ).fetchall()
        name = sender_name(context.con, replace(cover, sender_unit_code=other))
        return {"sheet": typed.staged.name, "other": f"{other} – {name}"}
    ((first, last),) = context.con.execute(
        f"select min({sign.field})::date::varchar, max({sign.field})::date::varchar {rows}"
    ).fetchall()
    return {"sheet": typed.staged.name, "first": first, "last": last}

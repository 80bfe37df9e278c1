"""Changed settlements: petitions that landed as settled, but are open or settled on another date in this feed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from ingest.checking.context import CheckContext
from ingest.checking.version_diff import landing_rows
from ingest.model.findings import Finding, digest
from ingest.model.received import SheetKind
from ingest.rules.cover import Cover
from ingest.rules.violations import Violation
from ingest.staging.typed_sheet import TypedSheet
from warehouse.sql import literal

_OPEN = ("in_progress", "not_started")
_SETTLED = ("resolved", "explained")
_NAMED = 5
_FIELDS = {"settled_opened_again": "outcome", "settled_day_moved": "settled_on"}


@dataclass(frozen=True)
class _Row:
    """A petition that was settled before, and its state in this feed."""

    rule: str
    row: int
    part: int
    row_number: int
    code: str
    settled: date | None
    settled_before: date

    @property
    def change(self) -> str:
        """The change in words: the date of settlement before and now."""
        now = f"{self.settled:%d/%m/%Y}" if self.settled else "chưa xong"
        return f"{self.code}: trước {self.settled_before:%d/%m/%Y}, nay {now}"


def settled_change_findings(context: CheckContext, cover: Cover, sheets: Sequence[TypedSheet]) -> list[Finding]:
    """At most one finding about reopened petitions, and one about those settled on another date.

    Needs temporary table `feeds_before`, which `code_reuse_findings` creates.
    """
    petitions = next((each for each in sheets if each.staged.contract.kind is SheetKind.PETITIONS), None)
    if petitions is None or not cover.sender_unit_code or not cover.period:
        return []
    here = landing_rows(petitions.staged.contract, petitions)
    with context.history.landed() as raw:
        rows = context.con.execute(_changed(here, raw), [cover.period.end]).fetchall()
    return list(_findings(context, petitions, [_Row(*row) for row in rows]))


def _changed(here: str, raw: str) -> str:
    """Query the rows whose newest earlier listing, of this or an earlier period, says that the petition was settled."""
    return (
        f"with here as ({here}), before as (select l.petition_code, l.received_on::date as day, l.outcome, "
        "l.settled_on::date as settled, f.period_end, f.arrival "
        f"from {raw}.petitions as l join feeds_before as f using (feed_id) "
        "where f.is_own and f.period_end <= ? and l.petition_code in (select petition_code from here)), "
        "newest as (select h.*, b.outcome as outcome_before, b.settled as settled_before from here as h "
        "join before as b on b.petition_code = h.petition_code and b.day = h.received_on::date "
        "qualify row_number() over (partition by h.row_id order by b.period_end desc, b.arrival desc) = 1) "
        f"select if(outcome in {_OPEN}, 'settled_opened_again', 'settled_day_moved') as rule, row_id, part, "
        "row_number, petition_code, settled_on::date, settled_before from newest "
        f"where outcome_before in {_SETTLED} and (outcome in {_OPEN} or outcome in {_SETTLED} "
        "and settled_on::date <> settled_before) order by rule desc, row_id"
    )


def _findings(context: CheckContext, typed: TypedSheet, rows: Sequence[_Row]) -> Iterator[Finding]:
    for rule, field in _FIELDS.items():
        if found := [each for each in rows if each.rule == rule]:
            _write_violations(context, rule, field, found)
            first = found[0]
            named = "; ".join(each.change for each in found[:_NAMED]) + ("; …" if len(found) > _NAMED else "")
            fact = digest(*(each.change for each in sorted(found, key=lambda it: it.code)))
            value = first.code if len(found) == 1 else ""
            violation = Violation(first.part, first.row_number, value, "", first.code, fact)
            words = {"counted": f"{len(found)} kiến nghị", "named": named}
            yield context.builder.about_rows(rule, typed.staged, field, violation, words, count=len(found))


def _write_violations(context: CheckContext, rule: str, field: str, rows: Sequence[_Row]) -> None:
    """Add the rows to the sheet's violations of the rule."""
    context.con.register("changed_rows", pa.table({"row": pa.array([each.row for each in rows], pa.int64())}))
    context.con.execute(
        f"insert into violations_petitions by name select row, {literal(f'{rule}:{field}')} as rule, "
        f"{literal(rule)} as id, 'warn' as tier from changed_rows"
    )
    context.con.unregister("changed_rows")

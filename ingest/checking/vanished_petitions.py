"""Gone petitions: open in what the same sender sent before, and in this feed no more, be it in quarantine."""

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from ingest.checking.context import Desk
from ingest.findings.overflow import COLUMNS, FoldedFinding
from ingest.lookups.periods import Period, read_period
from ingest.model.findings import Finding, digest
from ingest.model.received import SheetKind
from ingest.rules.cover import Cover
from ingest.rules.violations import MAX_TOLD
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import TypedSheet

_OPEN = "outcome in ('in_progress', 'not_started')"
_NAMED = 5


def gone_open(desk: Desk, cover: Cover, cover_sheet: StagedSheet | None, sheets: Sequence[TypedSheet]) -> list[Finding]:
    """Petitions open in the last version of the period that had them, or in the report before, and here no more.

    Each version tells of them again: a petition is not back because a later version lacks it too. A nil return is told
    once of all that was open.
    """
    if not cover.sender_unit_code or not cover.period:
        return []
    petitions = next((each for each in sheets if each.staged.contract.kind is SheetKind.PETITIONS), None)
    _keep_withdrawn(desk, cover.sender_unit_code, cover.period, petitions)
    before = _keep_not_listed(desk, cover.sender_unit_code, cover.period, petitions)
    if cover.nil_return and before and cover_sheet and (codes := _codes(desk)):
        named = ", ".join(codes[:_NAMED]) + (", …" if len(codes) > _NAMED else "")
        counted = f"{len(codes)} kiến nghị chưa giải quyết xong ({named})"
        told = desk.teller.about_cover("nil_return_with_open", cover_sheet, cover, "Có", counted, period=before)
        return [*_told(desk, petitions, "open_petition_withdrawn", "withdrawn"), told]
    return [
        *_told(desk, petitions, "open_petition_withdrawn", "withdrawn"),
        *_told(desk, petitions, "open_petition_not_listed", "not_listed", before),
    ]


def gone_settled(desk: Desk, cover: Cover, sheets: Sequence[TypedSheet]) -> list[Finding]:
    """Dialogues, and petitions that were closed, in an earlier version of this period and here no more: one a sheet."""
    if not cover.sender_unit_code or not cover.period:
        return []
    views = {each.staged.contract.kind: each for each in sheets}
    return [
        _withdrawn_rows(desk, kind, views.get(kind), codes, counted)
        for kind, code, outcome, counted in _KEPT_FOR_GOOD
        if (
            codes := _not_listed_again(
                desk, cover.sender_unit_code, cover.period, (kind, code, outcome), views.get(kind)
            )
        )
    ]


_KEPT_FOR_GOOD = (
    (SheetKind.DIALOGUES, "dialogue_code", "null", "hội nghị"),
    (SheetKind.PETITIONS, "petition_code", "p.outcome", "kiến nghị đã có kết quả"),
)
"""Sheets, their keys, what makes a row open, and what their rows are called."""


def _not_listed_again(
    desk: Desk, sender: str, period: Period, sheet: tuple[SheetKind, str, str], here: TypedSheet | None
) -> list[str]:
    kind, code, outcome = sheet
    listed = f"{code} not in (select {code} from {here.view} where {code} is not null)" if here else "true"
    rows = desk.con.execute(
        f"select {code} from (select p.{code}, arg_max({outcome}, f.version) as outcome from raw.{kind} as p "
        f"join raw.feeds as f using (feed_id) where f.sender_unit_code = ? and f.period_code = ? group by p.{code}) "
        f"where not coalesce({_OPEN}, false) and {listed} order by 1",
        [sender, period.code],
    ).fetchall()
    return [str(found) for (found,) in rows]


def _withdrawn_rows(desk: Desk, kind: SheetKind, here: TypedSheet | None, codes: list[str], counted: str) -> Finding:
    named = ", ".join(codes[:_NAMED]) + (", …" if len(codes) > _NAMED else "")
    sheet = here.staged.name if here else desk.contracts.sheets[kind].name
    told = desk.teller.about_feed("rows_withdrawn", sheet, counted=f"{len(codes)} {counted}", named=named)
    row_key = codes[0] if len(codes) == 1 else ""
    return replace(told, sheet_kind=kind.value, row_key=row_key, count=len(codes), fact=digest(*codes))


def _keep_withdrawn(desk: Desk, sender: str, period: Period, petitions: TypedSheet | None) -> None:
    """Temporary table `withdrawn`: of earlier versions of this period."""
    desk.con.execute(
        "create or replace temp table withdrawn as select row_number() over (order by petition_code) as number, "
        "petition_code, outcome from (select p.petition_code, arg_max(p.outcome, f.version) as outcome "
        "from raw.petitions as p join raw.feeds as f using (feed_id) where f.sender_unit_code = ? "
        f"and f.period_code = ? group by p.petition_code) where {_OPEN} and {_not_here(petitions)}",
        [sender, period.code],
    )


def _keep_not_listed(desk: Desk, sender: str, period: Period, petitions: TypedSheet | None) -> str:
    """Temporary table `not_listed`: of the report before, whose period is returned; "" where there is none."""
    feed_id, code = _report_before(desk, sender, period)
    if code:
        desk.memory.bring(sender, code)
    desk.con.execute(
        "create or replace temp table not_listed as select row_number() over (order by petition_code) as number, "
        f"petition_code, outcome from raw.petitions where feed_id = ? and {_OPEN} and {_not_here(petitions)} "
        "and petition_code not in (select petition_code from withdrawn)",
        [feed_id],
    )
    return code


def _report_before(desk: Desk, sender: str, period: Period) -> tuple[str, str]:
    """Feed and period of the sender's newest report for an earlier period; none where a later period was reported."""
    rows = desk.con.execute(
        "select feed_id, period_code from raw.feeds where status = 'accepted' and sender_unit_code = ? "
        "and received_at <= ? qualify version = max(version) over (partition by period_code)",
        [sender, desk.now],
    ).fetchall()
    known = [(found, feed_id) for feed_id, code in rows if (found := read_period(code).value)]
    earlier = [(found.end, found.start, feed_id, found.code) for found, feed_id in known if found.end < period.start]
    if not earlier or any(found.start > period.end for found, _ in known):
        return "", ""
    _, _, feed_id, code = max(earlier)
    return feed_id, code


def _not_here(petitions: TypedSheet | None) -> str:
    if petitions is None:
        return "true"
    return f"petition_code not in (select petition_code from {petitions.view} where petition_code is not null)"


def _codes(desk: Desk) -> list[str]:
    return [code for (code,) in desk.con.execute("select petition_code from not_listed order by number").fetchall()]


def _told(
    desk: Desk, petitions: TypedSheet | None, rule: str, table: str, period: str = ""
) -> list[Finding | FoldedFinding]:
    """The petitions of a table one by one; those beyond MAX_TOLD as one, and one by one among the folded findings."""
    sheet = petitions.staged.name if petitions else ""
    rows = desk.con.execute(f"select petition_code, outcome from {table} order by number").fetchall()
    told = [desk.teller.gone(rule, sheet, code, outcome, period) for code, outcome in rows]
    return [*told[:MAX_TOLD], *_folded(desk, told[MAX_TOLD:])]


def _folded(desk: Desk, rest: Sequence[Finding]) -> list[FoldedFinding]:
    if not rest:
        return []
    columns = {name: pa.array([_plain(getattr(each, name)) for each in rest]) for name in COLUMNS}
    desk.con.register("more_gone", pa.table(columns))
    desk.con.execute("insert into folded_findings by name select * from more_gone")
    desk.con.unregister("more_gone")
    message = f"Còn {len(rest)} kiến nghị nữa như vậy. {rest[-1].message}"
    return [FoldedFinding(**vars(replace(rest[-1], message=message, value="", count=len(rest))))]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value

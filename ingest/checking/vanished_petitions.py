"""Petitions and dialogues of the sender's earlier feeds that this feed no longer lists, not even in quarantine."""

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from ingest.checking.context import CheckContext
from ingest.findings.overflow import COLUMNS, OverflowFinding
from ingest.lookups.periods import Period, read_period
from ingest.model.findings import Finding, digest
from ingest.model.received import SheetKind
from ingest.rules.cover import Cover
from ingest.rules.violations import MAX_LISTED
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import TypedSheet

_OPEN = "outcome in ('in_progress', 'not_started')"
_NAMED = 5


def vanished_open_findings(
    context: CheckContext, cover: Cover, cover_sheet: StagedSheet | None, sheets: Sequence[TypedSheet]
) -> list[Finding]:
    """Findings about petitions that are missing here, but were open when an earlier version last listed them.

    Petitions that were open in the report before this period are treated alike. Every version reports them again: a
    petition that two versions lack is still missing. A nil return gets one finding about all petitions that were open
    in the report before.
    """
    if not cover.sender_unit_code or not cover.period:
        return []
    petitions = next((each for each in sheets if each.staged.contract.kind is SheetKind.PETITIONS), None)
    _write_withdrawn(context, cover.sender_unit_code, cover.period, petitions)
    before = _write_not_listed(context, cover.sender_unit_code, cover.period, petitions)
    if cover.nil_return and before and cover_sheet and (codes := _codes(context)):
        named = ", ".join(codes[:_NAMED]) + (", …" if len(codes) > _NAMED else "")
        counted = f"{len(codes)} kiến nghị chưa giải quyết xong ({named})"
        nil = context.builder.about_cover("nil_return_with_open", cover_sheet, cover, "Có", counted, period=before)
        return [*_findings(context, petitions, "open_petition_withdrawn", "withdrawn"), nil]
    return [
        *_findings(context, petitions, "open_petition_withdrawn", "withdrawn"),
        *_findings(context, petitions, "open_petition_not_listed", "not_listed", before),
    ]


def vanished_settled_findings(context: CheckContext, cover: Cover, sheets: Sequence[TypedSheet]) -> list[Finding]:
    """One finding per sheet about dialogues or settled petitions of earlier versions that are missing here."""
    if not cover.sender_unit_code or not cover.period:
        return []
    views = {each.staged.contract.kind: each for each in sheets}
    return [
        _withdrawn_rows(context, kind, views.get(kind), codes, counted)
        for kind, code, outcome, counted in _PERMANENT
        if (
            codes := _not_listed_again(
                context, cover.sender_unit_code, cover.period, (kind, code, outcome), views.get(kind)
            )
        )
    ]


_PERMANENT = (
    (SheetKind.DIALOGUES, "dialogue_code", "null", "hội nghị"),
    (SheetKind.PETITIONS, "petition_code", "p.outcome", "kiến nghị đã có kết quả"),
)
"""The sheets whose rows may not disappear: their key, SQL for the outcome, and the Vietnamese word for their rows."""


def _not_listed_again(
    context: CheckContext, sender: str, period: Period, sheet: tuple[SheetKind, str, str], here: TypedSheet | None
) -> list[str]:
    kind, code, outcome = sheet
    listed = f"{code} not in (select {code} from {here.view} where {code} is not null)" if here else "true"
    rows = context.con.execute(
        f"select {code} from (select p.{code}, arg_max({outcome}, f.version) as outcome from raw.{kind} as p "
        f"join raw.feeds as f using (feed_id) where f.sender_unit_code = ? and f.period_code = ? group by p.{code}) "
        f"where not coalesce({_OPEN}, false) and {listed} order by 1",
        [sender, period.code],
    ).fetchall()
    return [str(found) for (found,) in rows]


def _withdrawn_rows(
    context: CheckContext, kind: SheetKind, here: TypedSheet | None, codes: list[str], counted: str
) -> Finding:
    named = ", ".join(codes[:_NAMED]) + (", …" if len(codes) > _NAMED else "")
    sheet = here.staged.name if here else context.contracts.sheets[kind].name
    finding = context.builder.about_feed("rows_withdrawn", sheet, counted=f"{len(codes)} {counted}", named=named)
    row_key = codes[0] if len(codes) == 1 else ""
    return replace(finding, sheet_kind=kind.value, row_key=row_key, count=len(codes), fact=digest(*codes))


def _write_withdrawn(context: CheckContext, sender: str, period: Period, petitions: TypedSheet | None) -> None:
    """Write the missing petitions that were open in earlier versions of this period to temporary table `withdrawn`."""
    context.con.execute(
        "create or replace temp table withdrawn as select row_number() over (order by petition_code) as number, "
        "petition_code, outcome from (select p.petition_code, arg_max(p.outcome, f.version) as outcome "
        "from raw.petitions as p join raw.feeds as f using (feed_id) where f.sender_unit_code = ? "
        f"and f.period_code = ? group by p.petition_code) where {_OPEN} and {_not_here(petitions)}",
        [sender, period.code],
    )


def _write_not_listed(context: CheckContext, sender: str, period: Period, petitions: TypedSheet | None) -> str:
    """Write the missing petitions that were open in the report before to temporary table `not_listed`.

    Return the period of that report, or "" if there is none.
    """
    feed_id, code = _report_before(context, sender, period)
    if code:
        context.history.load_period(sender, code)
    context.con.execute(
        "create or replace temp table not_listed as select row_number() over (order by petition_code) as number, "
        f"petition_code, outcome from raw.petitions where feed_id = ? and {_OPEN} and {_not_here(petitions)} "
        "and petition_code not in (select petition_code from withdrawn)",
        [feed_id],
    )
    return code


def _report_before(context: CheckContext, sender: str, period: Period) -> tuple[str, str]:
    """Feed and period of the sender's last earlier report; empty without one, or if a later period was reported."""
    rows = context.con.execute(
        "select feed_id, period_code from raw.feeds where status = 'accepted' and sender_unit_code = ? "
        "and received_at <= ? qualify version = max(version) over (partition by period_code)",
        [sender, context.now],
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


def _codes(context: CheckContext) -> list[str]:
    return [code for (code,) in context.con.execute("select petition_code from not_listed order by number").fetchall()]


def _findings(
    context: CheckContext, petitions: TypedSheet | None, rule: str, table: str, period: str = ""
) -> list[Finding | OverflowFinding]:
    """One finding per petition in the table, up to MAX_LISTED, and one for the rest, which are overflow findings."""
    sheet = petitions.staged.name if petitions else ""
    rows = context.con.execute(f"select petition_code, outcome from {table} order by number").fetchall()
    findings = [context.builder.vanished_petition(rule, sheet, code, outcome, period) for code, outcome in rows]
    return [*findings[:MAX_LISTED], *_overflow(context, findings[MAX_LISTED:])]


def _overflow(context: CheckContext, rest: Sequence[Finding]) -> list[OverflowFinding]:
    if not rest:
        return []
    columns = {name: pa.array([_plain(getattr(each, name)) for each in rest]) for name in COLUMNS}
    context.con.register("more_vanished", pa.table(columns))
    context.con.execute("insert into overflow_findings by name select * from more_vanished")
    context.con.unregister("more_vanished")
    message = f"Còn {len(rest)} kiến nghị nữa như vậy. {rest[-1].message}"
    return [OverflowFinding(**vars(replace(rest[-1], message=message, value="", count=len(rest))))]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value

"""Reused codes: codes in a feed that stood for another petition or dialogue in an earlier feed of any sender.

Both records count, under separate ids; one finding per sheet asks the sender whether that is intended. It says nothing
about other senders' records but that they have the code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from ingest.checking.context import CheckContext
from ingest.checking.version_diff import landing_rows
from ingest.lookups.periods import Period, read_period
from ingest.model.findings import Finding, digest
from ingest.model.received import SheetKind
from ingest.rules.cover import Cover
from ingest.rules.violations import Violation
from ingest.staging.typed_sheet import TypedSheet
from warehouse.sql import literal

RULE = "code_reused"
_NAMED = 5
_MANY = 3
"""This many reused codes in a sheet are not a slip: numbering was restarted, or two offices share a series."""

_LONGEST = 60
"""Maximum number of characters of the sender's own text in a message."""


@dataclass(frozen=True)
class _Reused:
    """A row, and the newest earlier listing of its code (the sender's own, if any).

    `text` is empty unless the sender wrote it.
    """

    row: int
    part: int
    row_number: int
    code: str
    day: date
    fact: str
    feed_id: str
    day_before: date
    text: str


@dataclass(frozen=True)
class _Sheet:
    """How rows of a sheet are compared: code, date, and the condition under which two listings are the same.

    `text` is SQL for the earlier text to show, `kept` the Vietnamese words for what must stay the same.
    """

    code: str
    day: str
    same: str
    text: str
    kept: str


WORDS = "nullif(trim(regexp_replace(lower(nfc_normalize({0}.summary)), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g')), '')"
"""SQL for the words of the petition text of alias `{0}`, like the dbt macro `words_of`; null if it has none."""

_SHEETS = {
    SheetKind.PETITIONS: _Sheet(
        "petition_code",
        "received_on",
        f"h.day = l.day or {WORDS.format('h')} = {WORDS.format('l')}",
        "summary",
        "ngày tiếp nhận hoặc nội dung",
    ),
    SheetKind.DIALOGUES: _Sheet(
        "dialogue_code",
        "held_on",
        "h.day = l.day and h.unit_code = l.unit_code",
        "null::varchar",
        "đơn vị và ngày tổ chức",
    ),
}


def code_reuse_findings(
    context: CheckContext, cover: Cover, sheets: Sequence[TypedSheet], own: str | None
) -> list[Finding]:
    """One finding per sheet with reused codes; `own` is the id of a feed that is rechecked, None for a new one."""
    if not cover.sender_unit_code or not cover.period:
        return []
    _write_feeds_before(context, cover.sender_unit_code, cover.period, own)
    with context.history.landed() as raw:
        found = [(typed, _reused(context, typed, raw)) for typed in sheets if typed.staged.contract.kind in _SHEETS]
    return [_finding(context, cover, typed, rows) for typed, rows in found if rows]


def _write_feeds_before(context: CheckContext, sender: str, period: Period, own: str | None) -> None:
    """Write the accepted feeds to temporary table `feeds_before`, numbered in order of arrival.

    For a feed that is rechecked, these are only the feeds that landed before it (`own`).
    """
    before = "rowid < (select rowid from raw.feeds where feed_id = ?)" if own else "true"
    rows = context.con.execute(
        "select feed_id, sender_unit_code, period_code, version, row_number() over (order by received_at, rowid) "
        f"from raw.feeds where status = 'accepted' and {before}",
        [own] if own else [],
    ).fetchall()
    ends = [found.end if (found := read_period(code).value) else None for _, _, code, _, _ in rows]
    columns = list(zip(*rows, strict=True)) or [()] * 5
    types = (pa.string(), pa.string(), pa.string(), pa.int32(), pa.int64())
    arrays = [pa.array(values, kind) for values, kind in zip(columns, types, strict=True)]
    names = ["feed_id", "sender", "period_code", "version", "arrival"]
    feeds = pa.table([*arrays, pa.array(ends, pa.date32())], names=[*names, "period_end"])
    context.con.register("earlier_feeds", feeds)
    context.con.execute(
        "create or replace temp table feeds_before as select *, sender = ? as is_own, "
        "sender = ? and period_code = ? as is_version from earlier_feeds",
        [sender, sender, period.code],
    )
    context.con.unregister("earlier_feeds")


def _reused(context: CheckContext, typed: TypedSheet, raw: str) -> list[_Reused]:
    """The rows that would land whose code is listed before, but always for another petition or dialogue."""
    sheet, contract = _SHEETS[typed.staged.contract.kind], typed.staged.contract
    here = f"select *, {sheet.code} as code, {sheet.day}::date as day from ({landing_rows(contract, typed)})"
    con = context.con
    con.execute(
        f"create or replace temp table listed_before as select l.feed_id, l.{sheet.code} as code, "
        f"l.{sheet.day}::date as day, l.unit_code from {raw}.{contract.kind} as l semi join feeds_before "
        f"using (feed_id) where l.{sheet.code} in (select {sheet.code} from {typed.view})"
    )
    con.execute(
        f"create or replace temp table unlike_before as select h.* from ({here}) as h where h.code in "
        "(select code from listed_before) and not exists (select 1 from listed_before as l where l.code = h.code "
        f"and l.day = h.day{'' if contract.kind is SheetKind.PETITIONS else ' and l.unit_code = h.unit_code'})"
    )
    ((rows,),) = con.execute("select count(*) from unlike_before").fetchall()
    return [_Reused(*row) for row in con.execute(_unlike(sheet, contract.kind, raw)).fetchall()] if rows else []


def _unlike(sheet: _Sheet, kind: SheetKind, raw: str) -> str:
    """Query the rows of `unlike_before` that match none of their listings; a corrected dialogue matches."""
    fact = WORDS.format("h") if kind is SheetKind.PETITIONS else "h.unit_code"
    corrects = "" if kind is SheetKind.PETITIONS else f" and not ({_CORRECTS})"
    return (
        f"with earlier as (select l.*, l.{sheet.code} as code, l.{sheet.day}::date as day, f.* exclude (feed_id) "
        f"from {raw}.{kind} as l join feeds_before as f using (feed_id) "
        f"where l.{sheet.code} in (select code from unlike_before)), "
        "newest as (select code, arg_max(struct_pack(feed_id, day, is_own, "
        f"text := {sheet.text}, unit_code), (is_own, arrival)) as it from earlier group by code) "
        f"select h.row_id, h.part, h.row_number, h.code, h.day, coalesce({fact}, ''), n.it.feed_id, n.it.day, "
        "coalesce(if(n.it.is_own, n.it.text, ''), '') "
        "from unlike_before as h join newest as n using (code) "
        f"where not exists (select 1 from earlier as l where l.code = h.code and ({sheet.same})){corrects} "
        "order by h.row_id"
    )


_CORRECTS = (
    "exists (select 1 from earlier as v where v.code = h.code and v.is_version and v.version = (select max(m.version) "
    "from earlier as m where m.code = h.code and m.is_version) and not exists (select 1 from earlier as o "
    "where o.code = h.code and not o.is_version and o.unit_code = v.unit_code and o.day = v.day))"
)
"""SQL: the previous version had the code, and no other report lists that dialogue, so the row corrects it."""


def _finding(context: CheckContext, cover: Cover, typed: TypedSheet, rows: Sequence[_Reused]) -> Finding:
    """The finding about the codes; their rows are added to the sheet's violations."""
    sheet, staged, first = _SHEETS[typed.staged.contract.kind], typed.staged, rows[0]
    marked = pa.table({"row": pa.array([each.row for each in rows], pa.int64())})
    context.con.register("reused_rows", marked)
    context.con.execute(
        f"insert into violations_{staged.contract.kind} by name select row, {literal(f'{RULE}:{sheet.code}')} as rule, "
        f"{literal(RULE)} as id, 'warn' as tier from reused_rows"
    )
    context.con.unregister("reused_rows")
    codes = dict.fromkeys(f"«{each.code}»" for each in rows[:_NAMED])
    counted = f"Mã {first.code}" if len(rows) == 1 else f"{len(rows)}/{staged.rows} mã"
    words = {
        "counted": counted,
        "named": "" if len(rows) == 1 else f" ({', '.join(codes)}{', …' if len(rows) > _NAMED else ''})",
        "before": _before(context, cover, first, named=len(rows) > 1),
        "question": _question(context, rows),
        "example": _example(context, cover, first),
        "kept": sheet.kept,
    }
    fact = digest(*(f"{each.code}|{each.day}|{each.fact}" for each in sorted(rows, key=lambda it: it.code)))
    violation = Violation(first.part, first.row_number, first.code if len(rows) == 1 else "", "", first.code, fact)
    return context.builder.about_rows(RULE, staged, sheet.code, violation, words, count=len(rows))


def _before(context: CheckContext, cover: Cover, first: _Reused, *, named: bool) -> str:
    """The words for the code's earlier report and date, and its date now; for another sender's report neither."""
    sender, period = _feed(context, first.feed_id)
    if sender != cover.sender_unit_code:
        return "báo cáo của đơn vị khác"
    text = first.text if len(first.text) <= _LONGEST else f"{first.text[:_LONGEST]}…"
    subject = f"{first.code} " if named else ""
    same_day = first.day == first.day_before  # a dialogue held by another unit
    now = "nay cùng ngày nhưng của đơn vị tổ chức khác" if same_day else f"nay ngày {first.day:%d/%m/%Y}"
    that = f"{subject}ngày {first.day_before:%d/%m/%Y}{f' «{text}»' if text else ''}"
    return f"báo cáo kỳ {period} của chính đơn vị ({that}, {now})"


def _example(context: CheckContext, cover: Cover, first: _Reused) -> str:
    """A unique code to suggest: with the period, or with the sender's code."""
    sender, _ = _feed(context, first.feed_id)
    suffix = cover.period.code if cover.period and sender == cover.sender_unit_code else cover.sender_unit_code
    return f"{first.code}-{suffix}"


def _question(context: CheckContext, rows: Sequence[_Reused]) -> str:
    if len(rows) < _MANY:
        return ""
    is_own = dict(context.con.execute("select feed_id, is_own from feeds_before").fetchall())
    if all(is_own[each.feed_id] for each in rows):
        return " Đơn vị đánh số lại từ đầu mỗi kỳ?"
    return " Các đơn vị dùng chung một dãy mã?"


def _feed(context: CheckContext, feed_id: str) -> tuple[str, str]:
    ((sender, period),) = context.con.execute(
        "select sender, period_code from feeds_before where feed_id = ?", [feed_id]
    ).fetchall()
    return str(sender), str(period)

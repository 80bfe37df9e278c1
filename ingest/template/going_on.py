"""Find the rows of earlier feeds that are still open in a period, and their unanswered cells. Only reads."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import duckdb

from ingest.contract.sheet_contract import Rule, SheetContract
from ingest.lookups.periods import Period
from ingest.model.received import SheetKind
from ingest.rules.suite import derive_suite, suite_words
from ingest.template.content import Question, Row, Value
from warehouse.border_checks import Engine, evaluate
from warehouse.sql import quoted

_POSTS: Mapping[SheetKind, tuple[str, ...]] = {SheetKind.TENURES: ("unit_code", "body")}
"""By sheet, the fields that identify a post: a new holder ends the previous one's open tenure, as in the marts."""


@dataclass(frozen=True)
class GoingOn:
    """The open rows of one sheet, and the cells among them that a check would report."""

    rows: tuple[Row, ...] = ()
    questions: tuple[Question, ...] = ()


def going_on(
    con: duckdb.DuckDBPyConnection, sheet: SheetContract, feeds: Sequence[str], period: Period, units: Collection[str]
) -> GoingOn:
    """The rows of `units` that had not ended when the period began, in the order in which they were reported.

    `feeds` are ids of feeds in the attached database `landed`, newest first. For a sheet that every feed must have,
    only the newest feed counts; for others, the newest row of each key.
    """
    names = [column.field for column in sheet.columns]
    table = f"going_on_{sheet.kind}"
    con.execute(
        f"create or replace temp table {table} as select row_number() over (order by age, row_number) - 1 as row_id, * "
        f"from ({_with_ends(sheet)}) where ({_end(sheet)} is null or {_end(sheet)} >= $start) "
        "and unit_code in (select unnest($units))",
        {"feeds": list(feeds[:1] if sheet.required else feeds), "start": period.start, "units": sorted(units)},
    )
    found = con.execute(f"select {', '.join(map(quoted, names))} from {table} order by row_id").fetchall()
    ends = {column.field for column in sheet.columns if column.edge == "end"}
    rows = tuple({name: _shown(value, name in ends) for name, value in zip(names, row, strict=True)} for row in found)
    return GoingOn(rows, _questions(con, sheet, table, rows, period))


def _end(sheet: SheetContract) -> str:
    return quoted(sheet.open_until)


def _with_ends(sheet: SheetContract) -> str:
    """Query the newest row of each key; a row followed by another for the same post ends when that one begins."""
    key = ", ".join(map(quoted, sheet.key))
    newest = (
        f"select * from landed.raw.{sheet.kind} as r "
        "join (select unnest($feeds) as feed_id, generate_subscripts($feeds, 1) as age) as f using (feed_id) "
        f"qualify row_number() over (partition by {key} order by age, row_number) = 1"
    )
    if sheet.kind not in _POSTS:
        return newest
    post = ", ".join(_POSTS[sheet.kind])
    ended = (
        f"select * replace (least({_end(sheet)}, lead(from_on) over (partition by {post} order by from_on, "
        f"leader_code)) as {_end(sheet)}) from ({newest})"
    )
    return f"select * from ({ended}) where {_end(sheet)} is null or {_end(sheet)} > from_on"


def _questions(
    con: duckdb.DuckDBPyConnection, sheet: SheetContract, table: str, rows: Sequence[Row], period: Period
) -> tuple[Question, ...]:
    """A question for each cell that breaks, at the end of the period, a rule about its row's own cells."""
    names = [column.field for column in sheet.columns]
    suite = derive_suite(sheet, names, suite_words(period, datetime.combine(period.end, time.max)))
    problems = ", ".join(f"null::varchar as {quoted(f'{name}__problem')}" for name in names)
    found = evaluate(con, suite.expectations, f"(select *, {problems} from {table})", "row_id", Engine.SQL)
    pairs = sorted((row, key) for row, key in found.pairs() if row is not None)
    return tuple(_question(suite.rules[key], row, rows[row]) for row, key in pairs)


def _question(rule: Rule, row: int, cells: Row) -> Question:
    value = cells.get(rule.field)
    words = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")
    return Question(row, rule.field, f"{rule.message.replace('{value}', words)}\n→ {rule.remedy}")


def _shown(value: Value, is_end: bool) -> Value:
    """The value; an instant that stands for a whole day becomes that date."""
    if isinstance(value, datetime) and value.time() == (time.max if is_end else time.min):
        return value.date()
    return value

"""The cover of a feed: its sender, its period and the declared totals."""

from dataclasses import dataclass
from datetime import date

import duckdb

from ingest.lookups.periods import Period, read_period
from ingest.rules.cross_checks import Fact, Facts
from ingest.staging.typed_sheet import TypedSheet
from warehouse.sql import literal

_FIELDS = (
    "sender_unit_code",
    "period",
    "prepared_on",
    "prepared_by",
    "approved_by",
    "nil_return",
    "declared_dialogues",
    "declared_petitions",
)


@dataclass(frozen=True)
class Cover:
    """The parsed cover; a field that is blank or cannot be parsed is None, `nil_return` False."""

    sender_unit_code: str | None = None
    period: Period | None = None
    prepared_on: date | None = None
    prepared_by: str | None = None
    approved_by: str | None = None
    nil_return: bool = False
    declared_dialogues: int | None = None
    declared_petitions: int | None = None


def read_cover(con: duckdb.DuckDBPyConnection, typed: TypedSheet) -> Cover:
    """The first row of the typed cover; an empty cover if it has no row."""
    row = con.execute(f"select {', '.join(_FIELDS)} from {typed.view} order by row_id limit 1").fetchone()
    if row is None:
        return Cover()
    values = dict(zip(_FIELDS, row, strict=True))
    return Cover(**{**values, "period": read_period(values["period"]).value, "nil_return": bool(values["nil_return"])})


def sender_name(con: duckdb.DuckDBPyConnection, cover: Cover) -> str:
    """The sender's name at the end of the period, or its newest name if the period is unknown; "" if it has none."""
    last = cover.period.end if cover.period else date.max
    rows = con.execute(
        "select concat_ws(' ', unit_type, unit_name) from lookups.units where unit_code = ? "
        "order by valid_from <= ? desc, valid_from desc limit 1",
        [cover.sender_unit_code, last],
    ).fetchall()
    return str(rows[0][0]) if rows else ""


def cover_facts(cover: Cover) -> Facts:
    """The facts about a cover: an unknown sender, the period's first and last day, and a period that is not owed."""
    return Facts(tuple(Fact(item) for item in (_unknown_sender(cover), *_period_facts(cover.period))))


def _unknown_sender(cover: Cover) -> str:
    period = cover.period
    in_force = f" and {overlaps('u', period)}" if period else ""
    known = f"exists (select 1 from lookups.units as u where u.unit_code = t.sender_unit_code{in_force})"
    return f"case when not {known} then t.sender_unit_code end as sender_unit_code__unknown"


def _period_facts(period: Period | None) -> list[str]:
    """The period's first and last day, for comparison with the clock, and whether the sender owes such a report."""
    if period is None:
        return ["null::varchar as period__unexpected", "null::date as period__start", "null::date as period__end"]
    together = overlap("u", "s", period)
    known = "exists (select 1 from lookups.units as k where k.unit_code = t.sender_unit_code)"
    owed = (
        "exists (select 1 from lookups.feed_calendar as u join lookups.units as s on s.level = u.level "
        f"where s.unit_code = t.sender_unit_code and u.period_type = {literal(period.type)} and {together})"
    )
    return [
        f"case when {known} and not {owed} then t.period end as period__unexpected",
        f"{literal(period.start)} as period__start",
        f"{literal(period.end)} as period__end",
    ]


def overlap(one: str, other: str, period: Period) -> str:
    """An SQL condition on `valid_from` and `valid_to` of two dated rows: both are in force on one day of the period."""
    start, end = literal(period.start), literal(period.end)
    first = f"greatest({one}.valid_from, {other}.valid_from, {start})"
    after = f"least(coalesce({one}.valid_to, date '9999-12-31'), coalesce({other}.valid_to, date '9999-12-31'))"
    return f"{first} <= {end} and {first} < {after}"


def overlaps(alias: str, period: Period) -> str:
    """An SQL condition on `valid_from` and `valid_to` of a dated row: it is in force on some day of the period."""
    start, end = literal(period.start), literal(period.end)
    return f"{alias}.valid_from <= {end} and ({alias}.valid_to is null or {alias}.valid_to > {start})"

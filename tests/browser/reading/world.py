"""The expected content of pages, from the snapshot: units, names and hierarchy by day, periods, published figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import duckdb

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Period:
    """A row of `dim_periods`; `start` is its first instant and `cutoff` the last instant that counts."""

    calendar: str
    kind: str
    first: date
    last: date
    code: str
    label: str
    cutoff: datetime
    is_running: bool
    previous: date | None
    expected: int
    received: int

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, datetime.min.time())

    @property
    def day(self) -> date:
        """The date of the cutoff, whose units and names count."""
        return self.cutoff.date()


@dataclass(frozen=True)
class Unit:
    """A unit as of a date; `last_day` is set if it had ended before that date."""

    code: str
    name: str
    level: str
    parent: str | None
    last_day: date | None


class World:
    """A published snapshot, with `member` (ancestor, unit_code, from_on, to_on): the subtree of each unit over time."""

    def __init__(self, snapshot: Path) -> None:
        self.con = duckdb.connect(config={"threads": 1})
        self.con.execute(f"attach '{snapshot}' as snap (read_only)")
        self.con.execute("use snap")
        self.con.execute("create table memory.member (ancestor varchar, unit_code varchar, from_on date, to_on date)")
        self.con.executemany("insert into memory.member values (?, ?, ?, ?)", self._members())

    def rows(self, sql: str, **values: object) -> list[Row]:
        """Run `sql` with the parameters `$name`."""
        found = self.con.execute(sql, values or None)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def one(self, sql: str, **values: object) -> Any:
        """The only cell of the result."""
        (row,) = self.rows(sql, **values)
        (cell,) = row.values()
        return cell

    @cached_property
    def snapshot(self) -> Row:
        (row,) = self.rows("select * from snapshot")
        return row

    @property
    def as_of(self) -> datetime:
        answer: datetime = self.snapshot["as_of"]
        return answer

    @cached_property
    def periods(self) -> Sequence[Period]:
        found = self.con.execute(
            "select calendar, period_type, period_start, period_end, period_code, label, cutoff, is_running, "
            "previous_start, feeds_expected, feeds_received from dim_periods order by calendar, sort_order, period_end"
        )
        return [Period(*row) for row in found.fetchall()]

    def period(self, calendar: str, code: str) -> Period:
        """The period with that code, else the newest finished quarter."""
        own = [each for each in self.periods if each.calendar == calendar]
        quarters = [each for each in own if each.kind == "quarter" and not each.is_running]
        return next((each for each in own if each.code == code), max(quarters or own, key=lambda each: each.last))

    def before(self, period: Period) -> Period | None:
        """The period with which it is compared."""
        return next(
            (each for each in self.periods if (each.calendar, each.kind, each.first) == (
                period.calendar, period.kind, period.previous)), None
        )  # fmt: skip

    @cached_property
    def kpis(self) -> Mapping[str, Row]:
        return {row["kpi_code"]: row for row in self.rows("select * from dim_kpis order by sort_order")}

    @cached_property
    def fields(self) -> Mapping[str, str]:
        return {
            row["field_code"]: row["field_name"] for row in self.rows("select * from dim_fields order by sort_order")
        }

    @cached_property
    def spells(self) -> Mapping[str, Sequence[Row]]:
        """The rows of `dim_units` by unit, oldest first."""
        found: dict[str, list[Row]] = {}
        for row in self.rows("select * from dim_units order by unit_code, valid_from"):
            found.setdefault(row["unit_code"], []).append(row)
        return found

    @cache  # noqa: B019
    def unit(self, code: str, on: date) -> Unit | None:
        """The unit as of a date, in its last state if it had ended; None before its beginning."""
        begun = [row for row in self.spells.get(code, ()) if row["valid_from"] <= on]
        if not begun:
            return None
        row = begun[-1]
        ended = row["valid_to"] is not None and row["valid_to"] <= on
        last_day = row["valid_to"] - timedelta(days=1) if ended else None
        return Unit(code, row["display_name"], row["level"], row["parent_code"], last_day)

    def name(self, code: str, on: date) -> str:
        """The name of a unit on a date; its first name before its beginning, its last name after its end."""
        begun = [row for row in self.spells[code] if row["valid_from"] <= on]
        return str((begun or self.spells[code][:1])[-1]["display_name"])

    def province(self, on: date) -> Unit:
        """The province in force on that day."""
        known = [self.unit(code, on) for code in self.spells]
        return next(each for each in known if each and each.level == "province" and each.last_day is None)

    @property
    def provinces(self) -> set[str]:
        """The codes of all provinces, past and present."""
        return {code for code, rows in self.spells.items() if rows[-1]["level"] == "province"}

    def in_force(self, on: date) -> list[Unit]:
        known = [self.unit(code, on) for code in self.spells]
        return [each for each in known if each and each.last_day is None]

    def below(self, code: str, on: date) -> set[str]:
        """The codes of a unit and the units below it on a date; ended units keep their last position."""
        sql = """
            select unit_code from memory.member
            where ancestor = $code and from_on <= $on and (to_on is null or to_on > $on)"""
        return {row["unit_code"] for row in self.rows(sql, code=code, on=on)}

    def _members(self) -> list[tuple[str, str, date, date | None]]:
        """All pairs of a unit and a unit below it, for each span of days without a change."""
        edges = {row["valid_from"] for rows in self.spells.values() for row in rows}
        edges |= {row["valid_to"] for rows in self.spells.values() for row in rows if row["valid_to"]}
        days = sorted(edges)
        stretches = zip([date.min, *days], [*days, None], strict=True)
        return [
            (ancestor, code, since, until)
            for since, until in stretches
            for code in self.spells
            for ancestor in self._above(code, since)
        ]

    def _above(self, code: str, on: date) -> list[str]:
        """The unit and those above it on a day; before its beginning, it has its first position."""
        chain: list[str] = []
        at: str | None = code
        while at is not None and at in self.spells and at not in chain:
            chain.append(at)
            unit = self.unit(at, max(on, self.spells[at][0]["valid_from"]))
            at = unit.parent if unit else None
        return chain

    def figures(self, period: Period, kind: str, subject: str, field: str = "ALL") -> Mapping[str, Row]:
        """The published figures of a subject by KPI; KPIs without values by field have those of all fields."""
        return self._figures(period, kind, field).get(subject, {})

    @cache  # noqa: B019  a world lives as long as the test run
    def _figures(self, period: Period, kind: str, field: str) -> Mapping[str, Mapping[str, Row]]:
        """The figures of all subjects of a kind, by subject and KPI."""
        sql = """
            select * from kpi_values
            where calendar = $calendar and period_type = $type and period_start = $first
              and subject_type = $kind and field_code in ('ALL', $field)"""
        values = {"calendar": period.calendar, "type": period.kind, "first": period.first, "kind": kind, "field": field}
        answer: dict[str, dict[str, Row]] = {}
        for row in self.rows(sql, **values):
            if row["field_code"] == (field if row["kpi_code"] in BY_FIELD else "ALL"):
                answer.setdefault(row["subject_id"], {})[row["kpi_code"]] = row
        return answer


BY_FIELD = frozenset(
    {
        "dialogues_held", "resolution_rate", "resolved_share", "on_time_rate", "overdue_rate", "overdue_open",
        "overdue_inherited", "median_days_to_settle", "satisfaction_rate",
    }
)  # fmt: skip
"""kpis.md: petition KPIs by the petition's field, dialogues_held by its main field; the others only 'ALL'."""

"""The landed rows and lookups of a home as frozen records, read without any join, selection or computation."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from warehouse.connection import connect
from warehouse.home import Home

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Feed:
    """One record of `raw.feeds`."""

    feed_id: str
    sender: str | None
    period_code: str | None
    version: int | None
    received_at: datetime
    accepted: bool


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """One listing of a petition in one feed."""

    feed_id: str
    row_number: int
    code: str
    dialogue: str | None
    unit: str
    received_on: datetime
    field: str
    summary: str | None
    responsible: str
    body: str
    due_on: datetime | None
    extension_no: str | None
    extended_due_on: datetime | None
    extended_on: date | None
    outcome: str
    settled_on: datetime | None
    satisfaction: str | None


@dataclass(frozen=True, slots=True)
class DialogueRow:
    """One listing of a dialogue in one feed; `absent` are the columns missing from its block of the sheet."""

    feed_id: str
    row_number: int
    code: str
    unit: str
    held_on: date
    form: str
    chair_name: str | None
    chaired_by_head: bool | None
    in_programme: bool | None
    notice_on: date | None
    detailed_programme: bool | None
    opinions_raised: int | None
    answered_at_once: int | None
    conclusion_on: date | None
    main_field: str | None
    supervised_on: date | None
    absent: frozenset[str]


@dataclass(frozen=True, slots=True)
class TenureRow:
    """One listing of a tenure in one feed."""

    feed_id: str
    leader: str
    name: str
    unit: str
    body: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row of `units`; `valid_to` is the first day after its validity."""

    code: str
    level: str
    parent: str | None
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One dated rule: a number of dialogues or days for one level."""

    rule: str
    level: str
    valid_from: date
    valid_to: date
    value: int
    working: bool


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One row of the feed calendar: units of a level owe a feed for periods of one type."""

    level: str
    period_type: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class Inputs:
    """Everything that figures are computed from."""

    term_start: date
    min_denominator: int
    min_coverage: float
    feeds: list[Feed]
    petitions: list[PetitionRow]
    dialogues: list[DialogueRow]
    tenures: list[TenureRow]
    units: list[UnitRow]
    rules: list[RuleRow]
    feed_calendar: list[CalendarRow]
    peer_groups: dict[str, str]
    days_off: frozenset[date]
    swapped: dict[date, bool] = field(default_factory=dict)


def read_home(home: Home) -> Inputs:
    """Read the schemas `raw` and `lookups` and the settings of `home`."""
    settings = tomllib.loads((home.root / "settings.toml").read_text(encoding="utf-8"))
    with connect(home.warehouse, read_only=True) as con:

        def rows(table: str) -> Iterator[Record]:
            found = con.execute(f"select * from {table}")
            names = [column[0] for column in found.description]
            return (dict(zip(names, row, strict=True)) for row in found.fetchall())

        columns = Columns(rows("raw.feed_columns"))
        return Inputs(
            term_start=settings["province"]["term_start"],
            min_denominator=settings["kpis"]["min_denominator"],
            min_coverage=settings["kpis"]["min_coverage"],
            feeds=[feed_of(row) for row in rows("raw.feeds")],
            petitions=[petition_of(row) for row in rows("raw.petitions")],
            dialogues=[dialogue_of(row, columns) for row in rows("raw.dialogues")],
            tenures=[tenure_of(row) for row in rows("raw.tenures")],
            units=[unit_of(row) for row in rows("lookups.units")],
            rules=[rule_of(row) for row in rows("lookups.rules")],
            feed_calendar=[calendar_of(row) for row in rows("lookups.feed_calendar")],
            peer_groups={row["unit_code"]: row["peer_group"] for row in rows("lookups.peer_groups")},
            days_off=frozenset(row["day"] for row in rows("lookups.public_holidays")),
            swapped={row["day"]: row["is_worked"] for row in rows("lookups.swap_days")},
        )


class Columns:
    """The columns of each block of the sheets of feeds."""

    def __init__(self, rows: Iterator[Record]) -> None:
        self._blocks: dict[tuple[str, str, str], list[tuple[str, int | None, int | None]]] = {}
        for row in rows:
            block = (row["sheet"], row["first_row"], row["last_row"])
            self._blocks.setdefault((row["feed_id"], row["sheet_kind"], row["field"]), []).append(block)

    def has(self, row: Record, kind: str, name: str) -> bool:
        """Return True if the block of the sheet that contains `row` had the column `name`."""
        return any(
            not sheet or (sheet == row["sheet"] and (first is None or first <= row["row_number"] <= (last or first)))
            for sheet, first, last in self._blocks.get((row["feed_id"], kind, name), ())
        )


OPTIONAL = (
    *("in_programme", "notice_on", "detailed_programme", "opinions_raised", "answered_at_once"),
    *("conclusion_on", "main_field", "supervised_on"),
)
"""Columns of the sheet of dialogues that figures use and that a feed may lack."""


def feed_of(row: Record) -> Feed:
    return Feed(
        row["feed_id"],
        row["sender_unit_code"],
        row["period_code"],
        row["version"],
        row["received_at"],
        row["status"] == "accepted",
    )


def petition_of(row: Record) -> PetitionRow:
    return PetitionRow(
        feed_id=row["feed_id"],
        row_number=row["row_number"],
        code=row["petition_code"],
        dialogue=row["dialogue_code"],
        unit=row["unit_code"],
        received_on=row["received_on"],
        field=row["field"],
        summary=row["summary"],
        responsible=row["responsible_unit_code"] or row["unit_code"],
        body=row["responsible_body"] or "government",
        due_on=row["due_on"],
        extension_no=row["extension_no"],
        extended_due_on=row["extended_due_on"],
        extended_on=row["extended_on"],
        outcome=row["outcome"],
        settled_on=row["settled_on"],
        satisfaction=row["satisfaction"],
    )


def dialogue_of(row: Record, columns: Columns) -> DialogueRow:
    return DialogueRow(
        feed_id=row["feed_id"],
        row_number=row["row_number"],
        code=row["dialogue_code"],
        unit=row["unit_code"],
        held_on=row["held_on"],
        form=row["form"],
        chair_name=row["chair_name"],
        chaired_by_head=row["chaired_by_head"],
        in_programme=row["in_programme"],
        notice_on=row["notice_on"],
        detailed_programme=row["detailed_programme"],
        opinions_raised=row["opinions_raised"],
        answered_at_once=row["answered_at_once"],
        conclusion_on=row["conclusion_on"],
        main_field=row["main_field"],
        supervised_on=row["supervised_on"],
        absent=frozenset(name for name in OPTIONAL if not columns.has(row, "dialogues", name)),
    )


def tenure_of(row: Record) -> TenureRow:
    return TenureRow(
        row["feed_id"],
        row["leader_code"],
        row["full_name"],
        row["unit_code"],
        row["body"],
        row["from_on"],
        row["to_on"],
    )


def unit_of(row: Record) -> UnitRow:
    end = row["valid_to"] or date.max
    return UnitRow(row["unit_code"], row["level"], row["parent_code"], row["valid_from"], end)


def rule_of(row: Record) -> RuleRow:
    end, working = row["valid_to"] or date.max, row["day_type"] == "working"
    return RuleRow(row["rule"], row["level"], row["valid_from"], end, row["value"], working)


def calendar_of(row: Record) -> CalendarRow:
    return CalendarRow(row["level"], row["period_type"], row["valid_from"], row["valid_to"] or date.max)

"""The expected rows of the tables of facts and dimensions, by column name."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from tests.oracle.days import end_of
from tests.oracle.dialogues import Dialogue
from tests.oracle.feeds import ExpectedFeed
from tests.oracle.heads import BODIES, VACANT, Spell
from tests.oracle.periods import PARTY, Period, previous_of
from tests.oracle.petitions import OUT_OF_SCOPE, SETTLED, Petition
from tests.oracle.tallies import ALL, Tally, TallyKey
from tests.oracle.world import World

Row = dict[str, Any]
ONE_DAY = timedelta(days=1)
NOTHING = Tally()
UNIT_STOCK = (
    *("calendar", "period_type", "period_start", "period_end"),
    *("opening", "received", "settled", "left_scope", "closing"),
)
"""Columns of `stock_flow` besides the unit, which has no `joined`: a single unit gains no units."""


def petition_rows(world: World) -> Iterator[Row]:
    """`fct_petitions` except texts and flags."""
    for it in world.petitions:
        unit, body = it.row.responsible, it.row.body
        yield {
            "petition_id": world.listings.petition_ids[it.row.feed_id, it.row.code],
            "petition_code": it.row.code,
            "dialogue_id": world.listings.referenced_dialogue(it.row),
            "unit_code": it.row.unit,
            "responsible_unit_code": unit,
            "responsible_body": body,
            "field_code": it.row.field,
            "received_at": it.received_at,
            "original_due_at": it.original_due_at,
            "due_at": it.due_at,
            "due_is_default": it.due_is_default,
            "settled_at": it.settled_at,
            "left_at": it.left_at,
            "matured_at": it.matured_at,
            "outcome": _outcome(it),
            "class": it.status,
            "days": None if it.left_at else _days(it.received_at, it.settled_at or world.as_of),
            "days_overdue": _days_overdue(it, world.as_of),
            "head_at_maturity": _head(world, unit, body, it.matured_at),
            "head_at_settlement": _head(world, unit, body, it.settled_at),
            "head_now": _head(world, unit, body, world.as_of),
            "feed_id": it.row.feed_id,
            "row_number": it.row.row_number,
        }


def dialogue_rows(world: World) -> Iterator[Row]:
    """`fct_dialogues`: dates, limits and heads."""
    for it in world.dialogues:
        yield {
            "dialogue_id": world.listings.dialogue_ids[it.row.feed_id, it.row.code],
            "dialogue_code": it.row.code,
            "unit_code": it.row.unit,
            "held_on": it.row.held_on,
            "in_programme": None if "in_programme" in it.row.absent else bool(it.row.in_programme),
            "notice_on": it.row.notice_on,
            "notice_due_on": it.notice_due_on,
            "conclusion_on": it.concluded_on,
            "conclusion_due_on": it.conclusion_due_on,
            "supervised_on": it.supervised_on,
            **{f"{body}_head_id": _dialogue_head(world, it, body) for body in BODIES},
            "feed_id": it.row.feed_id,
            "row_number": it.row.row_number,
        }


def tenure_rows(world: World) -> Iterator[Row]:
    """`dim_tenures`: the spells of every post; those of vacant posts are cut where the unit begins and ends."""
    for unit in world.units.codes():
        existing = world.units.lifetimes(unit)
        for body in BODIES:
            for spell in world.heads.spells(unit, body):
                yield from _tenures(spell, existing)


def period_rows(world: World) -> Iterator[Row]:
    """`dim_periods` except labels."""
    previous = previous_of(world.periods)
    for it in world.periods:
        before = previous.get(it)
        owed = [feed for feed in world.feeds if feed.overlaps(it) and feed.is_owed(it.cutoff, world.known_at)]
        yield {
            **_period(it),
            "period_code": it.code,
            "cutoff": it.cutoff,
            "is_running": end_of(it.last) > world.as_of,
            "previous_start": before.first if before else None,
            "previous_end": before.last if before else None,
            "feeds_expected": len(owed),
            "feeds_received": sum(feed.first_received_at is not None for feed in owed),
        }


def feed_rows(world: World) -> Iterator[Row]:
    """`feed_status` of the feeds that the calendar requires, including those of running periods."""
    return (_feed(world, it) for it in world.feeds)


def stock_rows(world: World, tallies: Mapping[TallyKey, Tally]) -> Iterator[Row]:
    """`stock_flow` of the units that are in force or have something counted."""
    for row in subject_stock_rows(world, tallies):
        if row["subject_type"] == "unit" and row["field_code"] == ALL:
            yield {"unit_code": row["subject_id"], **{name: row[name] for name in UNIT_STOCK}}


def subject_stock_rows(world: World, tallies: Mapping[TallyKey, Tally]) -> Iterator[Row]:
    """`subject_stock_flow` of what was counted, and of every subject in force for all fields together; no heads."""
    in_force = {(period, who, ALL) for period, who in world.in_force}
    for period, who, field in in_force | tallies.keys():
        tally = tallies.get((period, who, field), NOTHING)
        if who.kind != "head" and ((period, who, field) in in_force or tally.has_petitions):
            yield {
                "subject_type": who.kind,
                "subject_id": world.identifier(who, period),
                "field_code": field,
                **_period(period),
                **_stock(tally),
            }


def is_empty_stock(row: Row) -> bool:
    """Return True for a row of all fields in which nothing was counted: optional if the subject is not in force."""
    return row.get("field_code", ALL) == ALL and not any(row.get(name) for name in _stock(NOTHING))


def _stock(tally: Tally) -> Row:
    incoming, outgoing = tally.opening + tally.received, tally.settled + tally.left + tally.open
    return {
        "opening": tally.opening - tally.joined,
        "joined": tally.joined,
        "received": tally.received,
        "settled": tally.settled,
        "left_scope": tally.left,
        "moved_away": incoming - outgoing,
        "closing": tally.open,
    }


def _outcome(it: Petition) -> str:
    """The outcome as of the instant: `in_progress` until the petition has ended."""
    ended = it.row.outcome in (*SETTLED, *OUT_OF_SCOPE)
    return "in_progress" if ended and it.ended_on is None else it.row.outcome


def _days(first: datetime, last: datetime) -> float:
    return (last - first) / ONE_DAY


def _days_overdue(it: Petition, as_of: datetime) -> float | None:
    late = it.status in ("settled_late", "open_overdue")
    return _days(it.due_at, it.settled_at or as_of) if late else None


def _head(world: World, unit: str, body: str, at: datetime | None) -> str | None:
    return world.heads.on(unit, body, at.date()).head_id if at else None


def _dialogue_head(world: World, it: Dialogue, body: str) -> str:
    return world.heads.on(it.row.unit, body, it.row.held_on).head_id


def _tenures(spell: Spell, existing: list[tuple[date, date]]) -> Iterator[Row]:
    cuts = {day for span in existing for day in span if spell.first < day < spell.until}
    for first, until in pairwise(sorted({spell.first, spell.until, *(cuts if spell.leader == VACANT else ())})):
        yield {
            "head_id": spell.head_id,
            "leader_code": spell.leader,
            "unit_code": spell.unit,
            "body": spell.body,
            "from_on": None if first == date.min else first,
            "to_on": None if until == date.max else until,
            "unit_in_force": spell.leader != VACANT or any(begin <= first < end for begin, end in existing),
        }


def _period(it: Period) -> Row:
    return {"calendar": it.calendar, "period_type": it.kind, "period_start": it.first, "period_end": it.last}


def _feed(world: World, it: ExpectedFeed) -> Row:
    versions = world.listings.accepted.get((it.sender, it.period.code), [])
    return {
        "sender_unit_code": it.sender,
        "sender_level": world.units.level(it.sender, it.period.last),
        **_period(it.period),
        "calendar": PARTY,
        "period_code": it.period.code,
        "deadline": it.deadline,
        "status": it.status(world.as_of, world.known_at),
        "received_at": it.first_received_at,
        "version": versions[-1].version if versions else None,
        "feed_id": versions[-1].feed_id if versions else None,
    }

"""Random events of a small province: tenures, dialogues, petitions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from tests.oracle.heads import BODIES
from tests.oracle.random_units import FOUNDED, TERM_START
from tests.oracle.units import Units

FIELDS = ("land", "environment", "transport", "welfare")
RATINGS = ("satisfied", "neutral", "dissatisfied", "")
ENDS = (*("resolved",) * 6, *("explained",) * 2, "transferred", "out_of_scope", "duplicate", "returned")
LAST = date(2025, 12, 31)
"""The last day with events."""

Instant = date | datetime


@dataclass(frozen=True)
class TruePetition:
    """The true facts of a petition; its first listing may report another receipt, responsible unit or due date."""

    number: int
    unit: str
    received: Instant
    first_reported_received: Instant
    field: str
    responsible: str
    first_responsible: str
    body: str
    due: Instant | None
    first_reported_due: Instant | None
    extension: tuple[str, Instant | None, date | None]
    outcome: str
    ended: Instant | None
    satisfaction: str


@dataclass(frozen=True)
class TrueDialogue:
    """The true facts of a dialogue."""

    number: int
    unit: str
    held_on: date
    form: str
    chair: str
    chaired_by_head: bool
    in_programme: bool
    notice_on: date | None
    detailed_programme: bool
    opinions: int
    answered: int
    conclusion_on: date | None
    supervised_on: date | None
    field: str


@dataclass(frozen=True)
class TrueTenure:
    """The true facts of a tenure."""

    leader: str
    unit: str
    body: str
    from_on: date
    to_on: date | None


def day_of(instant: Instant) -> date:
    """The date of an instant, which may be a date without a time."""
    return instant.date() if isinstance(instant, datetime) else instant


def tenures_of(units: Units, dice: Random) -> list[TrueTenure]:
    """Return the tenures of every post, with renewals, vacancies, overlaps, acting heads and ends with the unit."""
    return [each for unit in units.codes() for body in BODIES for each in _post(units, unit, body, dice)]


def _post(units: Units, unit: str, body: str, dice: Random) -> Iterator[TrueTenure]:
    rows = units.rows(unit)
    day, last, number = max(rows[0].valid_from, FOUNDED), min(rows[-1].valid_to, LAST), 0
    day += timedelta(days=dice.choice((0, 0, 0, 30, 300)))
    while day < last:
        until = day + timedelta(days=dice.randrange(40, 700))
        leader = f"L{unit}{body[0]}{number}"
        kind = dice.choice(("plain", "plain", "renewed", "nested", "overlapping", "vacant"))
        end = None if until >= last and dice.random() < 0.6 else min(until, last)
        if kind == "renewed" and (end or until) - day > timedelta(days=20):
            middle = day + timedelta(days=10)
            yield TrueTenure(leader, unit, body, day, middle)
            yield TrueTenure(leader, unit, body, middle, end)
        else:
            yield TrueTenure(leader, unit, body, day, end)
        if kind == "nested" and day + timedelta(days=30) < min(until, last):
            acting = day + timedelta(days=dice.randrange(5, 25))
            yield TrueTenure(f"{leader}acting", unit, body, acting, acting + timedelta(days=dice.choice((5, 10))))
        gap = {"vacant": dice.randrange(1, 90), "overlapping": -dice.randrange(1, 30)}.get(kind, 0)
        day, number = max(until + timedelta(days=gap), day + timedelta(days=1)), number + 1


def dialogues_of(units: Units, tenures: list[TrueTenure], dice: Random, count: int) -> list[TrueDialogue]:
    """Return random dialogues, with steps on time and late."""
    return [_dialogue(units, tenures, dice, number) for number in range(count)]


def _dialogue(units: Units, tenures: list[TrueTenure], dice: Random, number: int) -> TrueDialogue:
    held_on = _random_day(dice, TERM_START)
    unit = _random_unit(units, held_on, dice)
    in_post = [it for it in tenures if it.unit == unit and it.from_on <= held_on < (it.to_on or LAST)]
    opinions = dice.randrange(0, 9)
    supervised = held_on + timedelta(days=dice.randrange(5, 60))
    return TrueDialogue(
        number=number,
        unit=unit,
        held_on=held_on,
        form=dice.choice(("periodic", "periodic", "thematic", "extraordinary")),
        chair=name_of(dice.choice(in_post).leader) if in_post and dice.random() < 0.8 else "Người Khác",
        chaired_by_head=dice.random() < 0.8,
        in_programme=dice.random() < 0.7,
        notice_on=dice.choice((None, held_on, *(held_on - timedelta(days=dice.randrange(0, 14)) for _ in range(5)))),
        detailed_programme=dice.random() < 0.8,
        opinions=opinions,
        answered=dice.randrange(0, opinions + 1),
        conclusion_on=dice.choice((None, *(held_on + timedelta(days=dice.randrange(0, 20)) for _ in range(4)))),
        supervised_on=supervised if dice.random() < 0.5 else None,
        field=dice.choice(("", *FIELDS)),
    )


def name_of(leader: str) -> str:
    """The unique name of a leader."""
    letters = "".join(chr(ord("a") + int(each)) if each.isdigit() else each for each in leader.lower())
    return f"Nguyễn Văn {letters.title()}"


def petitions_of(units: Units, dice: Random, count: int) -> list[TruePetition]:
    """Return random petitions: on time, late, open, out of scope, first listed with errors, handed over."""
    return [_petition(units, dice, number) for number in range(count)]


def _petition(units: Units, dice: Random, number: int) -> TruePetition:
    day = _random_day(dice, TERM_START - timedelta(days=150))
    unit = _random_unit(units, day, dice)
    received = _random_instant(day, dice)
    due = _random_instant(day + timedelta(days=dice.randrange(0, 50)), dice, after=18) if dice.random() < 0.7 else None
    outcome, ended = _end(dice, day)
    ancestry = units.ancestry(unit, day)
    first = dice.choice((unit, unit, unit, *ancestry))
    return TruePetition(
        number=number,
        unit=unit,
        received=received,
        first_reported_received=day - timedelta(days=dice.randrange(1, 20)) if dice.random() < 0.1 else received,
        field=dice.choice(FIELDS),
        responsible=dice.choice((first, first, first, _successor(units, unit, dice))),
        first_responsible=first,
        body=dice.choice(("government", "government", "party")),
        due=due,
        first_reported_due=dice.choice((due, due, due, day + timedelta(days=dice.randrange(0, 50)))),
        extension=_extension(dice, day, due),
        outcome=outcome,
        ended=ended,
        satisfaction=dice.choice(RATINGS) if outcome in ("resolved", "explained") else "",
    )


def _end(dice: Random, day: date) -> tuple[str, Instant | None]:
    if dice.random() < 0.15:
        return dice.choice(("in_progress", "not_started")), None
    length = dice.choice((0, dice.randrange(0, 15), dice.randrange(0, 60), dice.randrange(0, 300)))
    ended = _random_instant(day + timedelta(days=length), dice, after=18)
    return dice.choice(ENDS), ended


def _extension(dice: Random, day: date, due: Instant | None) -> tuple[str, Instant | None, date | None]:
    """A random extension: with or without number and date, dated in time or late, to a later or an earlier day."""
    if dice.random() < 0.75:
        return "", None, None
    original = day_of(due) if due else day + timedelta(days=20)
    moved = _random_instant(original + timedelta(days=dice.choice((-3, 0, 10, 30))), dice, after=18)
    written = max(day, original + timedelta(days=dice.choice((-5, -1, 0, 1))))
    return dice.choice(("5/GH", "5/GH", "5/GH", "")), moved, dice.choice((written, written, written, None))


def _successor(units: Units, unit: str, dice: Random) -> str:
    """Another commune, to which a petition may be handed over."""
    return dice.choice([code for code in units.codes() if units.rows(code)[-1].level == "commune" and code != unit])


def _random_instant(day: date, dice: Random, after: int = 7) -> Instant:
    if dice.random() < 0.7:
        return day
    return datetime.combine(day, time(dice.randrange(after, after + 4), dice.choice((0, 30))))


def _random_day(dice: Random, first: date) -> date:
    """A random day; month ends, year ends, the 14th and the leap day are more likely."""
    edges = (date(2024, 9, 14), date(2024, 9, 30), date(2024, 12, 14), date(2024, 12, 31), date(2025, 6, 30))
    if dice.random() < 0.1:
        return dice.choice((*edges, date(2024, 2, 29) if first < TERM_START else first, date(2025, 7, 1)))
    return first + timedelta(days=dice.randrange((LAST - first).days))


def _random_unit(units: Units, day: date, dice: Random) -> str:
    return dice.choice([code for code in units.codes() if units.in_force(code, day)])

"""The petitions of the term: their life cycles, and their state on a given date."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sample_province.chance import chance_for, pick, quota, takes
from sample_province.dialogues import Dialogue
from sample_province.habits import HABITS, Habit
from sample_province.people import GOVERNMENT, PARTY
from sample_province.places import PROVINCE, TERM_DAY, TERM_START, Province, Unit
from sample_province.texts import field_weights, petition_text

PETITION_TOTAL = 5000

LEAVING = ("transferred", "out_of_scope", "duplicate", "returned")
SETTLED = ("resolved", "explained")

_OUTCOMES = {"resolved": 66, "explained": 24, "transferred": 4, "out_of_scope": 3, "duplicate": 2, "returned": 1.4}
_OUTCOMES_AT_ONCE = {"explained": 0.6, "resolved": 0.4}
_TERMS = {10: 0.08, 15: 0.2, 20: 0.34, 30: 0.26, 45: 0.08, 60: 0.04}
_SLOW_FIELDS = {"land": 0.82, "land_clearance": 0.78, "environment": 0.9, "urban": 0.95}
_SEASON = {1: 0.7, 2: 0.4, 3: 1.1, 4: 1.2, 5: 1.0, 6: 0.9, 7: 1.2, 8: 1.4, 9: 1.3, 10: 1.1, 11: 0.9, 12: 0.7}
_OUTSIDE_LEVELS = {"province": 5, "district": 5, "commune": 1}
"""How many petitions a unit at each level receives outside dialogues, relative to a commune."""


@dataclass(frozen=True)
class Extension:
    """An extended term.

    It does not count if `number` is None (no document was issued), or if `on` is after the first due date.
    """

    number: str | None
    on: date
    due_on: date


@dataclass(frozen=True)
class Petition:
    """The life cycle of a petition; `ended_at` is when it was settled or left scope, None if never."""

    code: str
    dialogue_code: str | None
    unit: Unit
    received_at: datetime
    field: str
    summary: str
    responsible_code: str
    responsible_body: str
    due_on: date | None
    extension: Extension | None
    outcome: str
    work_from: date
    ended_at: datetime | None
    result_no: str | None
    satisfaction: str | None

    def received_by(self, day: date) -> bool:
        return self.received_at.date() <= day

    def ended_by(self, day: date) -> bool:
        return self.ended_at is not None and self.ended_at.date() <= day

    def open_on(self, day: date) -> bool:
        """Whether it was received, and neither settled nor out of scope, at the end of the day."""
        return self.received_by(day) and not self.ended_by(day)

    def outcome_on(self, day: date) -> str:
        """The outcome as of the end of the day."""
        if self.ended_by(day):
            return self.outcome
        return "in_progress" if self.work_from <= day else "not_started"


@dataclass(frozen=True)
class _Intake:
    """How a petition was received; `at_once` is whether it was settled at the dialogue itself."""

    code: str
    unit: Unit
    received_at: datetime
    dialogue_code: str | None = None
    at_once: bool = False


def petitions_of(province: Province, dialogues: tuple[Dialogue, ...], seed: int) -> tuple[Petition, ...]:
    """All petitions of the term, exactly `PETITION_TOTAL`, in order of receipt and code."""
    zeal = _zeal(province, seed)
    raised = [p for dialogue in dialogues for p in _from_dialogue(dialogue, zeal, seed)]
    outside = _outside(province, zeal, PETITION_TOTAL - len(raised), seed)
    return tuple(sorted(raised + outside, key=lambda p: (p.received_at, p.code)))


def _zeal(province: Province, seed: int) -> dict[str, float]:
    """By unit code, how much the unit's share settled in time deviates from its district's."""
    rng = chance_for(seed, "zeal")
    return {unit.code: max(-0.3, min(0.14, rng.gauss(0, 0.08))) for unit in province.units}


def _from_dialogue(dialogue: Dialogue, zeal: dict[str, float], seed: int) -> list[Petition]:
    """The petitions from a dialogue: its opinions that were not answered there, and about a third of the answered ones.

    The latter are settled on the same day.
    """
    rng = chance_for(seed, f"raised:{dialogue.code}")
    left = dialogue.opinions_raised - dialogue.answered_at_once
    at_once = sum(takes(rng, 0.35) for _ in range(dialogue.answered_at_once))
    base = dialogue.code.replace("HN-", "KN-", 1)
    received = datetime.combine(dialogue.held_on, time(8, 30))
    petitions = []
    for number in range(1, left + at_once + 1):
        code = f"{base}-{number:02d}"
        intake = _Intake(code, dialogue.unit, received, dialogue.code, at_once=number > left)
        petitions.append(_petition(rng, intake, zeal[dialogue.unit.code]))
    return petitions


def _outside(province: Province, zeal: dict[str, float], total: int, seed: int) -> list[Petition]:
    """The petitions received outside dialogues: more in units at higher levels and in districts with more cases."""
    rng = chance_for(seed, "outside")
    weights = [_OUTSIDE_LEVELS[u.level] * HABITS[u.sender].caseload for u in province.units]
    petitions = []
    for unit, count in quota(rng, total, province.units, weights).items():
        for number, received in enumerate(sorted(_moment(rng) for _ in range(count)), start=1):
            intake = _Intake(f"KN-{unit.code}-TX-{number:03d}", unit, received)
            petitions.append(_petition(rng, intake, zeal[unit.code]))
    return petitions


def _moment(rng: Random) -> datetime:
    """A random office hour on a weekday of the term, more often in busy months."""
    years = {2020: 0.22, 2021: 0.95, 2022: 1.0, 2023: 1.1, 2024: 0.9}
    while True:
        day = date(pick(rng, years), pick(rng, _SEASON), rng.randint(1, 28))
        if TERM_START <= day <= TERM_DAY and day.weekday() < 5:
            return datetime.combine(day, time(rng.randint(7, 16), rng.choice((0, 15, 30, 45))))


def _petition(rng: Random, intake: _Intake, zeal: float) -> Petition:
    unit, received = intake.unit, intake.received_at
    habit = HABITS[unit.sender]
    field = pick(rng, field_weights(unit))
    term = pick(rng, _TERMS)
    due = received.date() + timedelta(days=term)
    outcome = pick(rng, _OUTCOMES_AT_ONCE if intake.at_once else _OUTCOMES)
    in_term = habit.settled_in_term * _SLOW_FIELDS.get(field, 1.04) + zeal + habit.drift * (received.year - 2022)
    ended = _ended(rng, intake, term, outcome, in_term)
    responsible, body = _responsible(rng, intake)
    late = ended is None or ended.date() > due
    settled = outcome in SETTLED and ended is not None
    return Petition(
        code=intake.code,
        dialogue_code=intake.dialogue_code,
        unit=unit,
        received_at=received,
        field=field,
        summary=petition_text(rng, unit, field),
        responsible_code=responsible,
        responsible_body=body,
        due_on=None if takes(rng, 0.11) else due,
        extension=None if intake.at_once else _extension(rng, received.date(), due, late),
        outcome=outcome,
        work_from=received.date() + timedelta(days=int(term * rng.uniform(0.1, 1.3))),
        ended_at=ended,
        result_no=f"{rng.randint(20, 980)}/{'TB-TU' if body == PARTY else 'UBND-TD'}" if takes(rng, 0.93) else None,
        satisfaction=_satisfaction(rng, habit, late) if settled else None,
    )


def _ended(rng: Random, intake: _Intake, term: int, outcome: str, in_term: float) -> datetime | None:
    """When the petition was settled or left scope; `in_term` is the chance of being settled within `term` days."""
    received, habit = intake.received_at, HABITS[intake.unit.sender]
    if intake.at_once:
        return datetime.combine(received.date(), time(11, 15))
    if outcome in LEAVING:
        days = rng.randint(1, term) if takes(rng, 0.85) else term + rng.randint(1, 40)
    elif takes(rng, in_term):
        days = max(1, round(term * min(1.0, rng.betavariate(2.4, 1.5) + (1 - habit.settled_in_term) / 4)))
    elif takes(rng, habit.never_settled / max(0.05, 1 - in_term)):
        return None
    else:
        days = term + 1 + int(rng.expovariate(1 / habit.lateness_days))
    hour = time(rng.randint(8, 16), rng.choice((0, 10, 20, 30, 45)))
    return datetime.combine(received.date() + timedelta(days=days), hour)


def _responsible(rng: Random, intake: _Intake) -> tuple[str, str]:
    """The responsible unit and body: mostly the receiving unit's government, else the Party or a higher unit."""
    unit = intake.unit
    body = PARTY if takes(rng, 0.09) else GOVERNMENT
    if intake.at_once or unit.level == "province":
        return unit.code, body
    if unit.level == "commune":
        return pick(rng, {unit.code: 0.86, unit.parent: 0.13, PROVINCE: 0.01}), body
    return pick(rng, {unit.code: 0.94, PROVINCE: 0.06}), body


def _extension(rng: Random, received: date, due: date, late: bool) -> Extension | None:
    """Rarely an extended term: in order, without a document, or decided only after the first due date; else None."""
    if not takes(rng, 0.22 if late else 0.03):
        return None
    kind = pick(rng, {"in_order": 0.7, "no_document": 0.18, "too_late": 0.12})
    span = (due - received).days
    on = due + timedelta(days=rng.randint(1, 9)) if kind == "too_late" else due - timedelta(rng.randint(1, span // 3))
    number = None if kind == "no_document" else f"{rng.randint(3, 160)}/GH-UBND"
    return Extension(number, on, due + timedelta(days=rng.choice((10, 15, 20, 30))))


def _satisfaction(rng: Random, habit: Habit, late: bool) -> str | None:
    if takes(rng, 0.38):
        return None
    pleased = habit.satisfied - (0.22 if late else 0)
    return pick(rng, {"satisfied": pleased, "neutral": (1 - pleased) * 0.6, "dissatisfied": (1 - pleased) * 0.4})

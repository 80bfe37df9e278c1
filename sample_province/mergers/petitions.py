"""Random petitions; how many each unit receives depends on its size and on chance."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from sample_province.chance import chance_for, pick, quota, takes
from sample_province.dialogues import Dialogue
from sample_province.mergers.cases import Case, Keeper, Moment, day_of
from sample_province.mergers.manners import Manner, manner_of
from sample_province.mergers.maps import NEW_PROVINCE, OLD_PROVINCE, end_of, map_on, sender_on
from sample_province.mergers.periods import SECOND_MERGER, TERM_DAY, TERM_START
from sample_province.people import GOVERNMENT, PARTY
from sample_province.petitions import LEAVING, SETTLED, Extension
from sample_province.places import Unit
from sample_province.texts import field_weights, petition_text

OLD_TOTAL, NEW_TOTAL = 420, 350
"""The numbers of petitions received outside dialogues, before and after the second merger."""

SILENT = frozenset({"13402"})
"""The communes of the new map that never have anything to report."""
SILENT_AT_FIRST = frozenset({"13456", "13504"})
"""The communes with nothing to report for the first quarter of the new map."""

_OLD_SIZES = {"province": 12.0, "district": 10.0}
_NEW_SIZES = {"province": 2.0}
_OUTCOMES = {"resolved": 64, "explained": 24, "transferred": 4, "out_of_scope": 3, "duplicate": 2, "returned": 2}
_TERMS = {10: 0.2, 15: 0.25, 20: 0.3, 30: 0.2, 45: 0.05}


@dataclass(frozen=True)
class _Days:
    """The first and the last day on which a unit receives petitions."""

    first: date
    last: date


def petitions_of(dialogues: tuple[Dialogue, ...], seed: int) -> tuple[Case, ...]:
    """All random petitions, each with its sender on the day of receipt, in order of code."""
    old = {unit: _Days(TERM_START, end_of(unit) - timedelta(days=1)) for unit in map_on(TERM_START).units}
    new = {unit: _new_days(unit) for unit in map_on(SECOND_MERGER).units if unit.code not in SILENT}
    cases = _received(seed, old, OLD_TOTAL, new=False) + _received(seed, new, NEW_TOTAL, new=True)
    cases += [case for dialogue in dialogues for case in _raised(dialogue, seed)]
    return tuple(sorted(cases, key=lambda case: case.code))


def _new_days(unit: Unit) -> _Days:
    return _Days(date(2025, 10, 1) if unit.code in SILENT_AT_FIRST else SECOND_MERGER, TERM_DAY)


def _received(seed: int, days: dict[Unit, _Days], total: int, *, new: bool) -> list[Case]:
    rng = chance_for(seed, f"petitions:{new}")
    sizes = _NEW_SIZES if new else _OLD_SIZES
    spread = 0.45 if new else 1.0
    again = "S" if new else ""  # a unit of the new map restarts its numbers, even if it has the code of an old unit
    weights = [sizes.get(unit.level) or rng.lognormvariate(0, spread) for unit in days]
    cases = []
    for unit, count in quota(rng, total, list(days), weights).items():
        manner = manner_of(seed, unit.code, new=new)
        moments = sorted((_moment(rng, days[unit]) for _ in range(count)), key=lambda m: (day_of(m), str(m)))
        cases += [
            _case(rng, unit, manner, f"KN-{unit.code}-{_year(m)}-{again}{n:03d}", m) for n, m in enumerate(moments, 1)
        ]
    return cases


def _raised(dialogue: Dialogue, seed: int) -> Iterator[Case]:
    """Yield up to two petitions raised at a dialogue; about one in three is settled there at once."""
    rng = chance_for(seed, f"raised:{dialogue.code}")
    manner = manner_of(seed, dialogue.unit.code, new=dialogue.held_on >= SECOND_MERGER)
    received = datetime.combine(dialogue.held_on, time(8, 30))
    for number in range(1, rng.randint(1, 3)):
        code = f"{dialogue.code.replace('HN-', 'KN-', 1)}-HN{number}"
        case = replace(_case(rng, dialogue.unit, manner, code, received), dialogue_code=dialogue.code)
        yield _settled_there(case) if takes(rng, 0.33) else case


def _settled_there(case: Case) -> Case:
    return replace(case, outcome="explained", ended=datetime.combine(case.received_day, time(11, 15)), extension=None)


def _year(moment: Moment) -> int:
    return day_of(moment).year


def _moment(rng: Random, days: _Days) -> Moment:
    """A random weekday, mostly with a time of receipt."""
    while True:
        day = days.first + timedelta(days=rng.randint(0, (days.last - days.first).days))
        if day.weekday() < 5:
            return _timed(rng, day) if takes(rng, 0.6) else day


def _timed(rng: Random, day: date) -> datetime:
    return datetime.combine(day, time(rng.randint(8, 16), rng.choice((0, 10, 15, 30, 45))))


def _case(rng: Random, unit: Unit, manner: Manner, code: str, received: Moment) -> Case:
    field = pick(rng, field_weights(unit))
    term = pick(rng, _TERMS)
    due = day_of(received) + timedelta(days=term)
    outcome = pick(rng, _OUTCOMES)
    ended = _ended(rng, manner, received, term, outcome)
    late = ended is None or day_of(ended) > due
    body = PARTY if takes(rng, 0.1) else GOVERNMENT
    settled = ended is not None and outcome in SETTLED
    day = day_of(received)
    return Case(
        code=code,
        dialogue_code=None,
        unit_code=unit.code,
        received=received,
        field=field,
        summary=petition_text(rng, unit, field),
        body=body,
        due=pick(rng, {None: 0.27, due: 0.65, datetime.combine(due, time(16, 30)): 0.08}),
        extension=_extension(rng, due, term, late),
        outcome=outcome,
        work_from=day + timedelta(days=int(term * rng.uniform(0.1, 1.2))),
        ended=ended,
        result_no=f"{rng.randint(20, 980)}/{'TB-ĐU' if body == PARTY else 'UBND-TD'}" if takes(rng, 0.9) else None,
        satisfaction=_satisfaction(rng, manner, late) if settled else None,
        keepers=(Keeper(day, sender_on(unit.code, day), _responsible(rng, unit, day)),),
    )


def _ended(rng: Random, manner: Manner, received: Moment, term: int, outcome: str) -> Moment | None:
    """When it was settled or left scope: at least a day after its receipt, mostly with a time; None if never."""
    if outcome in LEAVING:
        days = rng.randint(1, term) if takes(rng, 0.8) else term + rng.randint(1, 25)
    elif takes(rng, manner.settled_in_term):
        days = max(1, round(term * rng.betavariate(2.4, 1.5)))
    elif takes(rng, manner.never_settled / (1 - manner.settled_in_term)):
        return None
    else:
        days = term + 1 + int(rng.expovariate(1 / manner.lateness_days))
    day = day_of(received) + timedelta(days=days)
    return _timed(rng, day) if takes(rng, 0.6) else day


def _responsible(rng: Random, unit: Unit, day: date) -> str:
    """The responsible unit: mostly the receiving unit itself, sometimes its district or the province."""
    province = OLD_PROVINCE if day < SECOND_MERGER else NEW_PROVINCE
    if unit.level == "province":
        return unit.code
    if unit.level == "commune" and day < SECOND_MERGER:
        parent = sender_on(unit.code, day) or unit.parent
        return pick(rng, {unit.code: 0.88, parent: 0.1, province: 0.02})
    return pick(rng, {unit.code: 0.95, province: 0.05})


def _extension(rng: Random, due: date, term: int, late: bool) -> Extension | None:
    """Rarely an extended term: in order, without a document, or decided only after the first due date; else None."""
    if not takes(rng, 0.18 if late else 0.03):
        return None
    kind = pick(rng, {"in_order": 0.7, "no_document": 0.18, "too_late": 0.12})
    on = due + timedelta(days=rng.randint(1, 9)) if kind == "too_late" else due - timedelta(rng.randint(1, term // 3))
    number = None if kind == "no_document" else f"{rng.randint(3, 160)}/GH-UBND"
    return Extension(number, on, due + timedelta(days=rng.choice((10, 15, 20))))


def _satisfaction(rng: Random, manner: Manner, late: bool) -> str | None:
    if takes(rng, 0.3):
        return None
    pleased = manner.satisfied - (0.2 if late else 0)
    return pick(rng, {"satisfied": pleased, "neutral": (1 - pleased) * 0.6, "dissatisfied": (1 - pleased) * 0.4})

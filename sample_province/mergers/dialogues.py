"""Random dialogues: about one per unit in the year before the second merger, and one or two after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample_province.chance import chance_for, pick, takes
from sample_province.dialogues import Dialogue
from sample_province.mergers.manners import Manner, manner_of
from sample_province.mergers.maps import end_of, map_on
from sample_province.mergers.periods import SECOND_MERGER, TERM_DAY, TERM_START
from sample_province.mergers.petitions import SILENT, SILENT_AT_FIRST
from sample_province.names import invented_names
from sample_province.people import GOVERNMENT, Tenure
from sample_province.places import Unit
from sample_province.texts import field_weights

_FORMS = {"periodic": 0.78, "thematic": 0.13, "extraordinary": 0.09}
_OLD_NUMBERS = {"province": {2: 1.0}, "district": {1: 0.7, 2: 0.3}, "commune": {0: 0.36, 1: 0.54, 2: 0.1}}
_NEW_NUMBERS = {"province": {1: 1.0}, "commune": {0: 0.12, 1: 0.4, 2: 0.38, 3: 0.1}}
_OPINIONS = {"province": (16, 26), "district": (9, 18), "commune": (4, 12)}
_PARTICIPANTS = {"province": (160, 300), "district": (90, 200), "commune": (40, 130)}
_TET = (date(2025, 1, 22), date(2025, 2, 5))
"""The first and the last day around the lunar new year on which nobody holds a dialogue."""


@dataclass(frozen=True)
class _Host:
    """A unit that holds dialogues: its habits and its deputy, and the tenures of all units."""

    unit: Unit
    manner: Manner
    tenures: tuple[Tenure, ...]
    deputy: str


def dialogues_of(tenures: tuple[Tenure, ...], seed: int) -> tuple[Dialogue, ...]:
    """All random dialogues, in order of date and code."""
    deputies = invented_names(chance_for(seed, "deputies"))
    found: list[Dialogue] = []
    for unit, first, last in _hosts():
        new = first >= SECOND_MERGER
        rng = chance_for(seed, f"dialogues:{unit.code}:{new}")
        numbers = (_NEW_NUMBERS if new else _OLD_NUMBERS)[unit.level]
        days = sorted(_dialogue_day(rng, first, last) for _ in range(pick(rng, numbers)))
        host = _Host(unit, manner_of(seed, unit.code, new=new), tenures, next(deputies))
        for number, day in enumerate(days, start=1):
            code = f"HN-{unit.code}-{day.year}-{'S' if new else ''}{number:02d}"
            found.append(_dialogue(rng, host, code, day))
    return tuple(sorted(found, key=lambda dialogue: (dialogue.held_on, dialogue.code)))


def _hosts() -> Iterator[tuple[Unit, date, date]]:
    """Yield units, as they are on the first day, with the first and the last day on which they may hold dialogues."""
    for unit in map_on(TERM_START).units:
        yield unit, TERM_START, end_of(unit) - timedelta(days=1)
    for unit in map_on(SECOND_MERGER).units:
        if unit.code not in SILENT:
            yield unit, date(2025, 10, 1) if unit.code in SILENT_AT_FIRST else SECOND_MERGER, TERM_DAY


def _dialogue_day(rng: Random, first: date, last: date) -> date:
    while True:
        day = first + timedelta(days=rng.randint(0, (last - first).days))
        if day.weekday() < 5 and not _TET[0] <= day <= _TET[1]:
            return day


def heads_on(tenures: tuple[Tenure, ...], unit_code: str, day: date) -> dict[str, Tenure]:
    """The head of each of the unit's bodies on the day; of two at once, the one who began later."""
    in_office = (tenure for tenure in tenures if tenure.unit_code == unit_code and tenure.covers(day))
    return {tenure.body: tenure for tenure in sorted(in_office, key=lambda each: each.from_on)}


def _chair(rng: Random, host: _Host, day: date) -> Tenure | None:
    """The head who chairs, mostly of the government; None if a deputy chairs."""
    weights = {
        tenure: 0.7 if body == GOVERNMENT else 0.3
        for body, tenure in heads_on(host.tenures, host.unit.code, day).items()
    }
    return pick(rng, weights) if weights and takes(rng, host.manner.chaired_by_head) else None


def _dialogue(rng: Random, host: _Host, code: str, day: date) -> Dialogue:
    unit, manner, chair = host.unit, host.manner, _chair(rng, host, day)
    form = pick(rng, _FORMS)
    opinions = rng.randint(*_OPINIONS[unit.level])
    concluded = _conclusion_day(rng, manner, day)
    return Dialogue(
        code=code,
        unit=map_on(day).by_code[unit.code],
        held_on=day,
        form=form,
        chair_name=chair.full_name if chair else host.deputy,
        chair_post=chair.post if chair else f"Phó Chủ tịch UBND {unit.type.lower()}",
        chaired_by_head=chair is not None,
        delegation_no=None if chair or takes(rng, 0.3) else f"{rng.randint(12, 240)}/GUQ-UBND",
        in_programme=form != "extraordinary" and takes(rng, manner.in_programme),
        notice_on=_notice_day(rng, manner, form, day),
        detailed_programme=takes(rng, manner.detailed_programme),
        participants=rng.randint(*_PARTICIPANTS[unit.level]),
        opinions_raised=opinions,
        answered_at_once=sum(takes(rng, manner.direct_answer) for _ in range(opinions)),
        conclusion_no=f"{rng.randint(15, 390)}/TB-UBND" if concluded else None,
        conclusion_on=concluded,
        main_field=pick(rng, field_weights(unit)),
        supervised_on=concluded + timedelta(days=rng.randint(3, 9))
        if concluded and takes(rng, manner.supervised)
        else None,
        note=None,
    )


def _notice_day(rng: Random, manner: Manner, form: str, day: date) -> date | None:
    if takes(rng, 0.4 * (1 - manner.notice_in_time)):
        return None
    in_time = form != "extraordinary" and takes(rng, manner.notice_in_time)
    return day - timedelta(days=rng.randint(7, 14) if in_time else rng.randint(1, 6))


def _conclusion_day(rng: Random, manner: Manner, day: date) -> date | None:
    if takes(rng, manner.conclusion_in_time):
        return day + timedelta(days=rng.randint(2, 9))
    return day + timedelta(days=rng.randint(10, 26)) if takes(rng, 0.7) else None

"""The dialogues of the term: 5 of the province, 36 of the districts, 477 of the communes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample_province.chance import chance_for, pick, quota, takes
from sample_province.habits import HABITS, Habit
from sample_province.names import invented_names
from sample_province.people import GOVERNMENT, Tenure
from sample_province.places import TERM_DAY, TERM_START, Province, Unit
from sample_province.texts import field_weights

COMMUNE_TOTAL = 477

_YEARS = (2020, 2021, 2022, 2023, 2024)
_PROVINCE_DAYS = (date(2020, 12, 9), date(2021, 10, 14), date(2022, 9, 15), date(2023, 10, 19), date(2024, 9, 5))
_DIALOGUES_A_YEAR = {2020: 0.36, 2021: 0.98, 2022: 1.08, 2023: 1.12, 2024: 0.86}
"""How many dialogues a commune of ordinary diligence holds in a year; 2020 and 2024 are not whole years here."""

_SEASON = {1: 0.4, 2: 0.3, 3: 1.2, 4: 1.5, 5: 1.1, 6: 0.9, 7: 1.1, 8: 1.4, 9: 0.9, 10: 1.4, 11: 1.5, 12: 0.7}
_FORMS = {"periodic": 0.82, "thematic": 0.12, "extraordinary": 0.06}
_STATE_HOLIDAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 2), (9, 3)})
_TET = (
    (date(2021, 2, 8), date(2021, 2, 19)),
    (date(2022, 1, 28), date(2022, 2, 9)),
    (date(2023, 1, 18), date(2023, 1, 30)),
    (date(2024, 2, 7), date(2024, 2, 18)),
)
"""The days around each lunar new year on which nobody holds a dialogue."""


@dataclass(frozen=True)
class Dialogue:
    """The life cycle of one dialogue; a date is None if the step never happened."""

    code: str
    unit: Unit
    held_on: date
    form: str
    chair_name: str
    chair_post: str
    chaired_by_head: bool
    delegation_no: str | None
    in_programme: bool
    notice_on: date | None
    detailed_programme: bool
    participants: int
    opinions_raised: int
    answered_at_once: int
    conclusion_no: str | None
    conclusion_on: date | None
    main_field: str
    supervised_on: date | None
    note: str | None


@dataclass(frozen=True)
class _Host:
    """A unit that holds dialogues, with the tenures of its heads, and its deputy."""

    unit: Unit
    heads: tuple[Tenure, ...]
    deputy: str


def dialogues_of(province: Province, tenures: tuple[Tenure, ...], seed: int) -> tuple[Dialogue, ...]:
    """All dialogues of the term, in order of date and code."""
    deputies = invented_names(chance_for(seed, "deputies"))
    dialogues: list[Dialogue] = []
    for unit, years in _numbers_of_dialogues(province, seed).items():
        rng = chance_for(seed, f"dialogues:{unit.code}")
        host = _Host(unit, tuple(t for t in tenures if t.unit_code == unit.code), next(deputies))
        days = _PROVINCE_DAYS if unit.level == "province" else _days(rng, years)
        dialogues += [_dialogue(rng, host, day, n) for n, day in enumerate(days, start=1)]
    return tuple(sorted(dialogues, key=lambda d: (d.held_on, d.code)))


def _numbers_of_dialogues(province: Province, seed: int) -> Mapping[Unit, Mapping[int, int]]:
    """The number of dialogues by unit and year; the total of each level is exact."""
    rng = chance_for(seed, "meetings")
    numbers: dict[Unit, Mapping[int, int]] = {}
    for unit in province.of_level("province"):
        numbers[unit] = {day.year: 1 for day in _PROVINCE_DAYS}
    for unit in province.of_level("district"):
        numbers[unit] = _district_years(rng, HABITS[unit.code].meetings)
    return numbers | _commune_years(rng, province)


def _district_years(rng: Random, total: int) -> dict[int, int]:
    """One dialogue a year as far as the total suffices, the rest at random; the weak district skips 2020."""
    years = [2024, 2023, 2021, 2022, 2020][: min(total, 5)]
    counts = {year: int(year in years) for year in _YEARS}
    for year, extra in quota(rng, total - len(years), _YEARS, (0.2, 1, 1, 1, 0.8)).items():
        counts[year] += extra
    return counts


def _commune_years(rng: Random, province: Province) -> dict[Unit, Mapping[int, int]]:
    """Each commune's numbers by its district's diligence and its own, adjusted at random to the exact total."""
    communes = province.of_level("commune")
    own = {unit: HABITS[unit.parent].diligence * rng.uniform(0.75, 1.2) for unit in communes}
    counts = {(u, y): _around(rng, own[u] * _DIALOGUES_A_YEAR[y]) for u in communes for y in _YEARS}
    while (difference := COMMUNE_TOTAL - sum(counts.values())) != 0:
        unit, year = rng.choice(communes), rng.choice(_YEARS[1:])
        if difference > 0 and counts[unit, year] < 2 and takes(rng, own[unit] / 1.4):
            counts[unit, year] += 1
        elif difference < 0 and counts[unit, year] > 0 and takes(rng, 1.2 - own[unit] / 1.4):
            counts[unit, year] -= 1
    return {u: {y: counts[u, y] for y in _YEARS} for u in communes}


def _around(rng: Random, expected: float) -> int:
    """A random whole number near `expected`, from zero to two."""
    whole = int(expected)
    drawn = whole + takes(rng, expected - whole)
    return max(0, min(2, drawn - takes(rng, 0.05)))


def _days(rng: Random, years: Mapping[int, int]) -> tuple[date, ...]:
    return tuple(sorted(_day_in(rng, year) for year, count in years.items() for _ in range(count)))


def _day_in(rng: Random, year: int) -> date:
    """A random working day of the term in that year, more often in spring and autumn."""
    months = {m: w for m, w in _SEASON.items() if TERM_START <= date(year, m, 1) <= TERM_DAY}
    while True:
        day = date(year, pick(rng, months), rng.randint(1, 28))
        if _may_be_held_on(day):
            return day


def _may_be_held_on(day: date) -> bool:
    if day.weekday() > 4 or (day.month, day.day) in _STATE_HOLIDAYS:
        return False
    return not any(first <= day <= last for first, last in _TET)


def _dialogue(rng: Random, host: _Host, day: date, number: int) -> Dialogue:
    unit, habit = host.unit, HABITS[host.unit.sender]
    form = "periodic" if unit.level == "province" else pick(rng, _FORMS)
    chair = _chair(rng, habit, host.heads, day)
    opinions = _opinions(rng, unit)
    conclusion_on = _conclusion_day(rng, habit, day)
    return Dialogue(
        code=f"HN-{unit.code}-{day.year}-{number:02d}",
        unit=unit,
        held_on=day,
        form=form,
        chair_name=chair.full_name if chair else host.deputy,
        chair_post=chair.post if chair else f"Phó Chủ tịch UBND {unit.type.lower()}",
        chaired_by_head=chair is not None,
        delegation_no=None if chair or takes(rng, 0.3) else f"{rng.randint(12, 240)}/GUQ-UBND",
        in_programme=form != "extraordinary" and takes(rng, habit.in_programme),
        notice_on=_notice_day(rng, habit, form, day),
        detailed_programme=takes(rng, habit.detailed_programme),
        participants=_participants(rng, unit),
        opinions_raised=opinions,
        answered_at_once=sum(takes(rng, habit.direct_answer) for _ in range(opinions)),
        conclusion_no=_conclusion_number(rng, unit) if conclusion_on else None,
        conclusion_on=conclusion_on,
        main_field=pick(rng, field_weights(unit)),
        supervised_on=_supervision_day(rng, habit, conclusion_on),
        note=pick(rng, {None: 0.93, "Phối hợp với MTTQ tổ chức": 0.05, "Hội nghị ghép hai nội dung": 0.02}),
    )


def _conclusion_number(rng: Random, unit: Unit) -> str:
    return f"{rng.randint(15, 390)}/TB-{'TU' if unit.level == 'province' else 'UBND'}"


def _chair(rng: Random, habit: Habit, heads: tuple[Tenure, ...], day: date) -> Tenure | None:
    """The head in office who chairs, mostly of the government; None if a deputy chairs."""
    in_office = {t: 0.7 if t.body == GOVERNMENT else 0.3 for t in heads if t.covers(day)}
    if not in_office or not takes(rng, habit.chaired_by_head):
        return None
    return pick(rng, in_office)


def _notice_day(rng: Random, habit: Habit, form: str, day: date) -> date | None:
    if takes(rng, 0.5 * (1 - habit.notice_in_time)):
        return None
    in_time = form != "extraordinary" and takes(rng, habit.notice_in_time)
    return day - timedelta(days=rng.randint(7, 15) if in_time else rng.randint(1, 6))


def _conclusion_day(rng: Random, habit: Habit, day: date) -> date | None:
    if takes(rng, habit.conclusion_in_time):
        return day + timedelta(days=rng.randint(3, 10))
    return day + timedelta(days=rng.randint(11, 34)) if takes(rng, 0.72) else None


def _supervision_day(rng: Random, habit: Habit, conclusion_on: date | None) -> date | None:
    if conclusion_on is None or not takes(rng, habit.supervised):
        return None
    return conclusion_on + timedelta(days=rng.randint(7, 30))


def _opinions(rng: Random, unit: Unit) -> int:
    low, high = {"province": (24, 38), "district": (12, 24), "commune": (5, 14)}[unit.level]
    return rng.randint(low, high)


def _participants(rng: Random, unit: Unit) -> int:
    low, high = {"province": (180, 320), "district": (110, 220), "commune": (45, 140)}[unit.level]
    return rng.randint(low, high)

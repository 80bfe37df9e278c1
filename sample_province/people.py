"""The heads of both bodies and their tenures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample_province.chance import chance_for, pick, takes
from sample_province.names import invented_names
from sample_province.places import TERM_DAY, Province, Unit

PARTY = "party"
GOVERNMENT = "government"
BODIES = (PARTY, GOVERNMENT)

_CHANGES = {0: 0.36, 1: 0.46, 2: 0.18}
_COMMITTEE = {"Tỉnh": "Tỉnh ủy", "Thành phố": "Thành ủy", "Thị xã": "Thị ủy", "Huyện": "Huyện ủy"}


@dataclass(frozen=True)
class Tenure:
    """One person's time in one post; `to_on` is exclusive, and None while the person is in post."""

    leader_code: str
    full_name: str
    unit_code: str
    body: str
    post: str
    from_on: date
    to_on: date | None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)

    def touches(self, first: date, last: date) -> bool:
        return self.from_on <= last and (self.to_on is None or self.to_on > first)


@dataclass(frozen=True)
class Person:
    """An invented leader."""

    code: str
    name: str


@dataclass(frozen=True)
class Spell:
    """The time in a post, [from_on, to_on), of a holder who is not yet chosen."""

    from_on: date
    to_on: date | None


def tenures_of(province: Province, seed: int) -> tuple[Tenure, ...]:
    """All tenures that overlap the term, ordered by unit, body and first day; those in one post never overlap."""
    names = invented_names(chance_for(seed, "names"))
    tenures: list[Tenure] = []
    for unit in province.units:
        tenures += _unit_tenures(unit, chance_for(seed, f"people:{unit.code}"), names)
    return tuple(sorted(tenures, key=lambda t: (t.unit_code, t.body, t.from_on)))


def post_of(unit: Unit, body: str) -> str:
    """The title of the head of a body: "Bí thư Đảng ủy xã", "Chủ tịch UBND huyện"."""
    if body == GOVERNMENT:
        return f"Chủ tịch UBND {unit.type.lower()}"
    return f"Bí thư {_COMMITTEE.get(unit.type, f'Đảng ủy {unit.type.lower()}')}"


def _unit_tenures(unit: Unit, rng: Random, names: Iterator[str]) -> list[Tenure]:
    party = _spells(rng, date(2020, rng.randint(5, 8), rng.randint(1, 28)))
    secretaries = [Person(f"CB-{unit.code}-P{n:02d}", next(names)) for n in range(1, len(party) + 1)]
    if unit.level == "commune" and takes(rng, 0.13):
        return _held_together(unit, party, secretaries)
    government = _spells(rng, date(2020, rng.randint(1, 8), rng.randint(2, 28)))
    promoted = len(party) > 1 and takes(rng, 0.35)
    if promoted:
        government = _ending_on(rng, government[0], party[1].from_on)
    chairmen = [Person(f"CB-{unit.code}-G{n:02d}", next(names)) for n in range(1, len(government) + 1)]
    if promoted:
        secretaries = [secretaries[0], chairmen[0], *secretaries[2:]]
    return _tenures(unit, PARTY, party, secretaries) + _tenures(unit, GOVERNMENT, government, chairmen)


def _ending_on(rng: Random, spell: Spell, day: date) -> list[Spell]:
    """The spells of the chairman, who becomes secretary on `day`, and of the next one, at once or some weeks later."""
    start = day + timedelta(days=rng.randint(15, 150) if takes(rng, 0.4) else 0)
    spells = [Spell(spell.from_on, day)]
    return spells if start > TERM_DAY else [*spells, Spell(start, None)]


def _held_together(unit: Unit, spells: list[Spell], people: list[Person]) -> list[Tenure]:
    """The tenures of people who are secretary and chairman at once, with the same dates in both posts."""
    return _tenures(unit, PARTY, spells, people) + _tenures(unit, GOVERNMENT, spells, people)


def _tenures(unit: Unit, body: str, spells: list[Spell], people: list[Person]) -> list[Tenure]:
    return [
        Tenure(person.code, person.name, unit.code, body, post_of(unit, body), spell.from_on, spell.to_on)
        for spell, person in zip(spells, people, strict=True)
    ]


def _spells(rng: Random, first: date) -> list[Spell]:
    """The spells of one post from `first` on, with up to two changes; about a third of them leave the post vacant."""
    ends = sorted(_day_of_change(rng) for _ in range(pick(rng, _CHANGES)))
    spells, start = [], first
    for end in ends:
        if end <= start + timedelta(days=120):
            continue
        spells.append(Spell(start, end))
        start = end + timedelta(days=rng.randint(20, 220) if takes(rng, 0.34) else 0)
    if spells and start > TERM_DAY:
        return spells
    return [*spells, Spell(start, None)]


def _day_of_change(rng: Random) -> date:
    """The date of a change: most often in mid-2021 (elections of the people's councils) or 2023, else 2022 or 2024."""
    year, months = pick(rng, {(2021, (5, 7)): 0.3, (2022, (1, 12)): 0.2, (2023, (1, 12)): 0.3, (2024, (1, 9)): 0.2})
    return date(year, rng.randint(*months), rng.choice((1, 1, 5, 10, 15, 16, 20, 25)))

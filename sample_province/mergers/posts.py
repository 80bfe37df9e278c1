"""The heads of both bodies across the mergers: they leave when old units end, and start when new ones begin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample_province.chance import chance_for, takes
from sample_province.mergers.maps import communes_on, end_of, map_on
from sample_province.mergers.periods import SECOND_MERGER, TERM_START
from sample_province.mergers.planned_posts import PLANNED, Stint
from sample_province.names import invented_names
from sample_province.people import BODIES, GOVERNMENT, PARTY, Tenure, post_of
from sample_province.places import Unit

_HELD_TOGETHER = 0.08
_NEVER_FILLED = 0.03


@dataclass(frozen=True)
class _Life:
    """A unit's time on the map: from `first` (None: since before the term) up to `last`, excluded (None: no end)."""

    unit: Unit
    first: date | None
    last: date | None

    @property
    def key(self) -> str:
        return f"{self.unit.code}:{'old' if self.first is None else 'new'}"


def tenures_of(seed: int) -> tuple[Tenure, ...]:
    """All tenures that overlap the world's term, in order of unit, body and first day."""
    names = invented_names(chance_for(seed, "names"))
    codes: dict[str, tuple[str, str]] = {}
    tenures = []
    for life in _lives():
        for body, stints in _stints(life, chance_for(seed, f"posts:{life.key}")).items():
            for stint in stints:
                if stint.person not in codes:
                    codes[stint.person] = (f"CB-{len(codes) + 1:04d}", next(names))
                tenures.append(_tenure(life.unit, body, stint, codes[stint.person]))
    return tuple(sorted(tenures, key=lambda t: (t.unit_code, t.body, t.from_on, t.leader_code)))


def _lives() -> Iterator[_Life]:
    for unit in map_on(TERM_START).units:
        yield _Life(unit, None, end_of(unit))
    for unit in (*map_on(SECOND_MERGER).of_level("province"), *communes_on(SECOND_MERGER)):
        yield _Life(unit, SECOND_MERGER, None)


def _tenure(unit: Unit, body: str, stint: Stint, person: tuple[str, str]) -> Tenure:
    post = post_of(unit, body)
    post = f"Quyền {post}" if stint.acting else post
    return Tenure(*person, unit.code, body, post, stint.from_on, stint.to_on)


def _stints(life: _Life, rng: Random) -> dict[str, tuple[Stint, ...]]:
    """The stints of both posts, planned or random; in some communes one person holds both."""
    found = {body: _by_chance(life, body, rng) for body in BODIES}
    if life.unit.level == "commune" and takes(rng, _HELD_TOGETHER):
        found[GOVERNMENT] = found[PARTY]
    return {body: PLANNED.get((life.key, body), stints) for body, stints in found.items()}


def _by_chance(life: _Life, body: str, rng: Random) -> tuple[Stint, ...]:
    """One random holder, or two, perhaps with vacant weeks between; a new post may be filled late or not at all."""
    first = life.first or date(rng.choice((2020, 2021, 2022)), rng.randint(5, 8), rng.randint(1, 28))
    if life.first and takes(rng, _NEVER_FILLED):
        return ()
    if life.first and takes(rng, 0.1):
        first += timedelta(days=rng.randint(10, 60))
    start = Stint(f"{life.key}:{body}:1", first, life.last)
    if not takes(rng, 0.22):
        return (start,)
    change = _day_of_change(life, rng)
    gap = timedelta(days=rng.randint(15, 70) if takes(rng, 0.3) else 0)
    left = Stint(start.person, first, change)
    if life.last and change + gap >= life.last:
        return (left,)
    return left, Stint(f"{life.key}:{body}:2", change + gap, life.last)


def _day_of_change(life: _Life, rng: Random) -> date:
    """A random date within the world and the unit's life, some time after its start and before its end."""
    first = (life.first or TERM_START) + timedelta(days=70)
    last = (life.last or date(2025, 12, 20)) - timedelta(days=10)
    return first + timedelta(days=rng.randint(0, (last - first).days))

"""Ranks among peers, and the bands in which they may lie."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tests.oracle.coverage import Coverage
from tests.oracle.kpis import HIGHER, RANKED, Figure, Key
from tests.oracle.world import World, subject

TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class Place:
    """A rank among peers with its band; all None where there is none."""

    rank: int | None = None
    rank_best: int | None = None
    rank_worst: int | None = None
    peer_count: int | None = None


def places_of(figures: Mapping[Key, Figure], world: World, coverage: Coverage) -> dict[Key, Place]:
    """The places of the units and subtrees that are ranked.

    Peers are those of one level and peer group in force on the day of B, by period, kind of subject, field and KPI.
    """
    peers: dict[tuple[object, ...], list[Key]] = defaultdict(list)
    for key, figure in figures.items():
        period, who, field, kpi = key
        if who.kind in ("unit", "subtree") and kpi in RANKED and _is_ranked(key, figure, world, coverage):
            level = world.units.level(who.id, period.last_counted)
            group = world.landed.peer_groups.get(who.id)
            peers[period, who.kind, field, kpi, level, group].append(key)
    return {key: place for keys in peers.values() for key, place in _among(keys, figures).items()}


def _is_ranked(key: Key, figure: Figure, world: World, coverage: Coverage) -> bool:
    """Enough below the line, in force on the day of B, and of a level of which enough feeds due have come."""
    period, who, _, _ = key
    day = period.last_counted
    share = coverage.of(period, subject("level", world.units.level(who.id, day)))
    return (
        (figure.denominator or 0) >= world.landed.min_denominator
        and world.units.in_force(who.id, day)
        and (share is None or share >= world.landed.min_coverage)
    )


def _among(keys: list[Key], figures: Mapping[Key, Figure]) -> dict[Key, Place]:
    """Peers placed by the end of the interval that is nearer to bad, as if higher were better."""
    ends = _as_higher if keys[0][3] in HIGHER else _turned
    intervals = {key: ends(figures[key]) for key in keys}
    lowers = sorted(lower for lower, _ in intervals.values())
    uppers = sorted(upper for _, upper in intervals.values())

    def place(lower: float, upper: float) -> Place:
        better, wholly_better = (len(keys) - bisect_right(lowers, end + TOLERANCE) for end in (lower, upper))
        wholly_worse = bisect_left(uppers, lower - TOLERANCE)
        return Place(1 + better, 1 + wholly_better, len(keys) - wholly_worse, len(keys))

    return {key: place(*interval) for key, interval in intervals.items()}


def _as_higher(figure: Figure) -> tuple[float, float]:
    return figure.lower or 0.0, figure.upper or 0.0


def _turned(figure: Figure) -> tuple[float, float]:
    return -(figure.upper or 0.0), -(figure.lower or 0.0)

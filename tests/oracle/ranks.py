"""Ranks among peers, with their bands."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tests.oracle.coverage import Coverage
from tests.oracle.kpis import HIGHER_IS_BETTER, RANKED, Figure, Key
from tests.oracle.world import World, subject

TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True)
class Ranking:
    """A rank among peers with its band; all None for an unranked subject."""

    rank: int | None = None
    rank_best: int | None = None
    rank_worst: int | None = None
    peer_count: int | None = None


def rankings_of(figures: Mapping[Key, Figure], world: World, coverage: Coverage) -> dict[Key, Ranking]:
    """Return the rankings of units and subtrees that have one.

    Peers have the same level and peer group on the cutoff's date, and the same period, kind of subject, field and KPI.
    """
    peers: dict[tuple[object, ...], list[Key]] = defaultdict(list)
    for key, figure in figures.items():
        period, who, field, kpi = key
        if who.kind in ("unit", "subtree") and kpi in RANKED and _is_ranked(key, figure, world, coverage):
            level = world.units.level(who.id, period.last_counted)
            group = world.inputs.peer_groups.get(who.id)
            peers[period, who.kind, field, kpi, level, group].append(key)
    return {key: ranking for keys in peers.values() for key, ranking in _rank_peers(keys, figures).items()}


def _is_ranked(key: Key, figure: Figure, world: World, coverage: Coverage) -> bool:
    """True if its denominator and its level's coverage reach the minimum, and the unit is in force at the cutoff."""
    period, who, _, _ = key
    day = period.last_counted
    share = coverage.of(period, subject("level", world.units.level(who.id, day)))
    return (
        (figure.denominator or 0) >= world.inputs.min_denominator
        and world.units.in_force(who.id, day)
        and (share is None or share >= world.inputs.min_coverage)
    )


def _rank_peers(keys: list[Key], figures: Mapping[Key, Figure]) -> dict[Key, Ranking]:
    """Rank peers by the less favourable bound of their intervals, turned so that higher is better."""
    ends = _plain_interval if keys[0][3] in HIGHER_IS_BETTER else _negated_interval
    intervals = {key: ends(figures[key]) for key in keys}
    lowers = sorted(lower for lower, _ in intervals.values())
    uppers = sorted(upper for _, upper in intervals.values())

    def ranking(lower: float, upper: float) -> Ranking:
        better, wholly_better = (len(keys) - bisect_right(lowers, end + TOLERANCE) for end in (lower, upper))
        wholly_worse = bisect_left(uppers, lower - TOLERANCE)
        return Ranking(1 + better, 1 + wholly_better, len(keys) - wholly_worse, len(keys))

    return {key: ranking(*interval) for key, interval in intervals.items()}


def _plain_interval(figure: Figure) -> tuple[float, float]:
    return figure.lower or 0.0, figure.upper or 0.0


def _negated_interval(figure: Figure) -> tuple[float, float]:
    return -(figure.upper or 0.0), -(figure.lower or 0.0)

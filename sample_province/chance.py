"""Seeded chance: the only source of variation in the sample province."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def chance_for(seed: int, part: str) -> Random:
    """A separate generator for each part, so that a change in one part does not affect the others."""
    return Random(f"{seed}:{part}")  # noqa: S311 - invented data, not a secret


def pick(rng: Random, weights: Mapping[T, float]) -> T:
    """One key, drawn at random by its weight."""
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def takes(rng: Random, probability: float) -> bool:
    """Whether a random event with this probability occurs."""
    return rng.random() < probability


def quota(rng: Random, total: int, keys: Sequence[T], weights: Sequence[float]) -> dict[T, int]:
    """`total` spread over `keys` at random, in proportion to `weights`; every key is present, and the sum is exact."""
    counts = dict.fromkeys(keys, 0)
    for key in rng.choices(keys, weights=weights, k=total):
        counts[key] += 1
    return counts

"""One value held against another."""

from dataclasses import dataclass
from typing import Any

NEAR = 1e-9
EXACT = {"rank", "rank_best", "rank_worst", "peer_count"}
BOUNDS = {"lower", "upper"}


@dataclass(frozen=True)
class Difference:
    """One value that is published otherwise than the oracle says."""

    table: str
    key: tuple[object, ...]
    column: str
    published: object
    expected: object


def alike(column: str, published: Any, expected: Any) -> bool:
    """Equal, or numbers that differ by no more than 1e-9; bounds at 0 and 1 and ranks are equal exactly."""
    if published == expected or published is None or expected is None:
        return bool(published == expected)
    if column in EXACT or not isinstance(published, int | float) or (column in BOUNDS and expected in (0, 1)):
        return False
    return bool(abs(published - expected) <= NEAR)

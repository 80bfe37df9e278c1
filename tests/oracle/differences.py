"""Compare one published value with the expected one."""

from dataclasses import dataclass
from typing import Any

TOLERANCE = 1e-9
EXACT = {"rank", "rank_best", "rank_worst", "peer_count"}
BOUNDS = {"lower", "upper"}


@dataclass(frozen=True)
class Difference:
    """One value that is published differently from what the oracle computes."""

    table: str
    key: tuple[object, ...]
    column: str
    published: object
    expected: object


def is_close(column: str, published: Any, expected: Any) -> bool:
    """Return True for equal values and for numbers within 1e-9; ranks, and bounds at 0 and 1, must be equal exactly."""
    if published == expected or published is None or expected is None:
        return bool(published == expected)
    if column in EXACT or not isinstance(published, int | float) or (column in BOUNDS and expected in (0, 1)):
        return False
    return bool(abs(published - expected) <= TOLERANCE)

"""Wilson score intervals and the Kaplan–Meier median."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from math import sqrt

Z = 1.959963984540054
TOLERANCE = 1e-9


@cache
def wilson(numerator: float, denominator: float) -> tuple[float, float]:
    """Return the 95 % score interval; the lower bound of 0 of n is exactly 0, the upper bound of n of n exactly 1."""
    n, p = denominator, numerator / denominator
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    lower = 0.0 if numerator == 0 else middle - half
    return lower, 1.0 if numerator == denominator else middle + half


def survival_median(waits: Sequence[tuple[int, bool]]) -> int | None:
    """Return the smallest time at which survival is at most one half, from pairs (time, is censored).

    At ties, deaths come before censorings. Survival is a float, and an exact fraction where the float is too close to
    one half to decide.
    """
    at_risk, survival = len(waits), 1.0
    steps: list[int] = []
    for wait, censored in sorted(waits):
        if not censored:
            survival *= (at_risk - 1) / at_risk
            steps.append(at_risk)
            if survival < 0.5 - TOLERANCE or (survival < 0.5 + TOLERANCE and _survival(steps) <= Fraction(1, 2)):
                return wait
        at_risk -= 1
    return None


def _survival(steps: list[int]) -> Fraction:
    """Survival after one death at each of the numbers at risk in `steps`."""
    survival = Fraction(1)
    for at_risk in steps:
        survival *= Fraction(at_risk - 1, at_risk)
    return survival

"""Wilson score intervals, and the median of Kaplan and Meier."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from math import sqrt

Z = 1.959963984540054
NEAR = 1e-9


@cache
def wilson(numerator: float, denominator: float) -> tuple[float, float]:
    """The 95 % score interval; 0 of n begins at 0 and n of n ends at 1 exactly."""
    n, p = denominator, numerator / denominator
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    lower = 0.0 if numerator == 0 else middle - half
    return lower, 1.0 if numerator == denominator else middle + half


def survival_median(waits: Sequence[tuple[int, bool]]) -> int | None:
    """The smallest time at which survival is one half or less, of pairs (time, is censored).

    In order, deaths come before censorings at ties. Survival is a float, and an exact fraction where the float is too
    near to one half to tell.
    """
    at_risk, survival = len(waits), 1.0
    steps: list[int] = []
    for wait, censored in sorted(waits):
        if not censored:
            survival *= (at_risk - 1) / at_risk
            steps.append(at_risk)
            if survival < 0.5 - NEAR or (survival < 0.5 + NEAR and _survival(steps) <= Fraction(1, 2)):
                return wait
        at_risk -= 1
    return None


def _survival(steps: list[int]) -> Fraction:
    """Survival after one death each among `steps` at risk."""
    survival = Fraction(1)
    for at_risk in steps:
        survival *= Fraction(at_risk - 1, at_risk)
    return survival

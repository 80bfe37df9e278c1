"""Check the oracle itself against the worked example of the definitions and against lifelines."""

from datetime import datetime
from fractions import Fraction
from random import Random

import pytest
from lifelines import KaplanMeierFitter

from tests.integration.homes import WORKED_EXAMPLE, home_with
from tests.oracle.expectation import Expectation
from tests.oracle.inputs import read_home
from tests.oracle.intervals import survival_median, wilson
from tests.oracle.world import World, subject
from warehouse.home import Home

A = datetime(2024, 10, 5, 12)
AN, BINH = "CB-AN|13285|government", "CB-BINH|13285|government"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the worked example landed."""
    return home_with(tmp_path_factory.mktemp("oracle") / "home", WORKED_EXAMPLE, datetime(2024, 10, 4, 9))


@pytest.mark.parametrize(
    ("kind", "identifier", "kpi", "numerator", "denominator"),
    [
        ("unit", "13285", "resolution_rate", 3, 5),
        ("unit", "13285", "resolved_share", 2, 3),
        ("unit", "13285", "on_time_rate", 2, 4),
        ("unit", "13285", "overdue_rate", 1, 2),
        ("unit", "13285", "overdue_open", 1, None),
        ("head", AN, "on_time_rate", 1, 2),
        ("head", BINH, "on_time_rate", 1, 2),
        ("head", AN, "resolution_rate", 1, 4),
        ("head", BINH, "resolution_rate", 2, 4),
        ("head", BINH, "overdue_open", 1, None),
        ("head", BINH, "overdue_inherited", 0, None),
    ],
)
def test_the_worked_example(
    home: Home, kind: str, identifier: str, kpi: str, numerator: int, denominator: int | None
) -> None:
    world = World(read_home(home), A, A)
    (quarter,) = (it for it in world.periods if (it.calendar, it.code) == ("party", "2024Q3"))
    figure = Expectation(world).figure((quarter, subject(kind, identifier), "ALL", kpi))
    assert figure
    assert (figure.numerator, figure.denominator) == (numerator, denominator)


def test_medians_equal_those_of_lifelines_and_of_exact_fractions() -> None:
    dice = Random(7)
    for _ in range(150):
        waits = [(dice.randrange(0, 40), dice.random() < 0.4) for _ in range(dice.randrange(1, 40))]
        median = survival_median(waits)
        assert median == exact_median(waits)
        fitted = KaplanMeierFitter().fit([wait for wait, _ in waits], [not censored for _, censored in waits])
        # lifelines computes its curve in floating point, where one half may be slightly above one half
        if median is not None:
            assert fitted.predict(median) <= 0.5 + 1e-9
            assert median == 0 or fitted.predict(median - 0.5) > 0.5 - 1e-9


def exact_median(waits: list[tuple[int, bool]]) -> int | None:
    """The Kaplan–Meier median in exact fractions."""
    survival = Fraction(1)
    for time in sorted({wait for wait, censored in waits if not censored}):
        at_risk = sum(wait >= time for wait, _ in waits)
        deaths = sum(wait == time and not censored for wait, censored in waits)
        survival *= Fraction(at_risk - deaths, at_risk)
        if survival <= Fraction(1, 2):
            return time
    return None


@pytest.mark.parametrize(
    ("numerator", "denominator", "bounds"),
    [
        (0, 10, (0, pytest.approx(0.27753279))),
        (10, 10, (pytest.approx(0.72246721), 1)),
        (5, 10, (pytest.approx(0.23659309), pytest.approx(0.76340691))),
    ],
)
def test_wilson_intervals(numerator: int, denominator: int, bounds: tuple[float, float]) -> None:
    assert wilson(numerator, denominator) == bounds

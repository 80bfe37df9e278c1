"""Displayed values: words never contradict the figures next to them."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import Kpi
from dashboard.text import rounding, sentences
from tests.unit.dashboard.conftest import figure, on_time, overdue

COUNT = replace(overdue(), target=None)
DAYS = replace(overdue(), unit="ngày", target=20.0)
RATES = st.integers(1, 2000).flatmap(lambda whole: st.integers(0, whole).map(lambda part: Fraction(part, whole)))
TARGETS = st.integers(0, 1000).map(lambda target: Fraction(target, 1000))
KPIS = st.builds(lambda target, better: replace(on_time(), target=float(target), better=better), TARGETS,
                 st.sampled_from(("higher", "lower")))  # fmt: skip


@pytest.mark.parametrize(
    ("kpi", "value", "previous", "shown"),
    [
        (on_time(), 0.75, 0.71, "+4 điểm"),
        (on_time(), 0.75, 0.771, "−2,1 điểm"),
        (COUNT, 24, 32, "−8"),
        (DAYS, 8.5, 9.0, "−0,5"),
        (COUNT, 1234, 10, "+1.224"),
        (on_time(), 0.5, 0.5, "không đổi"),
        (on_time(), None, 0.5, "–"),
        (on_time(), 0.5, None, "–"),
        (on_time(), 0.7504, 0.7496, "không đổi"),
        (on_time(), 0.7506, 0.7504, "+0,1 điểm"),
    ],
)
def test_a_change_is_the_difference_of_displayed_values(
    kpi: Kpi, value: float | None, previous: float | None, shown: str
) -> None:
    assert rounding.change(kpi, value, previous) == shown


@pytest.mark.parametrize(
    ("kpi", "value", "shown"),
    [
        (on_time(), None, "–"),
        (on_time(), 27 / 30, "90,0\u00a0%"),
        (on_time(), 2241 / 2491, "89,96\u00a0%"),
        (on_time(), 0.8999999, "89,99999\u00a0%"),
        (replace(on_time(), better="lower"), 0.9004, "90,04\u00a0%"),
        (replace(on_time(), target=None), 2241 / 2491, "90,0\u00a0%"),
        (DAYS, 20.0, "20"),
        (DAYS, 19.96, "20,0"),
        (DAYS, 20.04, "20,04"),
        (COUNT, 1234, "1.234"),
    ],
)
def test_a_value_shows_the_digits_that_its_target_needs(kpi: Kpi, value: float | None, shown: str) -> None:
    assert rounding.measure(kpi, value) == shown


def test_a_target_does_not_depend_on_the_last_bit_of_a_float() -> None:
    required = sum([3 / 365] * 365)
    assert rounding.met(replace(on_time(), target=1.0), 3 / required) is True
    assert rounding.met(replace(on_time(), better=""), 0.1) is None, "what has no better side misses nothing"


@given(KPIS, RATES)
def test_the_displayed_value_agrees_with_the_exact_one_about_the_target(kpi: Kpi, rate: Fraction) -> None:
    target = Fraction(str(kpi.target))
    is_met = rate >= target if kpi.better == "higher" else rate <= target
    assert rounding.met(kpi, float(rate)) is is_met
    shown = Fraction(rounding.rounded(kpi, float(rate)) or Decimal(0)) / 100
    assert (shown >= target if kpi.better == "higher" else shown <= target) is is_met


@given(KPIS, RATES, RATES)
def test_direction_and_judgement_agree_with_the_displayed_figures(kpi: Kpi, now: Fraction, before: Fraction) -> None:
    value = figure(0, None, value=float(now), previous_value=float(before))
    shown, then = (rounding.measure(kpi, float(rate)) for rate in (now, before))
    text, verdict = sentences.change(kpi, value, "Quý II/2024"), sentences.judged_change(kpi, value)
    step = (rounding.rounded(kpi, float(now)) or 0) - (rounding.rounded(kpi, float(before)) or 0)
    assert text.startswith("▲ +" if step > 0 else "▼ −" if step < 0 else "không đổi")
    assert (verdict == "") is (step == 0)
    assert (verdict == "tốt hơn") is (step != 0 and (step > 0) == (kpi.better == "higher"))
    if shown == then:
        assert text == "không đổi so với Quý II/2024"

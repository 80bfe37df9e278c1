"""Numbers and dates in Vietnamese notation."""

from datetime import date, datetime

import pytest

from dashboard.text import formats


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [(None, 0, "–"), (1234, 0, "1.234"), (1234567.891, 2, "1.234.567,89"), (-3, 0, "−3"), (0, 0, "0")],
)
def test_number(value: float | None, digits: int, shown: str) -> None:
    assert formats.number(value, digits) == shown


@pytest.mark.parametrize(
    ("fraction", "shown"),
    [
        (None, "–"),
        (0.125, "12,5\u00a0%"),
        (0.86, "86,0\u00a0%"),
        (1.0, "100,0\u00a0%"),
        (0.0, "0,0\u00a0%"),
        (2 / 3, "66,7\u00a0%"),
    ],
)
def test_rates_always_have_one_decimal(fraction: float | None, shown: str) -> None:
    assert formats.percent(fraction) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(0.9, "%", "90\u00a0%"), (0.975, "%", "97,5\u00a0%"), (0.29, "%", "29\u00a0%"), (20, "ngày", "20\u00a0ngày")],
)
def test_thresholds_are_shown_as_set(value: float, unit: str, shown: str) -> None:
    assert formats.threshold(value, unit) == shown


def test_a_zero_denominator_is_shown_as_a_dash() -> None:
    assert formats.share(0, 0) == "–"
    assert formats.share(None, None) == "–"
    assert formats.share(2, 4) == "2/4"
    assert formats.share(1.5, 2.25) == "1,5/2,2"


def test_days_and_instants() -> None:
    assert formats.day(date(2024, 9, 30)) == "30/09/2024"
    assert formats.day(date(2024, 9, 5)) == "05/09/2024", "one form everywhere, so that days under each other line up"
    assert formats.instant(datetime(2024, 9, 30, 23, 59, 59, 999999)) == "30/09/2024"
    assert formats.instant(datetime(2024, 9, 30, 14, 5)) == "14:05 30/09/2024"
    assert formats.day_span(date(2023, 1, 1), date(2024, 8, 16)) == "01/01/2023 – 15/08/2024"
    assert formats.day_span(date(2024, 8, 16), None) == "từ 16/08/2024"
    assert formats.day_span(None, None) == "–"


def test_rank_and_band() -> None:
    assert formats.rank(3, 6) == "3/6"
    assert formats.band(1, 4) == "1–4"
    assert formats.band(2, 2) == "2"
    assert formats.rank(None, 6) == "–"


def test_interval() -> None:
    assert formats.interval(0.712, 0.84) == "71,2–84,0\u00a0%"
    assert formats.interval(None, 0.84) == "–"


@pytest.mark.parametrize(
    ("code", "shown"),
    [("2024Q4", "Quý IV/2024"), ("2024H1", "6 tháng đầu năm 2024"), ("2024-9M", "9 tháng năm 2024"),
     ("2024", "Năm 2024"), ("term", "term")],
)  # fmt: skip
def test_a_period_has_the_label_of_the_snapshot(code: str, shown: str) -> None:
    assert formats.period(code) == shown

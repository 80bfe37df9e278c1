"""The URL holds the state of a page: it round-trips, and invalid values are replaced by defaults and named."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard import filters
from dashboard.filters import CALENDARS, CLASSES, Choices, View
from dashboard.model import Breadth, Field, Part, Subject

from .conftest import quarter

CHOICES = Choices(
    periods=(quarter(4), quarter(3), quarter(2), quarter(3, calendar="state")),
    unit_codes=("35", "347", "13285"),
    fields=(Field("land", "Đất đai"),),
    kpi_codes=("on_time_rate",),
    buckets=("qua-15",),
)


@given(
    calendar=some.sampled_from(CALENDARS),
    unit=some.sampled_from(["", "347", "13285"]),
    field=some.sampled_from(["ALL", "land"]),
    breadth=some.sampled_from(list(Breadth)),
    kpi=some.sampled_from(["", "on_time_rate"]),
    part=some.sampled_from(list(Part)),
    petition_class=some.sampled_from(["", *CLASSES]),
    petition=some.sampled_from(["", "KN-1", "KN & 2?"]),
    head=some.sampled_from(["", "A|13285|government"]),
    meeting=some.sampled_from(["", "2024-10-15"]),
    page=some.sampled_from(["1", "7"]),
)
def test_an_address_round_trips_its_view(**chosen: Any) -> None:
    view = View(period="2024Q3", **chosen)
    parsed = filters.parse(filters.parameters_of(view), CHOICES)
    assert parsed.view == view
    assert parsed.unreadable == ()


def test_the_default_is_the_newest_finished_quarter() -> None:
    assert filters.parse({}, CHOICES).view == View(period="2024Q3")


@pytest.mark.parametrize(
    ("name", "value"),
    [("ky", "2031Q9"), ("lich", "moon"), ("don-vi", "999"), ("linh-vuc", "<script>"), ("hop", "31/31"), ("trang", "0"),
     ("trang", "²"), ("phan", "x"), ("phan", "numerator"), ("pham-vi", "unit"),
     ("lich", "state"), ("nhom", "open"), ("tuoi", "x"), ("chi-tieu", "x")],
)  # fmt: skip
def test_an_invalid_parameter_is_replaced_by_the_default_and_named(name: str, value: str) -> None:
    parsed = filters.parse({name: value, "don-vi": "347"} if name != "don-vi" else {name: value}, CHOICES)
    assert parsed.unreadable == (name,)
    assert parsed.view == View(period="2024Q3", unit="347" if name != "don-vi" else "")


def test_addresses_are_short_and_escaped() -> None:
    assert filters.address(filters.UNITS, View()) == "cap-va-don-vi"
    view = View(calendar="state", period="2024Q3", unit="347", head="A|1|party")
    assert filters.address(filters.HEADS, view) == (
        "nguoi-dung-dau?lich=nha-nuoc&ky=2024Q3&don-vi=347&nguoi=A%7C1%7Cparty"
    )


def test_whose_figures_a_view_shows() -> None:
    assert filters.subject_of(View(), "35") == Subject("province", "35")
    assert filters.subject_of(View(unit="347"), "35") == Subject("subtree", "347")
    assert filters.subject_of(View(unit="347", breadth=Breadth.UNIT), "35") == Subject("unit", "347")
    assert filters.subject_of(View(breadth=Breadth.UNIT), "35") == Subject("unit", "35")


def test_another_calendar_keeps_the_period_if_possible() -> None:
    periods = CHOICES.periods
    assert filters.with_calendar(View(period="2024Q3"), "state", periods).period == "2024Q3"
    assert filters.with_calendar(View(period="2024Q2"), "state", periods).period == "2024Q3"


def test_navigation_resets_the_pages_of_lists() -> None:
    view = View(page="7", petition="KN-1").to(unit="347")
    assert (view.page, view.petition, view.unit) == ("1", "", "347")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("trang", "9" * 5000),
        ("trang", "0"),
        ("kien-nghi", "x" * 5000),
        ("nguoi", "A\x00B"),
        ("ma", "\u202e"),
        ("trang", "٣"),
    ],
)
def test_an_unknown_value_is_replaced_by_the_default_and_named(name: str, value: str) -> None:
    parsed = filters.parse({name: value}, CHOICES)
    assert (parsed.view, parsed.unreadable) == (View(period="2024Q3"), (name,))

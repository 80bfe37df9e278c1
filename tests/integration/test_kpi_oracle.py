"""The published figures of the sample province, recomputed by hand: straight from the petitions, no cells, no stocks.

The recomputation follows the sentences of the definitions one by one and shares no step with the models.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction

import pandas as pd
import pytest
from lifelines import KaplanMeierFitter

from tests.integration.homes import ask
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current

Counter = Callable[[pd.DataFrame, pd.Timestamp, pd.Timestamp], tuple[int, int | None]]


def frame(home: Home, query: str) -> pd.DataFrame:
    with connect(current(home).path, read_only=True) as con:
        return con.execute(query).df()


@pytest.fixture(scope="module")
def petitions(sample_home: Home) -> pd.DataFrame:
    return frame(sample_home, "select * from fct_petitions")


@pytest.fixture(scope="module")
def periods(sample_home: Home) -> pd.DataFrame:
    return frame(sample_home, "select * from dim_periods")


def opened_by(petitions: pd.DataFrame, instant: pd.Timestamp) -> "pd.Series[bool]":
    """Received by `instant`, and neither settled nor left by then."""
    gone = (petitions.settled_at <= instant) | (petitions.left_at <= instant)
    return (petitions.received_at <= instant) & ~gone


def within(instants: "pd.Series[pd.Timestamp]", start: pd.Timestamp, end: pd.Timestamp) -> "pd.Series[bool]":
    return (instants > start) & (instants <= end)


def resolution(it: pd.DataFrame, s: pd.Timestamp, b: pd.Timestamp) -> tuple[int, int | None]:
    left = within(it.left_at, s, b).sum()
    return within(it.settled_at, s, b).sum(), opened_by(it, s).sum() + within(it.received_at, s, b).sum() - left


def on_time(it: pd.DataFrame, s: pd.Timestamp, b: pd.Timestamp) -> tuple[int, int | None]:
    m = it[["settled_at", "due_at"]].min(axis=1)
    never = it.left_at.notna() & (it.left_at <= it.due_at)
    matured = it[within(m, s, b) & ~never]
    return (matured.settled_at <= matured.due_at).sum(), len(matured)


def overdue(it: pd.DataFrame, s: pd.Timestamp, b: pd.Timestamp) -> tuple[int, int | None]:
    still = opened_by(it, b)
    return (still & (it.due_at < b)).sum(), still.sum()


def satisfied(it: pd.DataFrame, s: pd.Timestamp, b: pd.Timestamp) -> tuple[int, int | None]:
    rated = it[within(it.settled_at, s, b) & it.satisfaction.notna()]
    return (rated.satisfaction == "satisfied").sum(), len(rated)


KPIS: dict[str, Counter] = {
    "resolution_rate": resolution,
    "on_time_rate": on_time,
    "overdue_rate": overdue,
    "satisfaction_rate": satisfied,
}


@pytest.mark.parametrize("kpi", KPIS)
def test_units_of_every_period_by_the_definition(
    sample_home: Home, petitions: pd.DataFrame, periods: pd.DataFrame, kpi: str
) -> None:
    published = {
        (calendar, kind, start, unit): (numerator, denominator)
        for calendar, kind, start, unit, numerator, denominator in ask(
            sample_home,
            "select calendar, period_type, period_start, subject_id, numerator, denominator from kpi_values "
            "where kpi_code = $1 and subject_type = 'unit' and field_code = 'ALL'",
            kpi,
        )
    }
    compared = 0
    for period in periods.itertuples():
        before = pd.Timestamp(str(period.period_start)) - timedelta(microseconds=1)
        for unit, its in petitions.groupby("responsible_unit_code"):
            key = (period.calendar, period.period_type, pd.Timestamp(str(period.period_start)).date(), unit)
            assert published[key] == KPIS[kpi](its, before, pd.Timestamp(str(period.cutoff))), key
            compared += 1
    assert compared == len(periods) * petitions.responsible_unit_code.nunique()


@pytest.mark.parametrize("kpi", KPIS)
@pytest.mark.parametrize("start", [date(2022, 7, 1), date(2024, 7, 1)])
def test_districts_fields_and_the_province_by_the_definition(
    sample_home: Home, petitions: pd.DataFrame, kpi: str, start: date
) -> None:
    s, b = pd.Timestamp(start) - timedelta(microseconds=1), pd.Timestamp(start) + pd.DateOffset(months=3)
    b = min(b - timedelta(microseconds=1), pd.Timestamp(datetime(2024, 9, 30, 23, 59, 59, 999999)))
    in_force = "valid_from <= '2022-07-01' and coalesce(valid_to, '9999-01-01') > '2024-09-30'"
    units = frame(sample_home, f"select unit_code, parent_code from dim_units where {in_force}")
    below = {district: {district, *its.unit_code} for district, its in units.groupby("parent_code") if district != "35"}
    places = {**{("subtree", key): codes for key, codes in below.items()}, ("province", "35"): set(units.unit_code)}
    for (subject_type, subject), codes in places.items():
        of_place = petitions[petitions.responsible_unit_code.isin(codes)]
        fields = {"ALL": of_place, **dict(iter(of_place.groupby("field_code")))}
        published = {
            field: (numerator, denominator)
            for field, numerator, denominator in ask(
                sample_home,
                "select field_code, numerator, denominator from kpi_values "
                "where kpi_code = $1 and subject_type = $2 and subject_id = $3 "
                "and calendar = 'party' and period_type = 'quarter' and period_start = $4",
                *(kpi, subject_type, subject, start),
            )
        }
        expected = {field: KPIS[kpi](its, s, b) for field, its in fields.items()}
        assert published == {field: ratio for field, ratio in expected.items() if field == "ALL" or any(ratio)}


def survival_median(durations: list[int], settled: list[bool]) -> int | None:
    """Kaplan-Meier in exact fractions: the smallest duration at which survival is one half or less."""
    survival = Fraction(1)
    for time in sorted({d for d, is_settled in zip(durations, settled, strict=True) if is_settled}):
        at_risk = sum(d >= time for d in durations)
        deaths = sum(d == time and s for d, s in zip(durations, settled, strict=True))
        survival *= Fraction(at_risk - deaths, at_risk)
        if survival <= Fraction(1, 2):
            return time
    return None


def test_medians_are_those_of_lifelines_and_of_exact_fractions(sample_home: Home, petitions: pd.DataFrame) -> None:
    published = ask(
        sample_home,
        "select calendar, period_type, period_start, cutoff, subject_id, value, denominator from kpi_values "
        "inner join dim_periods using (calendar, period_type, period_start, period_end) where subject_type = 'unit' "
        "and kpi_code = 'median_days_to_settle' and field_code = 'ALL' and period_type in ('quarter', 'year', 'term')",
    )
    assert len(published) > 1000
    for calendar, kind, start, cutoff, unit, value, denominator in published:
        b = pd.Timestamp(str(cutoff))
        its = petitions[
            (petitions.responsible_unit_code == unit)
            & within(petitions.received_at, pd.Timestamp(str(start)) - timedelta(microseconds=1), b)
            & ~(petitions.left_at <= b)
        ]
        settled = its.settled_at <= b
        ends = its.settled_at.where(settled, b)
        micros = [int(each / timedelta(microseconds=1)) for each in ends - its.received_at]
        exact = survival_median(micros, list(settled))
        assert denominator == len(its), (calendar, kind, start, unit)
        assert value == (None if exact is None else pytest.approx(exact / 86_400_000_000, abs=1e-12))
        if kind == "term" and isinstance(value, float):
            fitted = KaplanMeierFitter().fit([each / 86_400_000_000 for each in micros], list(settled))
            # lifelines reads its curve in floating point, where one half may come out a hair above one half
            assert fitted.predict(value) <= 0.5 + 1e-9
            assert fitted.predict(value - 1e-6) > 0.5 + 1e-9


def test_the_sums_of_heads_are_those_of_the_petitions(sample_home: Home, petitions: pd.DataFrame) -> None:
    query = (
        "select subject_id, numerator from kpi_values where subject_type = 'head' and kpi_code = 'on_time_rate' "
        "and period_type = 'term' and field_code = 'ALL' and denominator > 0"
    )
    booked = {str(head): numerator for head, numerator in ask(sample_home, query)}
    in_term = petitions[petitions.matured_at >= "2020-10-01"]
    expected = in_term.groupby("head_at_maturity").apply(lambda its: int((its.settled_at <= its.due_at).sum()))
    assert booked == expected.to_dict()


def test_obligations_by_the_definition(sample_home: Home) -> None:
    """2021 is over, so every commune owes one; 2024 counts whole though it runs."""
    for year, held_until in ((2021, "2021-12-31"), (2024, "2024-09-30")):
        held = frame(
            sample_home,
            "select unit_code, count(d.dialogue_code) as held from dim_units left join "
            f"(select * from fct_dialogues where held_on between '{year}-01-01' and '{held_until}') as d "
            f"using (unit_code) where level = 'commune' and valid_from <= '{year}-01-01' "
            f"and coalesce(valid_to, '9999-01-01') > '{year}-12-31' "
            "group by unit_code",
        )
        ((numerator, denominator),) = ask(
            sample_home,
            "select numerator, denominator from kpi_values where subject_type = 'level' and subject_id = 'commune' and "
            "kpi_code = 'obligation_rate' and period_type = 'year' and calendar = 'party' and period_start = $1",
            date(year, 1, 1),
        )
        assert denominator == pytest.approx(109, abs=1e-9)
        assert numerator == pytest.approx(held.held.clip(upper=1).sum(), abs=1e-9)

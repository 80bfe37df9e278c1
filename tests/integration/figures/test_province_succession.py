"""The province gets another code and name in July 2025; its figures continue without a break."""

from datetime import date
from itertools import pairwise

from dashboard.model import Subject, UnitName
from dashboard.queries import catalogue, figures
from dashboard.queries.scope import EVERYTHING
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current


def test_trend_and_previous_values_continue_across_the_new_code(merger_home: Home) -> None:
    with connect(current(merger_home).path, read_only=True) as con:
        last = next(each for each in catalogue.periods(con) if (each.calendar, each.code) == ("party", "2025Q4"))
        run = figures.run_until(last, catalogue.periods(con), 4)
        points = figures.trend(con, EVERYTHING, run, Subject("province", "37"), kpi_code="on_time_rate")
        names = figures.names(con, EVERYTHING, run, Subject("province", "37"))
    assert [point.figure.subject_id for point in points] == ["35", "35", "37", "37"]
    for before, after in pairwise(points):
        assert before.figure.value is not None
        assert after.figure.previous_value == before.figure.value
    assert [each.name for each in names] == ["Tỉnh Hà Nam"] * 2 + ["Tỉnh Ninh Bình"] * 2
    assert names[-1] == UnitName("Tỉnh Ninh Bình", date(2025, 7, 1))

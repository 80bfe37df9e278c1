"""Queries of pages: the dashboard's query functions and their bare SQL, each the median of nine calls."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

import warehouse.home
from dashboard.model import Part, Period, Subject, UnitSet
from dashboard.queries import catalogue, figures, heads, petitions
from dashboard.queries.petitions import Selection
from dashboard.queries.scope import EVERYTHING
from warehouse.connection import connect
from warehouse.publish import current

CALLS = 9
Query = Callable[[Any], object]


@dataclass
class Recorder:
    """A connection that records its queries."""

    connection: duckdb.DuckDBPyConnection
    asked: list[tuple[str, Any]] = field(default_factory=list)

    def cursor(self) -> "Recorder":
        return Recorder(self.connection.cursor(), self.asked)

    def execute(self, sql: str, values: Any = None) -> duckdb.DuckDBPyConnection:
        self.asked.append((sql, values))
        return self.connection.execute(sql, values)


def pages(root: str) -> dict[str, float]:
    """Return the milliseconds of each query function as `<name>` and of its bare SQL as `<name> bare`."""
    path = current(warehouse.home.existing(Path(root))).path
    told: dict[str, float] = {}
    with connect(path, read_only=True) as con:
        for name, query in _queries(con).items():
            recorder = Recorder(con)
            query(recorder)
            told[name] = _milliseconds(lambda query=query: query(con))  # type: ignore[misc]
            told[f"{name} bare"] = _milliseconds(lambda asked=tuple(recorder.asked): _bare(con, asked))  # type: ignore[misc]
    return told


def _queries(con: duckdb.DuckDBPyConnection) -> dict[str, Query]:
    """Return the queries of the pages, for the snapshot's last quarter and the whole province."""
    run = figures.run_until(_quarter(con), catalogue.periods(con), 12)
    quarter = run[-1]
    codes = catalogue.unit_codes(con)
    province = Subject("province", "35")
    overdue = Selection(unit="", period=quarter, kpi="overdue_open", part=Part.NUMERATOR)
    code = str(con.execute("select petition_id from fct_petitions using sample 1 (reservoir, 7)").fetchall()[0][0])
    return {
        "figures of the province": lambda c: figures.figures(c, EVERYTHING, quarter, province),
        "figures of every unit": lambda c: figures.figures_of(
            c, EVERYTHING, quarter, "unit", ids=codes, kpi_codes=["on_time_rate"]
        ),
        "trend of twelve quarters": lambda c: figures.trend(c, EVERYTHING, run, province, kpi_code="on_time_rate"),
        "stock and flow": lambda c: figures.flows(c, EVERYTHING, run, province),
        "heads": lambda c: heads.heads_in(c, EVERYTHING, quarter, UnitSet()),
        "aging of what is open": lambda c: petitions.aging(c, EVERYTHING, Selection()),
        "petitions by unit": lambda c: petitions.count_by_unit(c, EVERYTHING, overdue),
        "petitions behind a figure": lambda c: petitions.petition_list(c, EVERYTHING, overdue),
        "petitions of one commune": lambda c: petitions.petition_list(c, EVERYTHING, Selection(unit="13285")),
        "one petition": lambda c: petitions.petition(c, EVERYTHING, code),
    }


def _quarter(con: duckdb.DuckDBPyConnection) -> Period:
    quarters = [it for it in catalogue.periods(con) if (it.calendar, it.period_type) == ("party", "quarter")]
    return max(quarters, key=lambda it: it.start)


def _bare(con: duckdb.DuckDBPyConnection, asked: tuple[tuple[str, Any], ...]) -> None:
    for sql, values in asked:
        con.cursor().execute(sql, values).fetchall()


def _milliseconds(call: Callable[[], object]) -> float:
    taken = []
    for _ in range(CALLS):
        start = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)

"""Compare the current snapshot of a home with the oracle."""

from collections.abc import Iterator

import duckdb

from tests.oracle import facts
from tests.oracle.differences import Difference
from tests.oracle.expectation import Expectation
from tests.oracle.inputs import read_home
from tests.oracle.kpi_comparison import kpi_differences
from tests.oracle.table_comparison import table_differences
from tests.oracle.world import World
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current


def differences_of(home: Home) -> list[Difference]:
    """Return the differences between the current snapshot and the landed rows, at the snapshot's as_of and known_at."""
    with connect(current(home).path, read_only=True) as snapshot:
        return differences_in(snapshot, home)


def differences_in(snapshot: duckdb.DuckDBPyConnection, home: Home) -> list[Difference]:
    """Return the differences between an open snapshot of `home` and the landed rows."""
    ((as_of, known_at),) = snapshot.execute("select as_of, known_at from snapshot").fetchall()
    return list(all_differences(World(read_home(home), as_of, known_at), snapshot))


def all_differences(world: World, snapshot: duckdb.DuckDBPyConnection) -> Iterator[Difference]:
    """Yield every value that is published differently from what the oracle computes."""
    expected = Expectation(world)
    tables = {
        "fct_petitions": facts.petition_rows(world),
        "fct_dialogues": facts.dialogue_rows(world),
        "dim_tenures": facts.tenure_rows(world),
        "dim_periods": facts.period_rows(world),
        "feed_status": facts.feed_rows(world),
        "stock_flow": facts.stock_rows(world, expected.tallies),
        "subject_stock_flow": facts.subject_stock_rows(world, expected.tallies),
    }
    for table, rows in tables.items():
        yield from table_differences(table, rows, snapshot)
    yield from kpi_differences(world, snapshot, expected)

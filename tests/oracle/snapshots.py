"""The snapshot in force of a home, held against the oracle."""

from collections.abc import Iterator

import duckdb

from tests.oracle import facts
from tests.oracle.comparison import kpi_differences
from tests.oracle.differences import Difference
from tests.oracle.expectation import Expectation
from tests.oracle.landed import read_home
from tests.oracle.tables import table_differences
from tests.oracle.world import World
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current


def differences_of(home: Home) -> list[Difference]:
    """How what is published differs from what landed, as of the instants of the snapshot."""
    with connect(current(home).path, read_only=True) as snapshot:
        return differences_in(snapshot, home)


def differences_in(snapshot: duckdb.DuckDBPyConnection, home: Home) -> list[Difference]:
    """How an open snapshot of `home` differs from what landed."""
    ((as_of, known_at),) = snapshot.execute("select as_of, known_at from snapshot").fetchall()
    return list(all_differences(World(read_home(home), as_of, known_at), snapshot))


def all_differences(world: World, snapshot: duckdb.DuckDBPyConnection) -> Iterator[Difference]:
    """Everything that is published otherwise than the oracle says."""
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

"""Compare the published tables of facts and dimensions with the oracle, row by row."""

from collections.abc import Iterable, Iterator

import duckdb

from tests.oracle.differences import Difference, is_close
from tests.oracle.facts import Row, is_empty_stock

GRAINS = {
    "fct_petitions": ("petition_id",),
    "fct_dialogues": ("dialogue_id",),
    "dim_tenures": ("head_id", "from_on"),
    "dim_periods": ("calendar", "period_type", "period_start", "period_end"),
    "feed_status": ("sender_unit_code", "period_code"),
    "subject_stock_flow": (
        *("subject_type", "subject_id", "field_code"),
        *("calendar", "period_type", "period_start", "period_end"),
    ),
    "stock_flow": ("unit_code", "calendar", "period_type", "period_start", "period_end"),
}
"""The tables that are compared, with their keys."""


def table_differences(table: str, rows: Iterable[Row], snapshot: duckdb.DuckDBPyConnection) -> Iterator[Difference]:
    """Compare one table with the rows that the oracle expects, in both directions, column by column."""
    grain = GRAINS[table]
    expected = {tuple(row[name] for name in grain): row for row in rows}
    found = snapshot.execute(f"select * from {table}")
    names = [column[0] for column in found.description]
    for values in found.fetchall():
        row = dict(zip(names, values, strict=True))
        key = tuple(row[name] for name in grain)
        match = expected.pop(key, None)
        if match is None and "stock" in table and is_empty_stock(row):
            continue
        if match is None:
            yield Difference(table, key, "row", row, None)
            continue
        for column, value in match.items():
            if not is_close(column, row[column], value):
                yield Difference(table, key, column, row[column], value)
    for key, row in expected.items():
        yield Difference(table, key, "row", None, row)

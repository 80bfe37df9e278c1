"""The parameters of a build: table `build.parameters`, which models read instead of dbt variables.

dbt parses the whole project again if a variable changes; a row in a table costs nothing.
"""

from dataclasses import asdict
from datetime import datetime

import duckdb

from warehouse.lookups import HOLIDAY_YEARS
from warehouse.settings import Settings

TYPES = {
    "as_of": "timestamp",
    "known_at": "timestamp",
    "term_start": "date",
    "province_code": "varchar",
    "calendar_from": "date",
    "calendar_to": "date",
    "min_denominator": "integer",
    "min_coverage": "double",
    "bunched_min": "integer",
    "bunched_share": "decimal(18, 12)",
    "duplicate_days": "integer",
    "min_same_text": "integer",
    "min_text_length": "integer",
}
"""Columns of the table and their types in DuckDB. A share that is multiplied is a decimal: 0.1 × 30 is 3, not more."""


def write_parameters(con: duckdb.DuckDBPyConnection, settings: Settings, as_of: datetime, known_at: datetime) -> None:
    """(Re)create `build.parameters` with its one row: the two instants, the term, the calendar and the thresholds."""
    values: dict[str, object] = {
        "as_of": as_of,
        "known_at": known_at,
        "term_start": settings.term_start,
        "province_code": settings.province_code,
        "calendar_from": f"{HOLIDAY_YEARS.start}-01-01",
        "calendar_to": f"{HOLIDAY_YEARS.stop - 1}-12-31",
        "min_denominator": settings.min_denominator,
        "min_coverage": settings.min_coverage,
        **asdict(settings.integrity),
    }
    columns = ", ".join(f"cast(${name} as {kind}) as {name}" for name, kind in TYPES.items())
    con.execute("create schema if not exists build")
    con.execute(f"create or replace table build.parameters as select {columns}", values)

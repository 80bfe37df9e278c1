"""Lookups: the dated tables that a province keeps as CSV files in its home, loaded into schema `lookups`."""

from collections.abc import Mapping
from datetime import date

import duckdb
import pyarrow as pa

from warehouse.errors import UsageError
from warehouse.home import Home

LOOKUPS: Mapping[str, Mapping[str, str]] = {
    "units": {
        "unit_code": "VARCHAR",
        "unit_type": "VARCHAR",
        "unit_name": "VARCHAR",
        "level": "VARCHAR",
        "parent_code": "VARCHAR",
        "valid_from": "DATE",
        "valid_to": "DATE",
    },
    "unit_successors": {
        "old_code": "VARCHAR",
        "new_code": "VARCHAR",
        "valid_from": "DATE",
        "successors": "INTEGER",
    },
    "fields": {"field_code": "VARCHAR", "field_name": "VARCHAR", "sort_order": "INTEGER"},
    "rules": {
        "rule": "VARCHAR",
        "level": "VARCHAR",
        "valid_from": "DATE",
        "valid_to": "DATE",
        "value": "INTEGER",
        "day_type": "VARCHAR",
        "basis": "VARCHAR",
    },
    "feed_calendar": {
        "level": "VARCHAR",
        "period_type": "VARCHAR",
        "valid_from": "DATE",
        "valid_to": "DATE",
        "basis": "VARCHAR",
    },
    "swap_days": {"day": "DATE", "is_worked": "BOOLEAN", "basis": "VARCHAR"},
    "peer_groups": {"unit_code": "VARCHAR", "peer_group": "VARCHAR"},
    "targets": {"kpi_code": "VARCHAR", "target": "DOUBLE", "basis": "VARCHAR"},
}
"""Column types of each lookup file, `lookups/<name>.csv` in the home."""

HOLIDAY_YEARS = range(2010, 2041)
"""Years for which public holidays are known: a term back for late petitions, ten years ahead for due dates."""


def load_lookups(con: duckdb.DuckDBPyConnection, home: Home) -> None:
    """(Re)create every table of schema `lookups` from the home's files, and `lookups.public_holidays`."""
    load_lookup_files(con, home)
    _load_public_holidays(con)


def load_lookup_files(con: duckdb.DuckDBPyConnection, home: Home) -> None:
    """(Re)create the tables of schema `lookups` that the home has files of: without the calendar, which takes longer
    than all of them."""
    con.execute("create schema if not exists lookups")
    for name, columns in LOOKUPS.items():
        _load(con, home, name, columns)


def _load(con: duckdb.DuckDBPyConnection, home: Home, name: str, columns: Mapping[str, str]) -> None:
    path = home.lookups / f"{name}.csv"
    try:
        con.execute(
            f"create or replace table lookups.{name} as "
            "select * from read_csv(?, columns = ?, header = true, auto_detect = false, delim = ',', quote = '\"')",
            [str(path), dict(columns)],
        )
    except duckdb.Error as error:
        raise UsageError(
            f"Không đọc được bảng tra cứu {path}: {str(error).splitlines()[0]}.",
            f"Tệp CSV phải có đúng các cột: {', '.join(columns)}.",
        ) from error


def _load_public_holidays(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create or replace table lookups.public_holidays (day date primary key, name varchar not null)")
    days = pa.table(dict(zip(("day", "name"), map(list, zip(*public_holidays(), strict=True)), strict=True)))
    con.register("public_holidays_found", days)
    con.execute("insert into lookups.public_holidays select day, name from public_holidays_found")
    con.unregister("public_holidays_found")


def public_holidays() -> list[tuple[date, str]]:
    """Days off by law in Việt Nam, with Tết and substitute days, each with its name in Vietnamese."""
    import holidays

    return sorted(holidays.country_holidays("VN", years=HOLIDAY_YEARS, language="vi").items())

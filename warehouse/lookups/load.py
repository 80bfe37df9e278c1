"""Read, check and load the lookups of a home into schema `lookups` of a warehouse."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

import warehouse.settings
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.lookups.cells import Value
from warehouse.lookups.check import CheckedLookups, Scope, check_lookups
from warehouse.lookups.definitions import DEFINITIONS, Kind
from warehouse.lookups.faults import wrong_lookups
from warehouse.lookups.holidays import public_holidays
from warehouse.lookups.vocabulary import read_vocabulary

_TYPES = {
    Kind.CODE: "VARCHAR",
    Kind.CHOICE: "VARCHAR",
    Kind.TEXT: "VARCHAR",
    Kind.DAY: "DATE",
    Kind.WHOLE: "INTEGER",
    Kind.NUMBER: "DOUBLE",
    Kind.YES_NO: "BOOLEAN",
}

LOOKUPS: Mapping[str, Mapping[str, str]] = {
    name: {column.name: _TYPES[column.kind] for column in lookup.columns} for name, lookup in DEFINITIONS.items()
}
"""Column types of each lookup file, `lookups/<name>.csv` in the home."""


def load_lookups(con: duckdb.DuckDBPyConnection, home: Home) -> None:
    """(Re)create all tables of schema `lookups` from the home's files, and `lookups.public_holidays`.

    Raise WrongLookups, and create nothing, if a lookup file in the home has faults.
    """
    load_lookup_files(con, home)
    days, names = zip(*public_holidays(), strict=True)
    _create(con, "public_holidays", {"day": "DATE", "name": "VARCHAR"}, [days, names])


def load_lookup_files(con: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Load the lookup files without the holidays, which take longer to load than all the files."""
    checked = read_lookups(home)
    con.execute("create schema if not exists lookups")
    for name, table in checked.tables.items():
        columns = LOOKUPS[name]
        _create(con, name, columns, [[row.values[column] for row in table.rows] for column in columns])


def read_lookups(home: Home) -> CheckedLookups:
    """Return the lookups of the home; raise WrongLookups with all faults if there are any."""
    settings = warehouse.settings.load(home)
    scope = Scope(settings.term_start, settings.province_code, read_vocabulary())
    checked = check_lookups(_files(home), scope)
    if checked.faults:
        raise wrong_lookups(str(home.lookups), checked.faults)
    return checked


def _files(home: Home) -> dict[str, bytes]:
    """Return the bytes of the existing lookup files, by name."""
    paths = {name: home.lookups / lookup.file for name, lookup in DEFINITIONS.items()}
    return {name: _bytes(path) for name, path in paths.items() if path.exists()}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"Không đọc được bảng tra cứu {path}: {error.strerror}.", "Cấp quyền đọc tệp này cho người chạy lệnh."
        ) from error


def _create(
    con: duckdb.DuckDBPyConnection, name: str, types: Mapping[str, str], columns: Sequence[Sequence[Value]]
) -> None:
    """(Re)create a table from its columns, passed as list parameters because Arrow would import pandas."""
    each = ", ".join(f"unnest(?::{kind}[]) as {column}" for column, kind in types.items())
    con.execute(f"create or replace table lookups.{name} as select {each}", [list(values) for values in columns])

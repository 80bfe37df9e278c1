"""Connections to DuckDB files that never reach out of the machine."""

from pathlib import Path

import duckdb

from warehouse.errors import WriterBusy

_CLOSED = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to `path` that downloads and loads no extension."""
    return duckdb.connect(str(path), read_only=read_only, config=dict(_CLOSED))


def attach_read_only(con: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attaches the database at `path` as `name`; WriterBusy where another process writes to it."""
    written = str(path).replace("'", "''")
    try:
        con.execute(f"attach '{written}' as {name} (read_only)")
    except duckdb.IOException as error:
        raise WriterBusy(
            f"Kho dữ liệu {path} đang được ghi bởi một tiến trình khác.", "Đợi việc đó xong rồi chạy lại."
        ) from error

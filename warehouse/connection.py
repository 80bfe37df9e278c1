"""Connections to DuckDB files that never reach out of the machine."""

from pathlib import Path

import duckdb

_CLOSED = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to `path` that downloads and loads no extension."""
    return duckdb.connect(str(path), read_only=read_only, config=dict(_CLOSED))

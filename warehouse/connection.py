"""Connections to DuckDB files, without network access."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

import duckdb

from warehouse.errors import UsageError, WriterBusy
from warehouse.home import Home, reader_lock
from warehouse.sql import literal

MEMORY = Path(":memory:")
_CLOSED: dict[str, bool | int | float | str | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a connection to `path` that neither downloads nor loads extensions.

    Raise WriterBusy if another program holds the file, UsageError if it is not a database. DuckDB spills next to the
    database file, or, for an in-memory database, to the system's temporary folder.
    """
    beside = {"temp_directory": f"{gettempdir()}/doithoai-{os.getpid()}"} if path == MEMORY else {}
    try:
        return duckdb.connect(str(path), read_only=read_only, config=_CLOSED | beside)
    except duckdb.IOException as error:
        raise _open_error(path, error) from error


@contextmanager
def landed_attached(con: duckdb.DuckDBPyConnection, home: Home) -> Iterator[None]:
    """Attach the warehouse of `home` to `con` as database `landed`, read-only, and hold off writers meanwhile.

    Raise WriterBusy while a writer is busy, UsageError if the file is not a database.
    """
    with reader_lock(home):
        try:
            con.execute(f"attach {literal(str(home.warehouse))} as landed (read_only)")
        except duckdb.IOException as error:
            raise _open_error(home.warehouse, error) from error
        try:
            yield
        finally:
            con.execute("detach landed")


def _open_error(path: Path, error: duckdb.IOException) -> UsageError | WriterBusy:
    """Return why a file cannot be opened: a program without our lock holds it, or it is damaged."""
    if "Could not set lock" in str(error):
        return WriterBusy(f"Kho dữ liệu {path} đang được một chương trình khác mở.", "Đóng nó rồi chạy lại.")
    return UsageError(
        f"Không mở được kho dữ liệu {path}: {error}", "Kiểm tra quyền đọc, hoặc khôi phục tệp này từ bản sao lưu."
    )

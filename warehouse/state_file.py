"""The file `state.sqlite` of a home: connections, transactions, tables. `warehouse.state` and `warehouse.access` keep
their tables in it. Several processes may write at once; every write is one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from warehouse.errors import UsageError, WriterBusy
from warehouse.home import Home, keep_private

PATIENCE = 30.0
"""Seconds that a writer waits for another one."""


@contextmanager
def opened(home: Home) -> Iterator[sqlite3.Connection]:
    """Open the file for reading and writing; create it, private to its owner, if it does not exist."""
    _make_private(home)
    with user_messages(), _connected(str(home.state)) as con:
        yield con


def connection(home: Home) -> sqlite3.Connection:
    """Return an open connection, which the caller closes; create the file if it does not exist."""
    _make_private(home)
    with user_messages():
        return sqlite3.connect(str(home.state), timeout=PATIENCE, isolation_level=None)


@contextmanager
def read_only(home: Home) -> Iterator[sqlite3.Connection]:
    """Open the existing file for reading; nothing is created, and its permissions stay as they are."""
    with user_messages(), closing(sqlite3.connect(f"{home.state.as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as con:
        yield con


@contextmanager
def in_memory() -> Iterator[sqlite3.Connection]:
    """Open an empty database that disappears with its connection."""
    with _connected(":memory:") as con:
        yield con


@contextmanager
def transaction(con: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one transaction; it takes the write lock first, so that a waiting writer reads nothing stale."""
    con.execute("begin immediate")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def create(con: sqlite3.Connection, table: str, columns: str, *, is_append_only: bool = False) -> None:
    """Create a table if it is missing; triggers reject updates and deletes in an append-only one."""
    if con.execute("select 1 from sqlite_master where type = 'table' and name = ?", (table,)).fetchone():
        return
    with transaction(con):
        con.execute(f"create table if not exists {table} ({columns})")
        for change in ("update", "delete") if is_append_only else ():
            con.execute(
                f"create trigger if not exists {table}_{change} before {change} on {table} "
                "begin select raise(abort, 'append only'); end"
            )


@contextmanager
def user_messages() -> Iterator[None]:
    """Convert database errors into user-facing messages."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise WriterBusy("Tệp state.sqlite đang được tiến trình khác ghi.", "Đợi rồi làm lại.") from error
        raise _unreadable(error) from error
    except sqlite3.DatabaseError as error:
        raise _unreadable(error) from error


def _make_private(home: Home) -> None:
    """Create the file if it is missing and make it private; SQLite gives its journal the same permissions."""
    with suppress(FileExistsError):
        home.state.touch(0o600, exist_ok=False)
    keep_private(home)


@contextmanager
def _connected(path: str) -> Iterator[sqlite3.Connection]:
    con = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        yield con
    finally:
        con.close()


def _unreadable(error: sqlite3.Error) -> UsageError:
    return UsageError(
        f"Không đọc hoặc ghi được tệp state.sqlite của kho: {error}.",
        "Kiểm tra quyền và đĩa trống, hoặc khôi phục tệp này từ bản sao lưu.",
    )

"""Local accounts, for networks without an identity provider."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from warehouse import state_file
from warehouse.access import passwords, sessions
from warehouse.access.audit import Action, Actor, record
from warehouse.access.grants import as_json, from_json
from warehouse.access.roles import Grant
from warehouse.errors import UsageError

_COLUMNS = """name text primary key, full_name text not null, grants text not null, password_hash text not null,
              is_first integer not null, is_disabled integer not null, set_at text not null,
              failures integer not null, locked_until text not null"""
FIRST_PASSWORD_LIFE = timedelta(days=3)
FREE_FAILURES = 5
"""Failures in a row before an account is locked."""

FIRST_LOCK, LONGEST_LOCK = timedelta(minutes=1), timedelta(hours=1)
"""How long the first lock lasts; each further failure doubles it, up to the longest."""


@dataclass(frozen=True)
class Account:
    """An account. `is_first` while its password is the one-time first password, set at `set_at`."""

    name: str
    full_name: str
    grants: tuple[Grant, ...]
    is_first: bool
    is_disabled: bool
    set_at: datetime
    failures: int
    locked_until: datetime

    def is_locked(self, now: datetime) -> bool:
        return now < self.locked_until


class SignInRefused(UsageError):
    """The sign-in failed. The message does not say whether the account exists."""


REFUSED = SignInRefused("Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đang bị khóa.", "Thử lại sau ít phút.")


def create(con: sqlite3.Connection) -> None:
    """Create the table if it is missing."""
    state_file.create(con, "accounts", _COLUMNS)


def all_accounts(con: sqlite3.Connection) -> tuple[Account, ...]:
    """Return all accounts by name."""
    return tuple(_account(row) for row in con.execute(f"select {_READ} from accounts order by name"))


def account(con: sqlite3.Connection, name: str) -> Account | None:
    row = con.execute(f"select {_READ} from accounts where name = ?", (name.casefold(),)).fetchone()
    return _account(row) if row else None


def add(
    con: sqlite3.Connection, name: str, full_name: str, grants: Sequence[Grant], *, by: Actor, now: datetime
) -> str:
    """Create an account and return its one-time first password; UsageError if the name is taken or invalid."""
    name = name.casefold()
    if not name.isascii() or not name.replace(".", "").replace("-", "").replace("_", "").isalnum():
        raise UsageError(f"Tên đăng nhập «{name}» không hợp lệ.", "Chỉ dùng chữ không dấu, số, dấu chấm và gạch.")
    if not grants:
        raise UsageError("Tài khoản chưa có vai trò.", "Thêm ít nhất một --role.")
    if account(con, name):
        raise UsageError(f"Đã có tài khoản «{name}».", "Chọn tên khác, hoặc đổi vai trò bằng «doithoai user role».")
    password = passwords.first_password()
    told = (name, full_name, as_json(grants), passwords.hash_of(password), 1, 0, _stored(now), 0, _stored(datetime.min))
    with state_file.transaction(con):
        con.execute("insert into accounts values (?, ?, ?, ?, ?, ?, ?, ?, ?)", told)
        record(con, by, Action.ACCOUNT_ADDED, now, subject=f"{name}: {as_json(grants)}")
    return password


def change(
    con: sqlite3.Connection,
    name: str,
    *,
    by: Actor,
    now: datetime,
    grants: Sequence[Grant] | None = None,
    is_disabled: bool | None = None,
) -> None:
    """Change grants or disable an account, and end its sessions; UsageError if it does not exist."""
    known = _required(con, name)
    grants = known.grants if grants is None else tuple(grants)
    is_disabled = known.is_disabled if is_disabled is None else is_disabled
    with state_file.transaction(con):
        con.execute(
            "update accounts set grants = ?, is_disabled = ? where name = ?",
            (as_json(grants), is_disabled, known.name),
        )
        sessions.end_all(con, known.name, now)
        state = "disabled" if is_disabled else "enabled"
        record(con, by, Action.ACCOUNT_CHANGED, now, subject=f"{known.name}: {as_json(grants)}, {state}")


def reset_password(con: sqlite3.Connection, name: str, *, by: Actor, now: datetime) -> str:
    """Return a new one-time first password, unlock the account, and end its sessions."""
    known, password = _required(con, name), passwords.first_password()
    with state_file.transaction(con):
        _set_password(con, known.name, password, now, is_first=True)
        sessions.end_all(con, known.name, now)
        record(con, by, Action.ACCOUNT_CHANGED, now, subject=f"{known.name}: first password")
    return password


def change_password(con: sqlite3.Connection, name: str, password: str, *, by: Actor, now: datetime) -> None:
    """Set a person's own password and end all sessions of the account; UsageError if it is not good enough."""
    known = _required(con, name)
    passwords.require_good(password, known.name)
    with state_file.transaction(con):
        _set_password(con, known.name, password, now, is_first=False)
        sessions.end_all(con, known.name, now)
        record(con, by, Action.PASSWORD_CHANGED, now, subject=known.name)


def sign_in(con: sqlite3.Connection, name: str, password: str, now: datetime) -> Account:
    """Return the account; SignInRefused if the password is wrong, expired, or the account is locked or disabled.

    A locked account refuses the right password too, and takes as long to answer.
    """
    known = account(con, name)
    row = con.execute("select password_hash from accounts where name = ?", (name.casefold(),)).fetchone()
    is_right = passwords.is_right(password, row[0] if row else None)
    if known is None or known.is_locked(now):
        raise REFUSED
    if not is_right:
        _count_failure(con, known, now)
        raise REFUSED
    if known.is_disabled or (known.is_first and now - known.set_at > FIRST_PASSWORD_LIFE):
        raise REFUSED
    if known.failures:
        con.execute("update accounts set failures = 0 where name = ?", (known.name,))
    return known


def _count_failure(con: sqlite3.Connection, known: Account, now: datetime) -> None:
    """Count one more failure and lock the account from the fifth on, twice as long each time."""
    with state_file.transaction(con):
        con.execute("update accounts set failures = failures + 1 where name = ?", (known.name,))
        (failures,) = con.execute("select failures from accounts where name = ?", (known.name,)).fetchone()
        if failures >= FREE_FAILURES:
            until = now + min(FIRST_LOCK * 2 ** min(failures - FREE_FAILURES, 10), LONGEST_LOCK)
            con.execute("update accounts set locked_until = ? where name = ?", (_stored(until), known.name))


def _set_password(con: sqlite3.Connection, name: str, password: str, now: datetime, *, is_first: bool) -> None:
    con.execute(
        """update accounts set password_hash = ?, is_first = ?, set_at = ?, failures = 0, locked_until = ?
           where name = ?""",
        (passwords.hash_of(password), is_first, _stored(now), _stored(datetime.min), name),
    )


def _required(con: sqlite3.Connection, name: str) -> Account:
    known = account(con, name)
    if known is None:
        raise UsageError(f"Không có tài khoản «{name}».", "Xem tên bằng «doithoai user list».")
    return known


_READ = "name, full_name, grants, is_first, is_disabled, set_at, failures, locked_until"


def _account(row: Sequence[object]) -> Account:
    name, full_name, grants, is_first, is_disabled, set_at, failures, locked_until = row
    return Account(
        str(name),
        str(full_name),
        from_json(str(grants)),
        bool(is_first),
        bool(is_disabled),
        datetime.fromisoformat(str(set_at)),
        int(str(failures)),
        datetime.fromisoformat(str(locked_until)),
    )


def _stored(at: datetime) -> str:
    return at.isoformat(sep=" ")

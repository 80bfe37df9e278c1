"""Manage local accounts and read the audit log of a home from the command line."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection

from doithoai.terminal import Terminal
from warehouse import state_file
from warehouse.access import accounts, tables
from warehouse.access.accounts import Account
from warehouse.access.audit import Actor
from warehouse.access.grants import read_grant, written_grant
from warehouse.home import Home

ORIGIN = "dòng lệnh"
"""Where the audit log says that a change on the command line came from."""


@dataclass(frozen=True)
class AccountDesk:
    """The accounts of one home, changed by the user of the operating system at one instant."""

    terminal: Terminal
    home: Home
    now: datetime

    def add(self, name: str, full_name: str, roles: list[str]) -> None:
        """Create an account and show its first password, which is stored nowhere."""
        with self._open() as con:
            granted = [read_grant(role) for role in roles]
            password = accounts.add(con, name, full_name, granted, by=operator(), now=self.now)
        self._show_password("user.added", name, password)

    def reset_password(self, name: str) -> None:
        """Show a new first password; the account is unlocked, its sessions end."""
        with self._open() as con:
            password = accounts.reset_password(con, name, by=operator(), now=self.now)
        self._show_password("user.reset", name, password)

    def change(self, name: str, *, roles: list[str] | None = None, is_disabled: bool | None = None) -> None:
        """Change the roles of an account, or disable or enable it; its sessions end."""
        granted = None if roles is None else [read_grant(role) for role in roles]
        with self._open() as con:
            accounts.change(con, name, by=operator(), now=self.now, grants=granted, is_disabled=is_disabled)
        self.terminal.say("user.changed", name=name)
        self.terminal.json({"name": name})

    def show(self) -> None:
        """Show all accounts: name, person, roles, state."""
        with self._open() as con:
            found = accounts.all_accounts(con)
        headers = [self.terminal.text(key) for key in ("user.name", "user.full_name", "user.roles", "user.state")]
        self.terminal.table(headers, [(it.name, it.full_name, _roles(it), self._state(it)) for it in found])
        if not found:
            self.terminal.say("user.nobody")
        self.terminal.json(
            [{"name": it.name, "full_name": it.full_name, "roles": [written_grant(each) for each in it.grants],
              "is_disabled": it.is_disabled, "is_locked": it.is_locked(self.now)} for it in found]
        )  # fmt: skip

    def _state(self, found: Account) -> str:
        if found.is_disabled:
            return self.terminal.text("user.disabled")
        if found.is_locked(self.now):
            return self.terminal.text("user.locked", until=f"{found.locked_until:%H:%M %d/%m/%Y}")
        return self.terminal.text("user.first" if found.is_first else "user.active")

    def _show_password(self, key: str, name: str, password: str) -> None:
        self.terminal.say(key, name=name, password=password)
        self.terminal.json({"name": name, "first_password": password})

    @contextmanager
    def _open(self) -> Iterator[Connection]:
        with state_file.user_messages():
            con = tables.opened(self.home)
            try:
                yield con
            finally:
                con.close()


def operator() -> Actor:
    """Return the user of the operating system who runs the command."""
    return Actor(getpass.getuser(), "", ORIGIN)


def _roles(found: Account) -> str:
    return ", ".join(map(written_grant, found.grants))

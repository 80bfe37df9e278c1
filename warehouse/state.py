"""State: statements about the data, stored apart from the data in `state.sqlite` of the home.

They are explanations of integrity flags, confirmations of findings, and meanings of senders' own texts. Personal
numbers in explanations, reasons and authors' names are masked here. The tables are append-only: a new statement adds a
row, and the newest counts. Several processes may write at once; every write is one transaction.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from warehouse import state_file
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.masking import masked


@dataclass(frozen=True)
class Explanation:
    """An explanation of an integrity flag; an empty text withdraws the previous one."""

    flag_id: str
    text: str
    author: str
    written_at: datetime

    def __post_init__(self) -> None:
        _require(self.flag_id, "mã dấu hiệu")
        _require(self.author, "người viết")


@dataclass(frozen=True)
class Confirmation:
    """A sender's reason for a finding, valid for the same finding (`key`) in every later version."""

    sender_unit_code: str
    key: str
    rule: str
    cell: str
    value: str
    reason: str
    confirmed_by: str
    confirmed_at: datetime

    def __post_init__(self) -> None:
        _require(self.key, "mã xác nhận")
        _require(self.reason, "lý do")
        _require(self.confirmed_by, "người xác nhận")


@dataclass(frozen=True)
class Alias:
    """What a sender means by `received` in one column: `read`, as the warehouse stores it, or '' to withdraw it."""

    sender_unit_code: str
    sheet_kind: str
    field: str
    received: str
    read: str
    confirmed_by: str
    confirmed_at: datetime

    def __post_init__(self) -> None:
        _require(self.received, "cách ghi của đơn vị")
        _require(self.confirmed_by, "người xác nhận")


Statement = TypeVar("Statement", Explanation, Confirmation, Alias)
Confirmed = TypeVar("Confirmed", Confirmation, Alias)

_TABLES = {"explanations": Explanation, "confirmations": Confirmation, "aliases": Alias}


class State:
    """The stored statements, in one open database; callers give the times."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con

    def explain(self, explanation: Explanation) -> None:
        """Store an explanation."""
        plain = replace(explanation, text=masked(explanation.text), author=masked(explanation.author))
        self._add(explanations=[plain])

    def explanations(self) -> dict[str, tuple[Explanation, ...]]:
        """Return all explanations by flag, newest first, including withdrawn ones."""
        found: dict[str, tuple[Explanation, ...]] = {}
        for statement in self._statements(Explanation, "explanations"):
            found[statement.flag_id] = (statement, *found.get(statement.flag_id, ()))
        return found

    def keep(self, confirmations: Sequence[Confirmation], aliases: Sequence[Alias] = ()) -> None:
        """Store the confirmations and the aliases that go with them, all or none."""
        plain = [replace(_signed(each), reason=masked(each.reason)) for each in confirmations]
        self._add(confirmations=plain, aliases=map(_signed, aliases))

    def confirmations(self, sender: str) -> dict[str, Confirmation]:
        """Return the newest confirmation of each key of this sender."""
        return {statement.key: statement for statement in self._statements(Confirmation, "confirmations", sender)}

    def all_confirmations(self) -> tuple[Confirmation, ...]:
        """Return the confirmations of all senders, in chronological order."""
        return tuple(self._statements(Confirmation, "confirmations"))

    def remember(self, aliases: Sequence[Alias]) -> None:
        """Store the aliases, all or none."""
        self._add(aliases=map(_signed, aliases))

    def aliases(self, sender: str) -> tuple[Alias, ...]:
        """Return the current meaning of each text of this sender, without withdrawn ones."""
        newest = {
            (each.sheet_kind, each.field, each.received): each for each in self._statements(Alias, "aliases", sender)
        }
        return tuple(each for each in newest.values() if each.read)

    def _add(self, **tables: Iterable[Any]) -> None:
        """Insert rows into the given tables, in one transaction."""
        with state_file.user_messages(), state_file.transaction(self._con):
            for table, lines in tables.items():
                names = _columns(table)
                self._con.executemany(
                    f"insert into {table} ({', '.join(names)}) values ({', '.join('?' * len(names))})",
                    [[_stored(value) for value in astuple(each)] for each in lines],
                )

    def _statements(self, kind: type[Statement], table: str, sender: str | None = None) -> list[Statement]:
        """Return all rows, oldest first."""
        where = "" if sender is None else " where sender_unit_code = ?"
        query = f"select {', '.join(_columns(table))} from {table}{where} order by id"
        with state_file.user_messages():
            rows = self._con.execute(query, () if sender is None else (sender,)).fetchall()
        return [_as_statement(kind, dict(zip(_columns(table), row, strict=True))) for row in rows]


@contextmanager
def open_state(home: Home) -> Iterator[State]:
    """Open the state of a home for reading and writing; create it if it does not exist."""
    with state_file.opened(home) as con:
        with state_file.user_messages():
            _create(con)
        yield State(con)


@contextmanager
def known_state(home: Home) -> Iterator[State]:
    """Open the state of a home for reading; if there is none, yield an empty one and create no file."""
    if home.state.exists():
        with open_state(home) as state:
            yield state
        return
    with state_file.in_memory() as con:
        _create(con)
        yield State(con)


def _create(con: sqlite3.Connection) -> None:
    """Create the tables that are missing, as append-only tables."""
    for table in _TABLES:
        typed = ", ".join(f"{name} text not null" for name in _columns(table))
        state_file.create(con, table, f"id integer primary key autoincrement, {typed}", is_append_only=True)


def _signed(statement: Confirmed) -> Confirmed:
    """Return a statement with its author's name masked, because people add their telephone number to it."""
    return replace(statement, confirmed_by=masked(statement.confirmed_by))


def _columns(table: str) -> list[str]:
    return _columns_of(_TABLES[table])


def _columns_of(kind: type[Any]) -> list[str]:
    return [each.name for each in fields(kind)]


def _as_statement(kind: type[Statement], row: dict[str, Any]) -> Statement:
    instant = _columns_of(kind)[-1]
    return kind(**{**row, instant: datetime.fromisoformat(row[instant])})


def _stored(value: object) -> object:
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value


def _require(text: str, what: str) -> None:
    if not text.strip():
        raise UsageError(f"Thiếu {what}.", f"Ghi {what} rồi làm lại.")

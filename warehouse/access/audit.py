"""The audit log: who did what, which unit it concerned, when and from where. Append-only and hash-chained.

Each line holds the hash of the line before, so that a changed or missing line is found. It never holds the text of a
petition.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from enum import StrEnum

from warehouse import state_file
from warehouse.home import Home

_COLUMNS = """seq integer primary key autoincrement, at text not null, actor text not null, role text not null,
              action text not null, unit text not null, subject text not null, origin text not null,
              previous text not null, hash text not null"""
_BEGINNING = "0" * 64
LONGEST = 300
"""Characters of one field; the rest is cut off."""


class Action(StrEnum):
    """What was done."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  a name
    REFUSED = "refused"
    TEXT_OPENED = "text_opened"
    EXPORTED = "exported"
    CHECKED = "checked"
    INGESTED = "ingested"
    CONFIRMED = "confirmed"
    EXPLAINED = "explained"
    BUILT = "built"
    SETTINGS_CHANGED = "settings_changed"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"


@dataclass(frozen=True)
class Actor:
    """Who acts, in which role, and from which address."""

    id: str
    role: str
    origin: str


@dataclass(frozen=True)
class Line:
    """One line of the log. `unit` is a code, `subject` what was acted on (a petition, feed, account or page)."""

    seq: int
    at: str
    actor: str
    role: str
    action: str
    unit: str
    subject: str
    origin: str
    previous: str
    hash: str

    @property
    def expected_hash(self) -> str:
        told = [self.seq, self.at, self.actor, self.role, self.action, self.unit, self.subject, self.origin]
        return hashlib.sha256(json.dumps([*told, self.previous], ensure_ascii=False).encode()).hexdigest()


_NAMES = tuple(field.name for field in fields(Line))


def record(
    con: sqlite3.Connection, actor: Actor, action: Action, at: datetime, *, unit: str = "", subject: str = ""
) -> None:
    """Append one line in its own transaction, or in the one that is open."""
    with _joined_transaction(con):
        last = con.execute("select seq, hash from audit order by seq desc limit 1").fetchone()
        _append(con, last or (0, _BEGINNING), (at.isoformat(sep=" "), actor.id, actor.role, action, unit, subject,
                                               actor.origin))  # fmt: skip


def _append(con: sqlite3.Connection, last: tuple[int, str], told: Sequence[str]) -> None:
    number, previous = last
    at, actor, role, action, unit, subject, origin = map(_plain, told)
    line = Line(number + 1, at, actor, role, action, unit, subject, origin, previous, "")
    marks = ", ".join("?" * len(_NAMES))
    con.execute(f"insert into audit ({', '.join(_NAMES)}) values ({marks})", [*astuple(line)[:-1], line.expected_hash])


def _plain(text: str) -> str:
    """Return a text on one line, without control characters."""
    return "".join(sign for sign in str(text) if sign.isprintable())[:LONGEST]


@contextmanager
def _joined_transaction(con: sqlite3.Connection) -> Iterator[None]:
    if con.in_transaction:
        yield
    else:
        with state_file.transaction(con):
            yield


def create(con: sqlite3.Connection) -> None:
    """Create the table if it is missing."""
    state_file.create(con, "audit", _COLUMNS, is_append_only=True)


def exists(con: sqlite3.Connection) -> bool:
    """Return whether there is a log."""
    return bool(con.execute("select 1 from sqlite_master where type = 'table' and name = 'audit'").fetchone())


def write(home: Home, actor: Actor, action: Action, at: datetime, *, unit: str = "", subject: str = "") -> None:
    """Append one line to the log of a home."""
    with state_file.opened(home) as con:
        create(con)
        record(con, actor, action, at, unit=unit, subject=subject)


def lines(
    con: sqlite3.Connection, *, actor: str = "", action: str = "", unit: str = "", since: str = "", most: int = 500
) -> tuple[Line, ...]:
    """Return the newest lines that match all given filters; `since` is an ISO date."""
    told = {"actor": actor, "action": action, "unit": unit, "since": since, "most": most}
    rows = con.execute(
        f"""select {", ".join(_NAMES)} from audit
            where (:actor = '' or actor = :actor) and (:action = '' or action = :action)
              and (:unit = '' or unit = :unit) and at >= :since
            order by seq desc limit :most""",
        told,
    )
    return tuple(Line(*row) for row in rows)


def broken_line(con: sqlite3.Connection) -> int | None:
    """Return the number of the first line that was changed or is missing; None if the chain is whole."""
    rows = con.execute(f"select {', '.join(_NAMES)} from audit order by seq")
    broken, last = _first_broken(Line(*row) for row in rows)
    if broken is not None:
        return broken
    (written,) = con.execute("select coalesce(max(seq), 0) from sqlite_sequence where name = 'audit'").fetchone()
    return None if written == last else last + 1


def _first_broken(found: Iterable[Line]) -> tuple[int | None, int]:
    """Return the number of the first broken line, if any, and that of the last line."""
    number, previous = 0, _BEGINNING
    for line in found:
        number += 1
        if (line.seq, line.previous, line.hash) != (number, previous, line.expected_hash):
            return number, number
        previous = line.hash
    return None, number

"""Sessions of signed-in people. The browser holds a random token, the home its hash: a copied home signs nobody in.

A session ends after idle and absolute limits, at sign-out, and when the account is changed.
"""

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from warehouse import state_file
from warehouse.access.grants import as_json, from_json
from warehouse.access.roles import Person

_COLUMNS = """token_hash text primary key, person text not null, full_name text not null, grants text not null,
              claims text not null, is_first integer not null, begun_at text not null, seen_at text not null,
              ended_at text not null"""
SEEN_EVERY = timedelta(minutes=1)
"""How exact `seen_at` is: activity within this time is not written again."""


@dataclass(frozen=True)
class SessionLimits:
    """How long a session lasts without activity, and at most."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True)
class Session:
    """A living session. `claims` are those of the identity provider as JSON, '' for a local account; `is_first` if the
    person must set a password first."""

    key: str
    person: Person
    claims: str
    is_first: bool
    seen_at: datetime


def create(con: sqlite3.Connection) -> None:
    """Create the table if it is missing."""
    state_file.create(con, "sessions", _COLUMNS)


def begin(con: sqlite3.Connection, person: Person, now: datetime, *, claims: str = "", is_first: bool = False) -> str:
    """Start a session and return its token; only its hash is stored."""
    token, at = secrets.token_urlsafe(32), _stored(now)
    told = (key_of(token), person.id, person.name, as_json(person.grants), claims, is_first, at, at, "")
    con.execute("insert into sessions values (?, ?, ?, ?, ?, ?, ?, ?, ?)", told)
    return token


def living(con: sqlite3.Connection, key: str, now: datetime, limits: SessionLimits) -> Session | None:
    """Return the session of a token's hash; None if there is none or it has ended."""
    row = con.execute(
        """select person, full_name, grants, claims, is_first, seen_at from sessions
           where token_hash = ? and ended_at = '' and seen_at > ? and begun_at > ?""",
        (key, _stored(now - limits.idle), _stored(now - limits.absolute)),
    ).fetchone()
    if row is None:
        return None
    person, full_name, grants, claims, is_first, seen_at = row
    return Session(
        key, Person(person, full_name, from_json(grants)), claims, bool(is_first), datetime.fromisoformat(seen_at)
    )


def touch(con: sqlite3.Connection, session: Session, now: datetime) -> None:
    """Store that the session was active, at most once a minute."""
    if now - session.seen_at >= SEEN_EVERY:
        con.execute("update sessions set seen_at = ? where token_hash = ?", (_stored(now), session.key))


def end(con: sqlite3.Connection, key: str, now: datetime) -> None:
    """End one session."""
    con.execute("update sessions set ended_at = ? where token_hash = ? and ended_at = ''", (_stored(now), key))


def end_all(con: sqlite3.Connection, person: str, now: datetime) -> None:
    """End all sessions of a person."""
    con.execute("update sessions set ended_at = ? where person = ? and ended_at = ''", (_stored(now), person))


def forget(con: sqlite3.Connection, before: datetime) -> None:
    """Delete sessions that began before an instant; the audit log keeps who signed in."""
    con.execute("delete from sessions where begun_at < ?", (_stored(before),))


def key_of(token: str) -> str:
    """Return the hash of a token, under which its session is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def _stored(at: datetime) -> str:
    return at.isoformat(sep=" ")

"""The door of a home: sessions behind cookies, and the audit log. Shared by the gate and by the pages."""

import json
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer

from warehouse import state_file
from warehouse.access import accounts, audit, sessions, tables
from warehouse.access.access_settings import AccessSettings
from warehouse.access.audit import Action, Actor
from warehouse.access.roles import Grant, Person
from warehouse.access.sessions import Session
from warehouse.home import Home

COOKIE = "doithoai"
LEAST_SECRET = 32
"""Characters of the secret that signs cookies."""


@dataclass(frozen=True)
class Door:
    """Sign-in of one home. All methods are safe to call from any thread; instants are the home's."""

    home: Home
    settings: AccessSettings
    secret: str = field(repr=False)
    client_secret: str = field(repr=False)
    now: Callable[[], datetime]
    _local: threading.local = field(default_factory=threading.local, repr=False)

    @property
    def cookie(self) -> str:
        """The name of the cookie; over TLS with the prefix that ties it to this host."""
        return f"__Host-{COOKIE}" if self.settings.is_over_tls else COOKIE

    def session(self, cookies: Mapping[str, str]) -> Session | None:
        """Return the living session of a request; None without one."""
        try:
            token = str(self._signer.loads(cookies.get(self.cookie, "")))
        except BadSignature:
            return None
        return self.living(sessions.key_of(token))

    def living(self, key: str) -> Session | None:
        """Return a session that has not ended; an OpenID Connect session also ends when its grants change."""
        found = sessions.living(self._con, key, self.now(), self.settings.limits)
        if found is None or not found.claims:
            return found
        return found if self.grants_of(json.loads(found.claims)) == found.person.grants else None

    def grants_of(self, claims: Mapping[str, object]) -> tuple[Grant, ...]:
        """Return the grants of a person with these claims: `email` if it is verified, and `groups`."""
        groups = claims.get("groups") or ()
        named = [groups] if isinstance(groups, str) else list(groups) if isinstance(groups, Sequence) else []
        return self.settings.grants_of(str(claims.get("email") or ""), [str(each) for each in named])

    def touch(self, session: Session) -> None:
        """Store that the session was active."""
        sessions.touch(self._con, session, self.now())

    def begin(self, person: Person, origin: str, *, claims: str = "", is_first: bool = False) -> str:
        """Start a session and return the value of its cookie."""
        con, now = self._con, self.now()
        with state_file.transaction(con):
            sessions.forget(con, now - 2 * self.settings.limits.absolute)
            token = sessions.begin(con, person, now, claims=claims, is_first=is_first)
            audit.record(con, actor_of(person, origin), Action.SIGN_IN, now)
        return str(self._signer.dumps(token))

    def end(self, session: Session, origin: str) -> None:
        """Sign out."""
        with state_file.transaction(self._con):
            sessions.end(self._con, session.key, self.now())
            audit.record(self._con, actor_of(session.person, origin), Action.SIGN_OUT, self.now())

    def sign_in(self, name: str, password: str, origin: str) -> str:
        """Sign in with a local account and return the value of the cookie; SignInRefused if it fails."""
        try:
            known = accounts.sign_in(self._con, name, password, self.now())
        except accounts.SignInRefused:
            self.record(Actor(name, "", origin), Action.SIGN_IN_FAILED)
            raise
        return self.begin(Person(known.name, known.full_name, known.grants), origin, is_first=known.is_first)

    def change_password(self, session: Session, old: str, new: str, origin: str) -> str:
        """Set the person's password, end all other sessions, and return the cookie of a new one.

        Raise SignInRefused if the old password is wrong, UsageError if the new one is not good enough.
        """
        known = accounts.sign_in(self._con, session.person.id, old, self.now())
        by = actor_of(session.person, origin)
        accounts.change_password(self._con, known.name, new, by=by, now=self.now())
        return self.begin(session.person, origin)

    def has_accounts(self) -> bool:
        """Return whether there are local accounts."""
        return bool(accounts.all_accounts(self._con))

    def record(self, actor: Actor, action: Action, *, unit: str = "", subject: str = "") -> None:
        """Append a line to the audit log."""
        audit.record(self._con, actor, action, self.now(), unit=unit, subject=subject)

    @property
    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="session")

    @property
    def _con(self) -> sqlite3.Connection:
        """The connection of this thread."""
        con: sqlite3.Connection | None = getattr(self._local, "con", None)
        if con is None:
            con = self._local.con = tables.opened(self.home)
        return con


def actor_of(person: Person, origin: str) -> Actor:
    """Return the person as the audit log names it."""
    return Actor(person.id, person.role_names, origin)

"""Who visits: the person behind a page, their name under what they write, and their lines in the audit log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dashboard.access.door import actor_of
from warehouse.access import audit
from warehouse.access.audit import Action, Actor
from warehouse.access.roles import EVERYBODY, Person
from warehouse.home import Home

HERE = "máy này"
"""Who acts where nobody signs in, as the audit log names it."""

SELF_WRITTEN = "tự ghi tên"


@dataclass(frozen=True)
class Visitor:
    """A person at one home, from one network address."""

    home: Home
    now: Callable[[], datetime]
    person: Person = EVERYBODY
    origin: str = ""

    @property
    def signature(self) -> str:
        """The name under what the person writes, with role and account; '' where nobody signs in."""
        return f"{self.person.name} ({self.person.role_names}, {self.person.id})" if self.person.is_signed_in else ""

    def signed(self, typed: str) -> str:
        """Return the signature; without sign-in the typed name, marked as such, '' if none was typed."""
        return self.signature or (f"{typed.strip()} ({SELF_WRITTEN})" if typed.strip() else "")

    def note(self, action: Action, *, unit: str = "", subject: str = "") -> None:
        """Append a line to the audit log."""
        audit.write(self.home, self._actor, action, self.now(), unit=unit, subject=subject)

    @property
    def _actor(self) -> Actor:
        return actor_of(self.person, self.origin) if self.person.is_signed_in else Actor(HERE, "", self.origin)

"""Roles: the rights that each one grants. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """One thing that a person may see or do."""

    FIGURES = "figures"
    """KPIs of units, levels and the province."""
    EVERY_FIGURE = "every_figure"
    """The same without suppression of small counts, and by field."""
    HEADS = "heads"
    """KPIs of heads, with their names."""
    RECORDS = "records"
    """Lists of petitions, dialogues and other records, without the text of petitions."""
    TEXT = "text"
    """The text of petitions."""
    FEEDS = "feeds"
    """Feeds with their status, findings, flags and provenance."""
    SCORES = "scores"
    UPLOAD = "upload"
    """Check, ingest and download files with findings."""
    EXPLAIN = "explain"
    """Give reasons for findings and explain flags."""
    BUILD = "build"
    """Build and publish a snapshot."""
    ACCOUNTS = "accounts"
    """The accounts, and the audit log."""


class Role(StrEnum):
    """A role, as written in `access.toml` and on the command line."""

    LEADER = "leader"
    REVIEWER = "reviewer"
    STEWARD = "steward"
    UNIT_STEWARD = "unit_steward"
    VIEWER = "viewer"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, str] = {
    Role.LEADER: "Lãnh đạo",
    Role.REVIEWER: "Thẩm định",
    Role.STEWARD: "Quản lý dữ liệu",
    Role.UNIT_STEWARD: "Quản lý dữ liệu của đơn vị",
    Role.VIEWER: "Người xem",
    Role.ADMINISTRATOR: "Quản trị",
}

_FIGURES = frozenset({Right.FIGURES, Right.EVERY_FIGURE, Right.HEADS})
_WORK = frozenset({Right.FEEDS, Right.UPLOAD, Right.EXPLAIN})

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.LEADER: _FIGURES | {Right.RECORDS, Right.TEXT, Right.FEEDS, Right.SCORES},
    Role.REVIEWER: _FIGURES | {Right.RECORDS, Right.FEEDS, Right.SCORES},
    Role.STEWARD: _FIGURES | _WORK | {Right.RECORDS, Right.TEXT, Right.BUILD},
    Role.UNIT_STEWARD: _FIGURES | _WORK | {Right.RECORDS, Right.TEXT},
    Role.VIEWER: frozenset({Right.FIGURES}),
    Role.ADMINISTRATOR: frozenset({Right.ACCOUNTS}),
}
OF_PROVINCE = frozenset({Right.FIGURES, Right.EVERY_FIGURE, Right.HEADS, Right.SCORES, Right.BUILD, Right.ACCOUNTS})
"""Rights that a grant gives for the whole province, whatever its unit."""


@dataclass(frozen=True)
class Grant:
    """One role for the subtree of `unit`; '' is the whole province. `text` adds the text of petitions."""

    role: Role
    unit: str = ""
    text: bool = False

    @property
    def rights(self) -> frozenset[Right]:
        return RIGHTS[self.role] | ({Right.TEXT} if self.text else set())

    @property
    def name(self) -> str:
        """The role for people, with its unit if it has one."""
        return f"{ROLE_NAMES[self.role]} ({self.unit})" if self.unit else ROLE_NAMES[self.role]


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in; without sign-in, everybody at this machine. `id` is the account's name, or the subject
    of the identity provider."""

    id: str
    name: str
    grants: tuple[Grant, ...]
    is_signed_in: bool = True

    @property
    def rights(self) -> frozenset[Right]:
        """The rights of all grants, each for some unit at least."""
        return frozenset().union(*(grant.rights for grant in self.grants))

    def units_with(self, right: Right) -> tuple[str, ...] | None:
        """Return the units at the top of the subtrees for which the person has the right; None for all units."""
        units = [grant.unit for grant in self.grants if right in grant.rights]
        return None if right in OF_PROVINCE & self.rights or "" in units else tuple(sorted(set(units)))

    @property
    def role_names(self) -> str:
        return ", ".join(grant.name for grant in self.grants)


EVERYBODY = Person("", "", (Grant(Role.STEWARD), Grant(Role.LEADER)), is_signed_in=False)
"""Who looks at the pages of a home without accounts, at the machine itself: all rights but those on accounts."""

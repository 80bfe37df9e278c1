"""Grants as JSON, and from what people write: `unit_steward:347`, `reviewer+text`. Pure."""

import json
from collections.abc import Iterable

from warehouse.access.roles import Grant, Role
from warehouse.errors import UsageError

TEXT = "+text"


def as_json(grants: Iterable[Grant]) -> str:
    return json.dumps([[grant.role, grant.unit, grant.text] for grant in grants])


def from_json(text: str) -> tuple[Grant, ...]:
    return tuple(Grant(Role(role), unit, is_with_text) for role, unit, is_with_text in json.loads(text))


def grant_of(role: str, unit: str = "", *, text: bool = False) -> Grant:
    """Return a grant; UsageError for an unknown role, and for a unit steward without a unit."""
    if role not in list(Role):
        raise UsageError(f"Không có vai trò «{role}».", f"Các vai trò: {', '.join(Role)}.")
    if role == Role.UNIT_STEWARD and not unit:
        raise UsageError("Vai trò unit_steward phải kèm mã đơn vị.", "Ghi như unit_steward:347.")
    if unit and role not in (Role.UNIT_STEWARD, Role.LEADER, Role.REVIEWER):
        raise UsageError(f"Vai trò {role} là của toàn tỉnh, không kèm mã đơn vị.", f"Ghi {role}.")
    return Grant(Role(role), unit, text)


def read_grant(written: str) -> Grant:
    """Parse `role[:unit][+text]`; UsageError if it is invalid."""
    plain = written.removesuffix(TEXT)
    role, _, unit = plain.partition(":")
    return grant_of(role.strip(), unit.strip(), text=plain != written)


def written_grant(grant: Grant) -> str:
    """Return a grant as `read_grant` parses it."""
    return f"{grant.role}{f':{grant.unit}' if grant.unit else ''}{TEXT if grant.text else ''}"

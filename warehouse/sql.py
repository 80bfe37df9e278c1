"""SQL text: identifiers and literals, quoted. Pure."""

from datetime import date, datetime
from typing import Any


class NoLiteralError(TypeError):
    """A value has no SQL literal."""


def quoted(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Any) -> str:
    """`value` as an SQL literal; raise NoLiteralError unless it is a bool, int, float, str, date or datetime."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime):
        return f"timestamp '{value.isoformat(' ')}'"
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    raise NoLiteralError(f"no SQL literal for {value!r}")

"""What a row of a sheet is before it is written."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

Value: TypeAlias = str | int | bool | date | datetime | None
"""A cell before it is written; choices stand as their contract codes."""

Row: TypeAlias = Mapping[str, Value]
"""One data row, by contract field."""

"""The rows of sheets before they are written."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

Value: TypeAlias = str | int | bool | date | datetime | None
"""A cell before it is written; choices are contract codes."""

Row: TypeAlias = Mapping[str, Value]
"""One data row, by contract field."""

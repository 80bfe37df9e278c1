"""The rows of sheets before they are written."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

Value: TypeAlias = str | int | bool | date | datetime | None
"""A cell's value before it is written; choices are codes of the contract."""

Row: TypeAlias = Mapping[str, Value]
"""One data row, by contract field."""

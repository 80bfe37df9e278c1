"""The scope of a reader: access control is this one argument."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import duckdb
import pandas as pd

Connection = duckdb.DuckDBPyConnection
Values = dict[str, object]
Record = TypeVar("Record")


Units = tuple[str, ...] | None
"""Codes of units; None for all."""


@dataclass(frozen=True)
class Scope:
    """What one reader may see.

    `figures` are the units whose figures are visible; totals of levels and of the province always are.
    `records` are the units whose petitions, records, feeds and findings are visible, `text` those whose petition text
    is. Counts from 1 to below `least_count` are suppressed, together with those that would give them back. `heads` are
    the units whose heads are visible, if their figures are.
    """

    figures: Units = None
    records: Units = None
    text: Units = None
    least_count: int = 0
    heads: Units = None

    def where(self, column: str, values: Values) -> str:
        """Return the SQL condition that records of the unit in `column` are visible; adds its parameter to `values`."""
        return _within(self.records, column, values, "record_units")

    def where_figures(self, column: str, values: Values) -> str:
        """Return the SQL condition that figures of the unit in `column` are visible; adds its parameter."""
        return _within(self.figures, column, values, "figure_units")

    def where_heads(self, column: str, values: Values) -> str:
        """Return the SQL condition that heads of the unit in `column` are visible; adds its parameters."""
        own = _within(self.heads, column, values, "head_units")
        return f"({own} and {self.where_figures(column, values)})"

    def summary(self, values: Values, alias: str = "p") -> str:
        """Return the SQL of a petition's text, null where it is not visible; adds its parameter."""
        visible = _within(self.text, f"{alias}.responsible_unit_code", values, "text_units")
        return f"case when {visible} then {alias}.summary end"


def _within(units: Units, column: str, values: Values, name: str) -> str:
    if units is None:
        return "true"
    values[name] = list(units)
    return f"{column} in (select unnest(cast(${name} as varchar[])))"


def contains(units: Units, code: str) -> bool:
    """Return whether `code` is one of the units."""
    return units is None or code in units


EVERYTHING = Scope()

NAMES = """(
    select unit_code, display_name, level,
           case when row_number() over (partition by unit_code order by valid_from) > 1 then valid_from
                else date '0001-01-01' end as valid_from
    from dim_units
)"""
"""Names of units for an asof join on a day: the last name after a unit has ended, the first before it began."""


def in_force(alias: str, day: str) -> str:
    """Return the SQL condition that the tenure `alias` covers `day`; a tenure without a first day is open-ended."""
    return (
        f"(({alias}.from_on is null or {alias}.from_on <= {day}) and ({alias}.to_on is null or {alias}.to_on > {day}))"
    )


def rows(con: Connection, sql: str, values: Values | None = None) -> Sequence[tuple[object, ...]]:
    """Return all rows of `sql`, on a new cursor."""
    return con.cursor().execute(sql, values or {}).fetchall()


def named_rows(con: Connection, sql: str, values: Values | None = None) -> list[dict[str, Any]]:
    """Return all rows of `sql` as dictionaries by column name; ValueError if two columns have the same name."""
    cursor = con.cursor().execute(sql, values or {})
    columns = [str(column[0]) for column in cursor.description or ()]
    if len(set(columns)) < len(columns):
        raise ValueError(columns)
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def records(con: Connection, kind: Callable[..., Record], sql: str, values: Values | None = None) -> tuple[Record, ...]:
    """Return all rows of `sql` as instances of the dataclass `kind`, matched by column name.

    TypeError if a column is not a field, or if a field without a default has no column.
    """
    return tuple(kind(**row) for row in named_rows(con, sql, values))


def frame(con: Connection, sql: str, values: Values | None = None) -> pd.DataFrame:
    """Return the result of `sql` as a DataFrame; only for results that are bounded by a limit or by the number of
    units."""
    return con.cursor().execute(sql, values or {}).df()

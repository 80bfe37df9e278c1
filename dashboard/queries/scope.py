"""The scope of a reader: access control is this one argument."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import duckdb
import pandas as pd

Connection = duckdb.DuckDBPyConnection
Values = dict[str, object]
Record = TypeVar("Record")


@dataclass(frozen=True)
class Scope:
    """`units`: the codes whose own figures, petitions and heads are visible (None: all); totals of levels and of the
    province are always visible. `may_read_text`: whether the text of petitions is visible."""

    units: tuple[str, ...] | None = None
    may_read_text: bool = True

    def allows(self, unit_code: str) -> bool:
        return self.units is None or unit_code in self.units

    def where(self, column: str, values: Values) -> str:
        """Return the SQL condition that `column` is inside the scope; adds its parameter to `values`."""
        if self.units is None:
            return "true"
        values["scope_units"] = list(self.units)
        return f"{column} in (select unnest($scope_units))"

    def summary(self, alias: str = "p") -> str:
        """Return the SQL of a petition's text; null if the text is not visible."""
        return f"{alias}.summary" if self.may_read_text else "cast(null as varchar)"


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

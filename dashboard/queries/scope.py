"""What a reader may see. Access control later is this one argument."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

Connection = duckdb.DuckDBPyConnection
Values = dict[str, object]


@dataclass(frozen=True)
class Scope:
    """`units`: the codes whose own figures, petitions and heads may be seen (None: all); totals of levels and of the
    province are open to everyone. `may_read_text`: whether the text of petitions may be seen."""

    units: tuple[str, ...] | None = None
    may_read_text: bool = True

    def allows(self, unit_code: str) -> bool:
        return self.units is None or unit_code in self.units

    def where(self, column: str, values: Values) -> str:
        """A SQL condition that keeps `column` inside the scope; adds its parameter to `values`."""
        if self.units is None:
            return "true"
        values["scope_units"] = list(self.units)
        return f"{column} in (select unnest($scope_units))"

    def summary(self, alias: str = "p") -> str:
        """The SQL of a petition's text, null where it may not be read."""
        return f"{alias}.summary" if self.may_read_text else "cast(null as varchar)"


EVERYTHING = Scope()

NAMES = """(
    select unit_code, display_name, level,
           case when row_number() over (partition by unit_code order by valid_from) > 1 then valid_from
                else date '0001-01-01' end as valid_from
    from dim_units
)"""
"""The names of units, for an asof join on a day: after a unit has ended its last one, before it began its first."""


def in_force(alias: str, day: str) -> str:
    """The SQL condition that the tenure `alias` covers `day`; a tenure without a first day was always so."""
    return (
        f"(({alias}.from_on is null or {alias}.from_on <= {day}) and ({alias}.to_on is null or {alias}.to_on > {day}))"
    )


def rows(con: Connection, sql: str, values: Values | None = None) -> Sequence[tuple[object, ...]]:
    """All rows of `sql`, on a cursor of its own."""
    return con.cursor().execute(sql, values or {}).fetchall()


def frame(con: Connection, sql: str, values: Values | None = None) -> pd.DataFrame:
    """The answer of `sql` as a DataFrame; only for answers that are cut by a limit or by units."""
    return con.cursor().execute(sql, values or {}).df()

"""The counts of a snapshot that a reader with a least count could see, read once to decide which are shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from dashboard.model import Period
from dashboard.queries.catalogue import periods
from dashboard.queries.count_groups import FLOW_COLUMNS, KPI_GROUPS, over, under
from dashboard.queries.membership import Place, places
from dashboard.queries.scope import Connection, named_rows, rows

PROVINCE = ""
"""The whole province as a subject, across its codes."""
PERIOD_TYPES = ("term", "year", "half", "nine_months", "quarter")
Key = tuple[str, date]
"""Type and first day of a period of the Party calendar."""
Cell = Mapping[str, float]
Cells = Mapping[tuple[str, Key], Cell]
"""The quantities of a subtree or of the province in a period, all fields together; zeros are left out."""


def key_of(period: Period) -> Key:
    """Return the key of a period of the Party calendar."""
    return period.period_type, period.start


@dataclass(frozen=True)
class Hierarchy:
    """The unit above each unit: spells of (first day, parent) by unit, the oldest first and without a first day."""

    spells: Mapping[str, tuple[tuple[date, str], ...]]

    def above(self, unit: str, day: date) -> str:
        """Return the unit above on a day; that above all is the province. Before its start and after its end a unit
        stays where it stood first or last."""
        found = self.spells[unit]
        return next((parent for since, parent in reversed(found) if since <= day), found[0][1])

    def moves(self) -> dict[str, tuple[date, ...]]:
        """Return the days on which each unit came under another one."""
        return {unit: tuple(since for since, _ in spells[1:]) for unit, spells in self.spells.items()}


@dataclass(frozen=True)
class CountTable:
    """All that decides which counts are shown."""

    cells: Cells
    calendar: tuple[Period, ...]
    hierarchy: Hierarchy


def read_counts(con: Connection) -> CountTable:
    """Return the counts of all subtrees and of the province in the periods of the Party calendar."""
    calendar = tuple(each for each in periods(con) if each.calendar == "party" and each.period_type in PERIOD_TYPES)
    return CountTable(_cells(con), calendar, hierarchy_of(places(con), _provinces(con)))


def _provinces(con: Connection) -> frozenset[str]:
    return frozenset(str(code) for (code,) in rows(con, "select unit_code from dim_units where level = 'province'"))


def hierarchy_of(found: Sequence[Place], provinces: frozenset[str]) -> Hierarchy:
    """Return who stands above whom; codes of the province count as the province, and no unit is one of them."""
    spells: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for unit, parent, since, _ in sorted(found, key=lambda place: (place[0], place[2] or date.min)):
        above = PROVINCE if parent is None or parent in provinces else parent
        if unit not in provinces and (not spells[unit] or spells[unit][-1][1] != above):
            spells[unit].append((since or date.min, above))
    return Hierarchy({unit: tuple(each) for unit, each in spells.items() if each})


def _cells(con: Connection) -> Cells:
    found: dict[tuple[str, Key], dict[str, float]] = defaultdict(dict)
    for row in named_rows(con, _PARTS, {"kpis": list(KPI_GROUPS), "types": list(PERIOD_TYPES)}):
        cell = found[row["subject"], (row["period_type"], row["period_start"])]
        cell |= _present({over(row["kpi_code"]): row["numerator"], under(row["kpi_code"]): row["denominator"]})
    for row in named_rows(con, _STOCKS, {"types": list(PERIOD_TYPES)}):
        key = row["subject"], (row["period_type"], row["period_start"])
        found[key] |= _present({column: row[column] for column in FLOW_COLUMNS})
    return found


def _present(quantities: Mapping[str, object]) -> dict[str, float]:
    return {name: cast(float, value) for name, value in quantities.items() if value}


_SUBJECTS = """
    calendar = 'party' and field_code = 'ALL' and subject_type in ('subtree', 'province')
    and period_type in (select unnest($types))"""
_PARTS = f"""
    select case subject_type when 'province' then '' else subject_id end as subject, period_type, period_start,
           kpi_code, numerator, denominator
    from kpi_values
    where {_SUBJECTS} and kpi_code in (select unnest($kpis))"""
_STOCKS = f"""
    select case subject_type when 'province' then '' else subject_id end as subject, period_type, period_start,
           {", ".join(FLOW_COLUMNS)}
    from subject_stock_flow
    where {_SUBJECTS}"""

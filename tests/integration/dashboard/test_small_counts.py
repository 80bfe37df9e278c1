"""An attack on hidden counts: all numbers that a reader with a least count gets from the queries, and all that is known
about how counts are related, as one linear program over what each unit alone counted in each quarter. A hidden small
count is safe if the program has solutions in which it differs from the truth."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pytest
import scipy.sparse  # type: ignore[import-untyped]
from scipy.optimize import linprog  # type: ignore[import-untyped]

from dashboard.model import Figure, Period, Subject
from dashboard.queries import figures
from dashboard.queries.count_cells import PROVINCE, CountTable, Hierarchy, read_counts
from dashboard.queries.count_groups import FLOW_COLUMNS, KPI_GROUPS, over, under
from dashboard.queries.scope import Connection, Scope, named_rows
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current

LEAST = 5
VIEWER = Scope(records=(), text=(), least_count=LEAST)
SETTLED, MATURED, ON_TIME = over("resolution_rate"), under("on_time_rate"), over("on_time_rate")
OPEN, OVERDUE, RESOLVED = under("overdue_rate"), over("overdue_open"), over("resolved_share")
RATED, SATISFIED = under("satisfaction_rate"), over("satisfaction_rate")
HELD, CHAIRED, PLANNED = over("dialogues_held"), over("head_chaired_rate"), over("in_programme_rate")
OTHERS = [side(code) for code in ("direct_answer_rate", "conclusion_on_time_rate") for side in (over, under)]
STOCKS = {OPEN, OVERDUE}
LEFT_OVERDUE = "left while overdue"
PARTS = {
    ON_TIME: MATURED,
    RESOLVED: SETTLED,
    SATISFIED: RATED,
    OVERDUE: OPEN,
    CHAIRED: HELD,
    PLANNED: HELD,
    OTHERS[0]: OTHERS[1],
    OTHERS[2]: OTHERS[3],
}
"""The part never exceeds the whole, and the figure shows both."""
TIMELY = (ON_TIME, MATURED, SETTLED, RESOLVED, SATISFIED, RATED)
STOCK = (SETTLED, "received", "left_scope", OPEN, OVERDUE)
SYSTEMS = {
    "merger_home": [tuple(dict.fromkeys((*TIMELY, *STOCK, LEFT_OVERDUE))), (HELD, CHAIRED, PLANNED), tuple(OTHERS)],
    "sample_home": [TIMELY[:2], TIMELY[2:], STOCK, (HELD, CHAIRED, PLANNED), tuple(OTHERS)],
}
"""Quantities that are solved for together: all of petitions at once in the smaller world."""
MOST = 300.0
Row = dict[int, float]
Cell = tuple[str, Period]
Numbers = Mapping[Cell, Mapping[str, float]]


@pytest.fixture(scope="module", params=["sample_home", "merger_home"])
def world(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def con(world: str, request: pytest.FixtureRequest) -> Iterator[Connection]:
    home: Home = request.getfixturevalue(world)
    with connect(current(home).path, read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def table(con: Connection) -> CountTable:
    return read_counts(con)


@pytest.fixture(scope="module")
def seen(con: Connection, table: CountTable) -> Numbers:
    """All numbers that a viewer gets."""
    return numbers_of(con, VIEWER, table)


def numbers_of(con: Connection, scope: Scope, table: CountTable) -> Numbers:
    """All figures that a reader gets, and stock and flow of the province and of units with units below them."""
    units, found = tuple(table.hierarchy.spells), defaultdict[Cell, dict[str, float]](dict)
    for period in table.calendar:
        code = province_on(con, period)
        whole = figures.figures(con, scope, period, Subject("province", code)).values()
        below = figures.figures_of(con, scope, period, "subtree", ids=units, kpi_codes=tuple(KPI_GROUPS))
        for figure in (*whole, *below.values()):
            found[PROVINCE if figure.subject_id == code else figure.subject_id, period] |= parts_of(figure)
    asked = [unit for unit in units if any(unit in {each for _, each in it} for it in table.hierarchy.spells.values())]
    for kind in dict.fromkeys(period.period_type for period in table.calendar):
        run = sorted((it for it in table.calendar if it.period_type == kind), key=lambda it: it.start)
        for subject in (Subject("province", ""), *(Subject("subtree", unit) for unit in asked)):
            for flow in figures.flows(con, scope, run, subject):
                columns = {column: float(getattr(flow, column)) for column in FLOW_COLUMNS}
                found[subject.id, flow.period] |= columns | {OPEN: columns["closing"], SETTLED: columns["settled"]}
    return found


def province_on(con: Connection, period: Period) -> str:
    values: dict[str, object] = {"start": period.start, "type": period.period_type}
    sql = """
        select subject_id from kpi_values
        where calendar = 'party' and period_type = $type and period_start = $start and subject_type = 'province'"""
    return str(named_rows(con, sql, values)[0]["subject_id"])


def parts_of(figure: Figure) -> dict[str, float]:
    sides = {over(figure.kpi_code): figure.numerator, under(figure.kpi_code): figure.denominator}
    return {name: value for name, value in sides.items() if value is not None}


def own_counts(con: Connection) -> Mapping[tuple[str, date], Mapping[str, float]]:
    """The truth: what each unit alone counted in each quarter of the Party calendar."""
    found: dict[tuple[str, date], dict[str, float]] = defaultdict(dict)
    where = "calendar = 'party' and field_code = 'ALL' and subject_type = 'unit' and period_type = 'quarter'"
    for row in named_rows(con, f"select * from kpi_values where {where}"):
        sides = {over(row["kpi_code"]): row["numerator"], under(row["kpi_code"]): row["denominator"]}
        found[row["subject_id"], row["period_start"]] |= {name: value or 0 for name, value in sides.items()}
    for row in named_rows(con, f"select * from subject_stock_flow where {where}"):
        found[row["subject_id"], row["period_start"]] |= {column: row[column] for column in FLOW_COLUMNS}
    return found


class System:
    """The linear program of some quantities."""

    def __init__(self, con: Connection, table: CountTable, seen: Numbers, quantities: Sequence[str]) -> None:
        self.table, self.seen, self.quantities = table, seen, quantities
        quarters = (each for each in table.calendar if each.period_type == "quarter")
        self.quarters = sorted(quarters, key=lambda each: each.start)
        own = own_counts(con)
        self.units = sorted({unit for unit, _ in own} | {*table.hierarchy.spells})
        keys = [(name, unit, each.start) for name in quantities for unit in self.units for each in self.quarters]
        self.place = {key: place for place, key in enumerate(keys)}
        self.truth = np.array([own.get((unit, start), {}).get(name, 0.0) for name, unit, start in keys])
        self.members: dict[date, dict[str, list[str]]] = {
            last(each): self._members(last(each)) for each in self.quarters
        }
        self.shown: list[tuple[Row, float]] = []
        self.hidden: list[tuple[Row, float]] = []
        self._sort_counts()

    def _sort_counts(self) -> None:
        """Tell shown counts from hidden small ones; shown ones are as published."""
        for period in self.table.calendar:
            for unit in (PROVINCE, *self.table.hierarchy.spells):
                rows = {name: self._row(name, unit, period) for name in self.quantities if name != LEFT_OVERDUE}
                known = self.seen[unit, period]
                for name, row in rows.items():
                    self._sort(row, known.get(name))
                for part, whole in PARTS.items():
                    if part in rows and whole in rows:
                        both = part in known and whole in known
                        self._sort(plus(rows[whole], rows[part], -1), known[whole] - known[part] if both else None)

    def _sort(self, row: Row, known: float | None) -> None:
        truth = sum(self.truth[place] * factor for place, factor in row.items())
        if known is not None:
            assert known == pytest.approx(truth)
            assert not 0 < known < LEAST
            self.shown.append((row, known))
        elif 0 < truth < LEAST:
            self.hidden.append((row, truth))

    def _row(self, name: str, unit: str, period: Period) -> Row:
        """The count of a unit with those below it: events of all its quarters, stock at the end."""
        inside = [it for it in self.quarters if period.start <= it.start and last(it) <= last(period)]
        inside = inside[-1:] if name in STOCKS else inside
        return {
            self.place[name, below, it.start]: 1.0 for it in inside for below in self.members[last(it)].get(unit, ())
        }

    def _members(self, day: date) -> dict[str, list[str]]:
        """Each unit with all units below it on a day."""
        found: dict[str, list[str]] = defaultdict(list)
        for unit in self.units:
            for each in above(self.table.hierarchy, unit, day):
                found[each].append(unit)
        return found

    def _identities(self) -> Iterator[tuple[Row, float]]:
        """Opening + received = settled + left + closing; and overdue in the same way, as far as it is known."""
        for unit in self.units:
            for number, quarter in enumerate(self.quarters):
                before = self.quarters[number - 1].start if number else None
                yield from self._stock(OPEN, ("received",), (SETTLED, "left_scope"), unit, quarter.start, before)
                yield from self._stock(OVERDUE, (MATURED,), (SETTLED, LEFT_OVERDUE), unit, quarter.start, before)

    def _stock(
        self, stock: str, ins: Sequence[str], outs: Sequence[str], unit: str, start: date, before: date | None
    ) -> Iterator[tuple[Row, float]]:
        if {stock, *ins, *outs} <= {*self.quantities}:
            row = {self.place[stock, unit, start]: 1.0}
            row |= {self.place[name, unit, start]: -1.0 for name in ins}
            row |= {self.place[name, unit, start]: 1.0 for name in outs}
            yield (row if before is None else plus(row, {self.place[stock, unit, before]: 1.0}, -1)), 0.0

    def _limits(self) -> Iterator[Row]:
        pairs = [*PARTS.items(), (ON_TIME, SETTLED), (RATED, SETTLED)]
        for part, whole in pairs:
            if {part, whole} <= {*self.quantities}:
                for unit in self.units:
                    for quarter in self.quarters:
                        yield {
                            self.place[part, unit, quarter.start]: 1.0,
                            self.place[whole, unit, quarter.start]: -1.0,
                        }

    def determined(self, rounds: int = 4) -> int:
        """Return how many hidden small counts have the same value in all solutions found."""
        equal = [*self.shown, *self._identities()]
        matrix, sides = self._matrix([row for row, _ in equal]), np.array([side for _, side in equal])
        limits, targets = self._matrix(list(self._limits())), self._matrix([row for row, _ in self.hidden])
        truth = np.array([value for _, value in self.hidden])
        bounds = [(-2.0, 6.0) if name == LEFT_OVERDUE else (0.0, MOST) for name, _, _ in self.place]
        stuck, random = np.ones(len(truth), bool), np.random.default_rng(1)
        for sign in [1.0, -1.0, *([0.0] * (rounds - 2))]:
            weights = sign * random.uniform(0.5, 1.5, len(truth)) if sign else random.choice([-1.0, 1.0], len(truth))
            found = linprog(-(targets.T @ np.where(stuck, weights, 0.0)), A_ub=limits, b_ub=np.zeros(limits.shape[0]),
                            A_eq=matrix, b_eq=sides, bounds=bounds)  # fmt: skip
            assert found.status == 0
            stuck &= np.abs(targets @ found.x - truth) < 1e-6
            if not stuck.any():
                break
        return int(stuck.sum())

    def _matrix(self, rows: Sequence[Row]) -> "scipy.sparse.csr_matrix":
        numbers = [number for number, row in enumerate(rows) for _ in row]
        places: npt.NDArray[np.int64] = np.array([place for row in rows for place in row], dtype=np.int64)
        values = [value for row in rows for value in row.values()]
        return scipy.sparse.csr_matrix((values, (numbers, places)), shape=(len(rows), len(self.place)))


def plus(one: Row, other: Row, factor: float) -> Row:
    return {place: one.get(place, 0) + factor * other.get(place, 0) for place in {*one, *other}}


def last(period: Period) -> date:
    return min(period.end, period.cutoff.date())


def above(hierarchy: Hierarchy, unit: str, day: date) -> set[str]:
    found = {unit, PROVINCE}
    while unit in hierarchy.spells:
        unit = hierarchy.above(unit, day)
        found.add(unit)
    return found


def test_no_hidden_small_count_is_determined(con: Connection, table: CountTable, seen: Numbers, world: str) -> None:
    for quantities in SYSTEMS[world]:
        system = System(con, table, seen, quantities)
        assert len(system.hidden) > 50
        assert system.determined() == 0

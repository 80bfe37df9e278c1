"""Small trees with two districts of two communes, over a term of two years of four quarters."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from dashboard.model import Period, Subject
from dashboard.queries.count_cells import PROVINCE, Cells, CountTable, Hierarchy, Key, hierarchy_of, key_of
from dashboard.queries.count_groups import GROUPS, KPI_GROUPS, over, under
from dashboard.queries.suppression import Suppression, suppress

LEAST = 5
YEARS, QUARTERS = (2022, 2023), range(4)
PLACES = [
    ("d1", "35", None, None),
    ("d2", "35", None, None),
    *((f"c{n}", f"d{1 + n // 2}", None, None) for n in range(4)),
]
TREE = hierarchy_of(PLACES, frozenset({"35"}))
ANSWERED, RAISED = over("direct_answer_rate"), under("direct_answer_rate")
Own = dict[tuple[str, date], float]


def period(kind: str, start: date, months: int) -> Period:
    following = date(start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1, 1)
    end = following - timedelta(days=1)
    return Period("party", kind, start, end, "", "", datetime(end.year, end.month, end.day, 23), False, None)


def calendar() -> tuple[Period, ...]:
    quarters = [period("quarter", date(year, 1 + 3 * number, 1), 3) for year in YEARS for number in QUARTERS]
    halves = [period("half", date(year, month, 1), 6) for year in YEARS for month in (1, 7)]
    years = [period("year", date(year, 1, 1), 12) for year in YEARS]
    nine = [period("nine_months", date(year, 1, 1), 9) for year in YEARS]
    return (period("term", date(2022, 1, 1), 24), *years, *halves, *nine, *quarters)


def cells_of(own: Own, hierarchy: Hierarchy, periods: tuple[Period, ...], name: str = RAISED) -> Cells:
    """The counts of a quantity in all subjects and periods, from those of each unit alone in each quarter."""
    found: dict[tuple[str, Key], dict[str, float]] = {}
    for item in periods:
        for (unit, start), count in own.items():
            if item.start <= start <= item.end:
                for subject in chain(hierarchy, unit, start):
                    cell = found.setdefault((subject, key_of(item)), {})
                    cell[name] = cell.get(name, 0) + count
    return found


def chain(hierarchy: Hierarchy, unit: str, day: date) -> list[str]:
    found = [unit]
    while found[-1] in hierarchy.spells:
        found.append(hierarchy.above(found[-1], day))
    return found


def evenly(count: float, **changes: float) -> Own:
    """The same count of each unit in each quarter, with changes of one quarter by unit: c0_2022Q1=3."""
    starts = [item.start for item in calendar() if item.period_type == "quarter"]
    own = dict.fromkeys(product(TREE.spells, starts), count)
    for name, value in changes.items():
        unit, code = name.split("_")
        own[unit, date(int(code[:4]), 3 * int(code[-1]) - 2, 1)] = value
    return own


def result(own: Own, hierarchy: Hierarchy = TREE) -> Suppression:
    return suppress(CountTable(cells_of(own, hierarchy, calendar()), calendar(), hierarchy), LEAST)


def shown(found: Suppression, unit: str, kind: str, start: date) -> bool:
    item = next(each for each in calendar() if (each.period_type, each.start) == (kind, start))
    return not found.hides("direct_answer_rate", Subject("subtree" if unit else "province", unit), item)


def test_everything_is_shown_without_small_counts() -> None:
    found = result(evenly(6))
    assert all(shown(found, unit, it.period_type, it.start) for unit in (PROVINCE, *TREE.spells) for it in calendar())


def test_a_small_quarter_hides_the_parts_of_its_year_but_not_the_year() -> None:
    found = result(evenly(6, c0_2022Q1=3))
    hidden = {("quarter", 1), ("quarter", 4), ("half", 1), ("half", 7), ("nine_months", 1)}
    assert {(kind, month) for kind, month in hidden if shown(found, "c0", kind, date(2022, month, 1))} == set()
    assert shown(found, "c0", "year", date(2022, 1, 1))
    assert shown(found, "c0", "quarter", date(2023, 1, 1))


def test_the_unit_above_alone_protects_if_it_counts_enough() -> None:
    """What remains of the district without its shown commune is 3 of the hidden one and 6 of the district alone."""
    found = result(evenly(6, c0_2022Q1=3))
    assert shown(found, "c1", "quarter", date(2022, 1, 1))


def test_another_unit_is_hidden_if_the_rest_of_the_family_would_be_small() -> None:
    found = result(evenly(6, c0_2022Q1=3, d1_2022Q1=0))
    assert not shown(found, "c1", "quarter", date(2022, 4, 1))
    assert shown(found, "d1", "quarter", date(2022, 1, 1))
    assert shown(found, "c2", "quarter", date(2022, 1, 1))


def test_a_small_rest_of_the_unit_above_alone_is_protected() -> None:
    found = result(evenly(6, d1_2022Q1=2))
    assert {shown(found, unit, "quarter", date(2022, 1, 1)) for unit in ("c0", "c1")} == {True, False}


def test_a_small_year_hides_all_years_of_the_unit_as_the_term_would_give_it_away() -> None:
    small = {f"c0_2022Q{number}": float(number == 1) for number in (1, 2, 3, 4)}
    found = result(evenly(6, **small))
    assert not shown(found, "c0", "year", date(2023, 1, 1))
    assert shown(found, "c0", "term", date(2022, 1, 1))


def test_a_small_rest_of_a_rate_is_as_small_as_a_small_numerator() -> None:
    own, answered = evenly(10), evenly(10, c0_2022Q1=8)
    both = cells_of(own, TREE, calendar())
    of_answered = cells_of(answered, TREE, calendar(), ANSWERED)
    cells = {key: {**cell, **of_answered[key]} for key, cell in both.items()}
    found = suppress(CountTable(cells, calendar(), TREE), LEAST)
    assert not shown(found, "c0", "quarter", date(2022, 1, 1))


def test_below_a_hidden_unit_nothing_is_shown() -> None:
    nothing = {f"{unit}_2022Q1": 0.0 for unit in ("d1", "c0", "c1")}
    found = result(evenly(6, **nothing | {"d1_2022Q1": 3.0}))
    assert not any(shown(found, unit, "quarter", date(2022, 4, 1)) for unit in ("d1", "c0", "c1"))


def test_a_small_running_quarter_hides_the_term_not_the_years_before() -> None:
    own = evenly(6, **{f"{unit}_2023Q4": 0.0 for unit in TREE.spells} | {"c0_2023Q4": 2.0})
    end = max(item.cutoff for item in calendar())
    periods = tuple(replace(item, is_running=item.cutoff == end) for item in calendar())
    found = suppress(CountTable(cells_of(own, TREE, periods), periods, TREE), LEAST)
    assert not shown(found, PROVINCE, "term", date(2022, 1, 1))
    assert not shown(found, PROVINCE, "year", date(2023, 1, 1))
    assert shown(found, PROVINCE, "year", date(2022, 1, 1))
    assert shown(found, PROVINCE, "quarter", date(2023, 7, 1))


def test_a_unit_that_moves_to_another_is_hidden_if_either_part_is_small() -> None:
    """c1 comes under d2 in July 2023: its year is 2 below d1 and 12 below d2."""
    moved = hierarchy_of([*PLACES[:3], ("c1", "d1", None, date(2023, 7, 1)), ("c1", "d2", date(2023, 7, 1), None),
                          *PLACES[4:]], frozenset({"35"}))  # fmt: skip
    found = result(evenly(6, c1_2023Q1=1, c1_2023Q2=1, c1_2023Q3=6, c1_2023Q4=6), moved)
    assert not shown(found, "c1", "year", date(2023, 1, 1))
    assert shown(found, "c1", "term", date(2022, 1, 1))


@pytest.mark.parametrize(
    ("subject", "changes", "field"),
    [
        (Subject("unit", "c0"), {}, "ALL"),
        (Subject("level", "commune"), {}, "ALL"),
        (Subject("subtree", "35"), {}, "ALL"),
        (Subject("subtree", "c0"), {"calendar": "state"}, "ALL"),
        (Subject("subtree", "c0"), {"period_type": "month"}, "ALL"),
        (Subject("subtree", "c0"), {}, "dat-dai"),
    ],
)
def test_what_could_be_subtracted_is_always_hidden(subject: Subject, changes: dict[str, str], field: str) -> None:
    item = replace(calendar()[-1], **changes)  # type: ignore[arg-type]
    assert result(evenly(6)).hides("direct_answer_rate", subject, item, field)


def test_every_group_of_a_figure_is_decided_and_unknown_kpis_are_hidden() -> None:
    assert {name for names in KPI_GROUPS.values() for name in names} <= {group.name for group in GROUPS}
    assert result(evenly(6)).hides("new_kpi", Subject("province", "35"), calendar()[0])
    assert not result(evenly(6)).hides("feed_on_time_rate", Subject("unit", "c0"), calendar()[0])


@pytest.mark.parametrize("seed", range(20))
def test_shown_figures_leave_every_hidden_small_count_open(seed: int) -> None:
    """In random trees: no shown count, rest of a family or rest of a row is small, so that no table of counts with the
    shown sums has a single solution in a small cell (see the module)."""
    dice = random.Random(seed)
    starts = [item.start for item in calendar() if item.period_type == "quarter"]
    own = {(unit, start): float(dice.choice((0, 0, 1, 2, 4, 6, 9))) for unit in TREE.spells for start in starts}
    cells, found = cells_of(own, TREE, calendar()), result(own)
    for item, parent in product(calendar(), (PROVINCE, *TREE.spells)):
        whole = cells.get((parent, key_of(item)), {}).get(RAISED, 0)
        if shown(found, parent, item.period_type, item.start):
            below = [unit for unit in TREE.spells if TREE.above(unit, item.start) == parent]
            of_shown = [cells[unit, key_of(item)][RAISED] for unit in below
                        if shown(found, unit, item.period_type, item.start)]  # fmt: skip
            assert not 0 < whole < LEAST
            assert not 0 < whole - sum(of_shown) < LEAST or not below
        elif item.period_type == "quarter" and shown(found, parent, "year", date(item.start.year, 1, 1)):
            parts = [shown(found, parent, it.period_type, it.start) for it in calendar()
                     if it.period_type not in {"term", "year"} and it.start.year == item.start.year]  # fmt: skip
            assert not any(parts)

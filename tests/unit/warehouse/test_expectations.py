"""Both engines of the border checks report the same (row, rule) pairs for every rule of the contracts."""

from collections.abc import Iterator
from datetime import date, datetime, time
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.contract import load
from ingest.contract.sheet_contract import SheetContract, ValueType
from ingest.lookups.periods import Period
from ingest.model.received import SheetKind
from ingest.rules.suite import derive_suite, suite_words
from warehouse.border_checks import Engine, evaluate
from warehouse.expectations import Expectation, compilable

QUARTER = Period("2024Q3", "quarter", date(2024, 7, 1), date(2024, 9, 30))
NOW = datetime(2024, 8, 20, 9, 30)
ROWS = 120


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def cell(column: str, kind: str, contract: SheetContract, row: int, random: Random) -> Any:
    """A value of the column's type, which may violate a rule; for a problem column, each problem in turn, or None."""
    if column.endswith("__problem"):
        problems = sorted({value for rule in contract.rules for value in (rule.kwargs or {}).get("value_set", ())})
        return problems[row // 2 % len(problems)] if row % 2 else None
    if random.random() < 0.35:
        return None
    day = date(2024, random.randint(5, 11), random.randint(1, 28))
    year = 2024 if random.random() < 0.9 else 2031
    values = {
        "TIMESTAMP": datetime.combine(day.replace(year=year), time(random.randint(0, 1) * 9)),
        "DATE": day,
        "BIGINT": random.randint(-2, 3) if random.random() < 0.9 else 20_000,
        "BOOLEAN": random.random() < 0.5,
    }
    words = {
        "outcome": ["resolved", "in_progress", "returned", "not_started"],
        "form": ["periodic", "thematic", "extraordinary"],
    }
    return values.get(kind, random.choice(words.get(column, list("abc"))))


def column_kinds(contract: SheetContract, columns: set[str]) -> dict[str, str]:
    """The DuckDB type of every column that a rule examines."""
    typed = {column.field: column.type.sql for column in contract.columns}
    facts = {"received_on__floor": "TIMESTAMP", "period__start": "DATE", "period__end": "DATE"}
    return {name: typed.get(name) or facts.get(name, "VARCHAR") for name in sorted(columns)}


@pytest.mark.parametrize("kind", list(SheetKind))
def test_both_engines_find_the_same_violations_of_every_rule(con: duckdb.DuckDBPyConnection, kind: SheetKind) -> None:
    contract = load.load().sheets[kind]
    fields = [column.field for column in contract.columns]
    suite = derive_suite(contract, fields, suite_words(QUARTER, NOW))
    kinds = column_kinds(contract, {name for each in suite.expectations for name in each.columns})
    random = Random(2024)
    con.execute(f"create or replace table t (row_id bigint, {', '.join(f'{n} {k}' for n, k in kinds.items())})")
    rows = [[i, *(cell(name, sql, contract, i, random) for name, sql in kinds.items())] for i in range(ROWS)]
    rows += [[ROWS + i, *row[1:]] for i, row in enumerate(rows[:30])]  # the same rows again under another key
    con.executemany(f"insert into t values ({', '.join('?' * (len(kinds) + 1))})", rows)
    by_gx = evaluate(con, suite.expectations, "t", "row_id", Engine.GX)
    by_sql = evaluate(con, suite.expectations, "t", "row_id", Engine.SQL)
    assert by_gx.not_checked == by_sql.not_checked == ()
    assert by_gx.pairs() == by_sql.pairs()
    assert {rule for _, rule in by_sql.pairs()} == set(suite.rules), "every rule is broken at least once"


def test_every_rule_of_the_contracts_is_compiled() -> None:
    words = suite_words(QUARTER, NOW)
    for contract in load.load().sheets.values():
        suite = derive_suite(contract, [column.field for column in contract.columns], words)
        assert all(map(compilable, suite.expectations))
        assert ValueType.UNIT in {column.type for column in contract.columns}


ANY_SUITE = (
    Expectation("unique", "expect_column_values_to_be_unique", {"column": "s"}),
    Expectation(
        "compound",
        "expect_compound_columns_to_be_unique",
        {"column_list": ["s", "n"], "ignore_row_if": "any_value_is_missing"},
    ),
    Expectation("in_set", "expect_column_values_to_be_in_set", {"column": "s", "value_set": ["a", "b"]}),
    Expectation(
        "strict",
        "expect_column_values_to_be_between",
        {"column": "n", "min_value": -1, "max_value": 2, "strict_max": True},
    ),
    Expectation(
        "pair",
        "expect_column_pair_values_a_to_be_greater_than_b",
        {"column_A": "n", "column_B": "m", "ignore_row_if": "either_value_is_missing"},
    ),
    Expectation("regex", "expect_column_values_to_match_regex", {"column": "s", "regex": "[ab]"}),
    Expectation(
        "when",
        "expect_column_values_to_not_be_null",
        {
            "column": "n",
            "row_condition": {"type": "comparison", "column": {"name": "s"}, "operator": "IN", "parameter": ["a", "c"]},
        },
    ),
)
CELLS = st.tuples(
    st.sampled_from([None, "a", "b", "c", "ab", ""]),
    st.sampled_from([None, -2, -1, 0, 1, 2, 3]),
    st.sampled_from([None, 0, 1]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(CELLS, min_size=1, max_size=8))
def test_both_engines_agree_on_any_frame(con: duckdb.DuckDBPyConnection, cells: list[tuple[Any, ...]]) -> None:
    s, n, m = zip(*cells, strict=True)
    frame = pa.table(
        {
            "k": pa.array(range(len(cells)), pa.int64()),
            "s": pa.array(s, pa.string()),
            "n": pa.array(n, pa.int64()),
            "m": pa.array(m, pa.int64()),
        }
    )
    con.register("frame", frame)
    by_gx = evaluate(con, ANY_SUITE, "frame", "k", Engine.GX)
    assert by_gx.pairs() == evaluate(con, ANY_SUITE, "frame", "k", Engine.SQL).pairs()


def test_a_missing_column_counts_as_not_checked(con: duckdb.DuckDBPyConnection) -> None:
    absent = Expectation("absent", "expect_column_values_to_not_be_null", {"column": "zz"})
    for engine in (Engine.GX, Engine.SQL):
        found = evaluate(con, [absent], "(select 1 as k)", "k", engine)
        assert [(each.id, each.reason) for each in found.not_checked] == [("absent", "không có cột zz")]


def test_unknown_expectations_are_left_to_great_expectations(con: duckdb.DuckDBPyConnection) -> None:
    mostly = Expectation("mostly", "expect_column_values_to_not_be_null", {"column": "v", "mostly": 0.9})
    assert not compilable(mostly)
    relation = "(select k, if(k = 1, null, k) as v from range(3) as t(k))"
    assert evaluate(con, [mostly], relation, "k", Engine.SQL).pairs() == {(1, "mostly")}

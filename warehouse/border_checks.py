"""Border checks: evaluate a suite of expectations over one table, with Great Expectations or with one DuckDB query.

Great Expectations takes seconds to import and its run time grows with the table, so it is imported only when used: in
the nightly run for tables of ordinary size, and for expectations that the compiler does not support.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from warehouse.expectations import Expectation, compilable, faults_query
from warehouse.sql import quoted

if TYPE_CHECKING:
    import pandas as pd

GX_MAX_ROWS = 20_000
"""Larger tables are evaluated by the compiled query."""

_OF_ONE_COLUMN = frozenset(
    f"expect_column_values_to_{rest}"
    for rest in ("be_null", "be_in_set", "not_be_in_set", "be_between", "match_regex", "not_match_regex", "be_unique")
)

FAULTS = pa.schema([("row", pa.int64()), ("rule", pa.string())])


class Engine(StrEnum):
    """The engine of a check: Great Expectations, the compiled query, or chosen by the size of the table."""

    GX = "gx"
    SQL = "sql"
    AUTO = "auto"


@dataclass(frozen=True)
class NotChecked:
    """An expectation that could not be evaluated, and why; it does not count as passed."""

    id: str
    reason: str


@dataclass(frozen=True)
class Evaluation:
    """All faults, unordered: `row` is the key's value, null for the whole table; `rule` is the expectation's id."""

    faults: pa.Table
    not_checked: tuple[NotChecked, ...] = ()

    def pairs(self) -> set[tuple[int | None, str]]:
        """The faults as a set of (row, rule)."""
        return set(zip(self.faults["row"].to_pylist(), self.faults["rule"].to_pylist(), strict=True))


def evaluate(
    con: duckdb.DuckDBPyConnection,
    expectations: Sequence[Expectation],
    relation: str,
    key: str,
    engine: Engine = Engine.AUTO,
) -> Evaluation:
    """Evaluate `expectations` over `relation`, a table, view or parenthesised query.

    The integer column `key` identifies its rows. An expectation on a column that `relation` lacks is not checked.
    """
    there = {row[0] for row in con.execute(f"describe select * from {relation}").fetchall()}
    checkable = [each for each in expectations if each.columns <= there]
    absent = [NotChecked(each.id, _missing(each, there)) for each in expectations if not each.columns <= there]
    if engine is Engine.AUTO:
        engine = Engine.SQL if _is_large(con, relation) else Engine.GX
    by_query = [each for each in checkable if engine is Engine.SQL and compilable(each)]
    asked = {each.id for each in by_query}
    by_gx = [each for each in checkable if each.id not in asked]
    found = [_by_query(con, by_query, relation, key)] if by_query else []
    if by_gx:
        found.append(evaluate_frame(_frame(con, by_gx, relation, key), by_gx, key))
    tables = [each.faults for each in found] or [FAULTS.empty_table()]
    failed = [reason for each in found for reason in each.not_checked]
    return Evaluation(pa.concat_tables(tables), (*absent, *failed))


def _missing(expectation: Expectation, there: set[str]) -> str:
    return f"không có cột {', '.join(sorted(expectation.columns - there))}"


def _is_large(con: duckdb.DuckDBPyConnection, relation: str) -> bool:
    ((rows,),) = con.execute(f"select count(*) from (select 1 from {relation} limit {GX_MAX_ROWS + 1})").fetchall()
    return bool(rows > GX_MAX_ROWS)


def _by_query(con: duckdb.DuckDBPyConnection, each: Sequence[Expectation], relation: str, key: str) -> Evaluation:
    ids = pa.array([expectation.id for expectation in each])
    found = con.execute(faults_query(each, relation, key)).fetchnumpy()
    return Evaluation(pa.table([pa.array(found["row"], pa.int64()), ids.take(pa.array(found["rule"]))], schema=FAULTS))


def _frame(con: duckdb.DuckDBPyConnection, each: Iterable[Expectation], relation: str, key: str) -> "pd.DataFrame":
    columns = sorted({key}.union(*(expectation.columns for expectation in each)))
    return con.execute(f"select {', '.join(map(quoted, columns))} from {relation}").df()


def evaluate_frame(frame: "pd.DataFrame", expectations: Sequence[Expectation], key: str) -> Evaluation:
    """The faults that Great Expectations finds in `frame`; an expectation that raises an error counts as not checked.

    Expectations on the values of an empty column are skipped, because each would cost about ten milliseconds.
    """
    empty = {str(column) for column in frame.columns if frame[column].isna().all()}
    sent = [each for each in expectations if not _holds_vacuously(each, empty)]
    results = _validated(frame, sent, key) if sent else {}
    faults = [(row, rule) for rule, result in results.items() for row in _fault_rows(result, key)]
    not_checked = [NotChecked(rule, _exception(result)) for rule, result in results.items() if _exception(result)]
    rows, rules = zip(*faults, strict=True) if faults else ((), ())
    columns = [pa.array(rows, pa.int64()), pa.array(rules, pa.string())]
    return Evaluation(pa.table(columns, schema=FAULTS), tuple(not_checked))


def _holds_vacuously(expectation: Expectation, empty: set[str]) -> bool:
    """Whether only values can violate the expectation and its column (or one of its two) has none.

    Row conditions do not matter.
    """
    kwargs = expectation.kwargs
    if expectation.type in _OF_ONE_COLUMN:
        return kwargs["column"] in empty
    return kwargs.get("ignore_row_if") == "either_value_is_missing" and bool(
        {kwargs["column_A"], kwargs["column_B"]} & empty
    )


def _validated(frame: "pd.DataFrame", expectations: Sequence[Expectation], key: str) -> Mapping[str, Any]:
    """Return the Great Expectations result of each expectation, by its id."""
    import great_expectations as gx
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    built = [ExpectationConfiguration(**_pandas_form(each)).to_domain_obj() for each in expectations]
    suite = gx.ExpectationSuite(name="border", expectations=built)
    form = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": [key],
        "include_unexpected_rows": False,
    }
    results = _batch_definition().get_batch({"dataframe": frame}).validate(suite, result_format=form).results
    found = {result.expectation_config.meta["id"]: result for result in results}
    if found.keys() != {each.id for each in expectations}:
        raise ValueError("Great Expectations answered other expectations than it was asked")
    return found


def _pandas_form(expectation: Expectation) -> dict[str, Any]:
    """Return the configuration with dates as timestamps, as pandas stores them."""
    configuration = expectation.configuration()
    return {**configuration, "kwargs": {name: _instant(value) for name, value in configuration["kwargs"].items()}}


def _instant(value: Any) -> Any:
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return datetime.combine(value, time()) if is_day else value


@lru_cache(maxsize=1)
def _batch_definition() -> Any:
    """Return the batch definition in an ephemeral context, one per process: no files, network or progress bars."""
    import great_expectations as gx

    # this logger sets its own level, so the level of its parent does not apply
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("border").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("whole")


def _fault_rows(result: Any, key: str) -> Iterable[int | None]:
    if result.success or _exception(result):
        return []
    if "unexpected_index_list" not in result.result:
        return [None]
    return [int(place[key]) for place in result.result["unexpected_index_list"] or ()]


def _exception(result: Any) -> str:
    """Return the error message of an evaluation; "" if it succeeded."""
    info = result.exception_info or {}
    entries = [info] if "raised_exception" in info else list(info.values())
    raised = [entry for entry in entries if isinstance(entry, Mapping) and entry.get("raised_exception")]
    return str(raised[0].get("exception_message") or "lỗi không rõ") if raised else ""

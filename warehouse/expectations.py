"""Expectations: the language of all border checks, and a compiler that turns them into one DuckDB query.

An expectation is a Great Expectations type with its arguments, so a suite can be evaluated by Great Expectations or,
for large tables, by the compiled query; a test requires that both find the same violations. Pure: returns SQL.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from warehouse.sql import NoLiteralError, literal, quoted


@dataclass(frozen=True)
class Expectation:
    """One expectation; `id` is unique within its suite, `type` and `kwargs` are those of Great Expectations."""

    id: str
    type: str
    kwargs: Mapping[str, Any]
    severity: str = "critical"
    meta: Mapping[str, Any] = field(default_factory=dict)

    def configuration(self) -> dict[str, Any]:
        """Return the expectation as a Great Expectations configuration, with the id in `meta`."""
        return {
            "type": self.type,
            "kwargs": dict(self.kwargs),
            "meta": {**self.meta, "id": self.id},
            "severity": self.severity,
        }

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the expectation needs."""
        named = [self.kwargs[name] for name in ("column", "column_A", "column_B") if name in self.kwargs]
        condition = self.kwargs.get("row_condition")
        return frozenset([*named, *self.kwargs.get("column_list", ()), *_condition_columns(condition)])


def _condition_columns(condition: Any) -> Iterable[str]:
    if isinstance(condition, Mapping):
        if "column" in condition:
            yield condition["column"]["name"]
        for part in condition.get("conditions", ()):
            yield from _condition_columns(part)


class NotCompilableError(Exception):
    """The compiler does not support this expectation with these arguments; Great Expectations must evaluate it."""


def compilable(expectation: Expectation) -> bool:
    """Whether `faults_query` supports this expectation."""
    try:
        _branch(expectation, "t", "k")
    except (NotCompilableError, NoLiteralError):
        return False
    return True


def faults_query(expectations: Sequence[Expectation], relation: str, key: str) -> str:
    """One query over `relation` (a table, view or subquery) that yields every fault as (row, rule).

    `row` is the value of column `key`, null for an expectation about the whole table; `rule` is the position of the
    expectation in `expectations`. Raise NotCompilableError or NoLiteralError if an expectation is not `compilable`.
    """
    row_faults = {i: each for i, each in enumerate(expectations) if each.type in _ROW_FAULTS}
    branches = [_by_row(row_faults, relation, key)] if row_faults else []
    branches += [
        f"select {row} as row, {i}::integer as rule from {source}"
        for i, each in enumerate(expectations)
        if i not in row_faults
        for row, source in [_branch(each, relation, key)]
    ]
    return "\nunion all\n".join(branches) or "select null::bigint as row, 0 as rule where false"


def _by_row(row_faults: Mapping[int, Expectation], relation: str, key: str) -> str:
    """All row-wise rules in one pass; rows without a fault are filtered out before lists of rules are built."""
    positions = dict(enumerate(_positions(row_faults)))
    found = ", ".join(f"{position} as r{number}" for number, position in positions.items())
    names = ", ".join(f"r{number}" for number in positions)
    rows = f"select {quoted(key)} as row, {found} from {relation}"
    faulty = f"select row, unnest([{names}]) as rule from ({rows}) where coalesce({names}, null) is not null"
    return f"select row, rule::integer as rule from ({faulty}) where rule is not null"


def _positions(row_faults: Mapping[int, Expectation]) -> Iterator[str]:
    """SQL expressions for the position of a violated rule; null if a row is correct.

    Rules that forbid values of one column, as most do, share one expression unless two forbid the same value: for a
    small sheet, parsing the query is half of the time.
    """
    forbidden: dict[tuple[str, Any], int] = {}
    for number, expectation in row_faults.items():
        cells = _forbidden(expectation)
        if not cells or forbidden.keys() & set(cells):
            yield f"case when {_fault(expectation)} then {number} end"
        else:
            forbidden.update(dict.fromkeys(cells, number))
    for column in dict.fromkeys(column for column, _ in forbidden):
        values = [(value, number) for (of, value), number in forbidden.items() if of == column]
        cases = " ".join(f"when {literal(value)} then {number}" for value, number in values)
        yield f"case {quoted(column)} {cases} end"


def _forbidden(expectation: Expectation) -> list[tuple[str, Any]]:
    """Return (column, value) for each value that the expectation forbids; empty for other types of expectations."""
    if expectation.type != "expect_column_values_to_not_be_in_set" or "row_condition" in expectation.kwargs:
        return []
    _known(expectation, "column", "value_set")
    return [(expectation.kwargs["column"], value) for value in expectation.kwargs["value_set"]]


def _branch(expectation: Expectation, relation: str, key: str) -> tuple[str, str]:
    """SQL for one expectation: the expression for `row`, and the relation with one row per fault."""
    if expectation.type in _ROW_FAULTS:
        return quoted(key), f"{relation} where {_fault(expectation)}"
    if expectation.type == "expect_column_values_to_be_unique":
        _known(expectation, "column")
        return _duplicates(expectation, [expectation.kwargs["column"]], "any_value_is_missing", relation, key)
    if expectation.type == "expect_compound_columns_to_be_unique":
        _known(expectation, "column_list", "ignore_row_if")
        ignored = expectation.kwargs.get("ignore_row_if", "all_values_are_missing")
        return _duplicates(expectation, expectation.kwargs["column_list"], ignored, relation, key)
    if expectation.type == "expect_table_row_count_to_be_between":
        _known(expectation, "min_value", "max_value")
        outside = " or ".join(_bounds("count(*)", expectation.kwargs)) or "false"
        return "null", f"(select count(*) from {_rows(expectation, relation)} having {outside})"
    raise NotCompilableError(expectation.type)


def _duplicates(
    expectation: Expectation, columns: Sequence[str], ignored: str, relation: str, key: str
) -> tuple[str, str]:
    missing = {
        "any_value_is_missing": " and ".join(f"{quoted(column)} is not null" for column in columns),
        "all_values_are_missing": " or ".join(f"{quoted(column)} is not null" for column in columns),
        "never": "true",
    }
    if ignored not in missing:
        raise NotCompilableError(f"ignore_row_if {ignored}")
    names = ", ".join(quoted(column) for column in columns)
    condition = _condition(expectation.kwargs.get("row_condition"))
    kept = ", ".join(quoted(column) for column in dict.fromkeys((key, *columns)))
    rows = f"(select {kept} from {relation} where {condition} and ({missing[ignored]}))"
    same = " and ".join(f"r.{quoted(column)} is not distinct from d.{quoted(column)}" for column in columns)
    twice = f"(select {names} from {rows} group by {names} having count(*) > 1)"
    return f"r.{quoted(key)}", f"{rows} as r semi join {twice} as d on {same}"


def _rows(expectation: Expectation, relation: str) -> str:
    return f"(select * from {relation} where {_condition(expectation.kwargs.get('row_condition'))})"


def _fault(expectation: Expectation) -> str:
    """The SQL condition that is true for faulty rows, and false or null for others."""
    broken = _ROW_FAULTS[expectation.type](expectation)
    condition = expectation.kwargs.get("row_condition")
    return broken if condition is None else f"{_condition(condition)} and {broken}"


def _known(expectation: Expectation, *names: str) -> None:
    unknown = set(expectation.kwargs) - {*names, "row_condition"}
    if unknown:
        raise NotCompilableError(f"{expectation.type} with {sorted(unknown)}")


def _not_null(expectation: Expectation) -> str:
    _known(expectation, "column")
    return f"{quoted(expectation.kwargs['column'])} is null"


def _null(expectation: Expectation) -> str:
    _known(expectation, "column")
    return f"{quoted(expectation.kwargs['column'])} is not null"


def _in_set(expectation: Expectation) -> str:
    _known(expectation, "column", "value_set")
    return f"not {_membership(expectation)}"


def _not_in_set(expectation: Expectation) -> str:
    _known(expectation, "column", "value_set")
    return _membership(expectation)


def _membership(expectation: Expectation) -> str:
    column, values = quoted(expectation.kwargs["column"]), expectation.kwargs["value_set"]
    if not values:
        raise NotCompilableError("an empty value set")
    return f"{column} in ({', '.join(literal(value) for value in values)})"


def _between(expectation: Expectation) -> str:
    _known(expectation, "column", "min_value", "max_value", "strict_min", "strict_max")
    outside = _bounds(quoted(expectation.kwargs["column"]), expectation.kwargs)
    if not outside:
        raise NotCompilableError("a range without bounds")
    return f"({' or '.join(outside)})"


def _bounds(value: str, kwargs: Mapping[str, Any]) -> list[str]:
    """Return the SQL conditions under which `value` is below `min_value` or above `max_value`."""
    below = "<=" if kwargs.get("strict_min") else "<"
    above = ">=" if kwargs.get("strict_max") else ">"
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    found = [] if low is None else [f"{value} {below} {literal(low)}"]
    return found if high is None else [*found, f"{value} {above} {literal(high)}"]


def _regex(expectation: Expectation) -> str:
    _known(expectation, "column", "regex")
    return f"not {_match(expectation)}"


def _not_regex(expectation: Expectation) -> str:
    _known(expectation, "column", "regex")
    return _match(expectation)


def _match(expectation: Expectation) -> str:
    """Return the SQL condition for Python's `re.match`, anchored at the start.

    Only patterns with the same meaning in RE2 are compiled.
    """
    regex = expectation.kwargs["regex"]
    if any(sign in regex for sign in ("(?", "\\w", "\\W", "\\b", "\\s", "\\S", "\\d", "$", "\\Z")):
        raise NotCompilableError(f"pattern {regex}")
    return f"regexp_matches({quoted(expectation.kwargs['column'])}, {literal(f'^(?:{regex})')}, 's')"


def _pair(expectation: Expectation) -> str:
    _known(expectation, "column_A", "column_B", "or_equal", "ignore_row_if")
    if expectation.kwargs.get("ignore_row_if") != "either_value_is_missing":
        raise NotCompilableError("a pair that counts missing values")
    sign = "<" if expectation.kwargs.get("or_equal") else "<="
    return f"{quoted(expectation.kwargs['column_A'])} {sign} {quoted(expectation.kwargs['column_B'])}"


_ROW_FAULTS: Mapping[str, Callable[[Expectation], str]] = {
    "expect_column_values_to_not_be_null": _not_null,
    "expect_column_values_to_be_null": _null,
    "expect_column_values_to_be_in_set": _in_set,
    "expect_column_values_to_not_be_in_set": _not_in_set,
    "expect_column_values_to_be_between": _between,
    "expect_column_values_to_match_regex": _regex,
    "expect_column_values_to_not_match_regex": _not_regex,
    "expect_column_pair_values_a_to_be_greater_than_b": _pair,
}


def _condition(condition: Any) -> str:
    """Return a row condition as SQL; null counts as false."""
    if condition is None:
        return "true"
    if not isinstance(condition, Mapping):
        raise NotCompilableError(f"row condition {condition!r}")
    if condition.get("type") in {"and", "or"}:
        parts = [_condition(part) for part in condition["conditions"]]
        return "(" + f" {condition['type']} ".join(parts) + ")"
    name = quoted(condition["column"]["name"])
    if condition.get("type") == "nullity":
        return f"{name} is {'' if condition['is_null'] else 'not '}null"
    return _comparison(name, condition["operator"], condition["parameter"])


def _comparison(name: str, operator: str, parameter: Any) -> str:
    if operator == "IN":
        return f"{name} in ({', '.join(literal(value) for value in parameter)})"
    if operator in {"==", "<", "<=", ">", ">="}:
        return f"{name} {'=' if operator == '==' else operator} {literal(parameter)}"
    raise NotCompilableError(f"operator {operator}")

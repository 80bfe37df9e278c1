"""The mart suite: the expectations that marts must meet before publication, derived from dbt's manifest.

The suite adds nothing to the models' yml: each `not_null` constraint, `accepted_values` test, `grain_is_unique` test,
and `meta` with `minimum`, `maximum` or `minimum_rows` becomes one expectation.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from warehouse.expectations import Expectation

Suite = Mapping[str, Sequence[Expectation]]
"""Expectations by mart."""


def mart_suite(manifest: Path) -> Suite:
    """Return the suite of dbt's `manifest.json`: the expectations of each mart."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    marts = {
        node["unique_id"]: node for node in nodes if node["resource_type"] == "model" and node["schema"] == "marts"
    }
    suite = {node["name"]: [*_of_table(node), *_of_columns(node)] for node in marts.values()}
    for node in nodes:
        if node["resource_type"] == "test" and node.get("attached_node") in marts:
            suite[marts[node["attached_node"]]["name"]].extend(_of_test(node))
    return suite


def _of_table(node: Mapping[str, Any]) -> Iterator[Expectation]:
    least = _meta(node).get("minimum_rows")
    if least is not None:
        yield Expectation(f"{node['name']}:rows", "expect_table_row_count_to_be_between", {"min_value": least})


def _of_columns(node: Mapping[str, Any]) -> Iterator[Expectation]:
    for column in node["columns"].values():
        name = column["name"]
        if any(constraint["type"] == "not_null" for constraint in column["constraints"]):
            yield Expectation(
                f"{node['name']}.{name}:not_null", "expect_column_values_to_not_be_null", {"column": name}
            )
        bounds = {
            f"{end}_value": _meta(column)[f"{end}imum"] for end in ("min", "max") if f"{end}imum" in _meta(column)
        }
        if bounds:
            kwargs = {"column": name, **bounds}
            yield Expectation(f"{node['name']}.{name}:range", "expect_column_values_to_be_between", kwargs)


def _of_test(node: Mapping[str, Any]) -> Iterator[Expectation]:
    test = node["test_metadata"]
    if test["name"] == "accepted_values":
        kwargs = {"column": test["kwargs"]["column_name"], "value_set": test["kwargs"]["values"]}
        yield Expectation(node["name"], "expect_column_values_to_be_in_set", kwargs)
    if test["name"] == "grain_is_unique":
        kwargs = {"column_list": test["kwargs"]["columns"], "ignore_row_if": "never"}
        yield Expectation(node["name"], _uniqueness(kwargs), _single(kwargs))


def _uniqueness(kwargs: Mapping[str, Any]) -> str:
    several = len(kwargs["column_list"]) > 1
    return "expect_compound_columns_to_be_unique" if several else "expect_column_values_to_be_unique"


def _single(kwargs: Mapping[str, Any]) -> Mapping[str, Any]:
    columns = kwargs["column_list"]
    return kwargs if len(columns) > 1 else {"column": columns[0]}


def _meta(node: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**node.get("meta", {}), **node.get("config", {}).get("meta", {})}

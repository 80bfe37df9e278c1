"""Suite results: each check that the last build ran, in words, as published beside the marts that passed it. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from warehouse.expectations import Expectation


@dataclass(frozen=True)
class SuiteResult:
    """One check: `suite` is `marts` (at the border) or `dbt` (inside), `failed_rows` how many rows break it."""

    suite: str
    check_id: str
    description: str
    passed: bool
    failed_rows: int


_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "expect_column_values_to_not_be_null": lambda said: f"cột {said['column']} không được trống",
    "expect_column_values_to_be_in_set": lambda said: f"cột {said['column']} chỉ gồm các giá trị cho phép",
    "expect_column_values_to_be_between": lambda said: f"cột {said['column']} nằm trong giới hạn",
    "expect_column_values_to_be_unique": lambda said: f"mỗi {said['column']} một dòng",
    "expect_compound_columns_to_be_unique": lambda said: f"mỗi bộ ({', '.join(said['column_list'])}) một dòng",
    "expect_table_row_count_to_be_between": lambda said: f"có ít nhất {said['min_value']} dòng",
}


def result_of(table: str, expectation: Expectation, failed_rows: int) -> SuiteResult:
    """What came of one expectation about a mart."""
    sentence = _SENTENCES[expectation.type](expectation.kwargs)
    key = ".".join(filter(None, (table, expectation.type, ",".join(sorted(expectation.columns)))))
    return SuiteResult("marts", key, f"Bảng {table}: {sentence}", failed_rows == 0, failed_rows)

"""Suite results: the checks that the published marts passed, as text; marts that violate one are not published.
Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from warehouse.expectations import Expectation


@dataclass(frozen=True)
class PassedCheck:
    """One passed check; `suite` is `marts` (before publication) or `dbt` (in the build).

    `examined` are the names of the tables that it examined; `rows_examined` is the number of rows of the mart, None for
    a check in the build.
    """

    suite: str
    check_id: str
    description: str
    examined: str
    rows_examined: int | None = None


_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "expect_column_values_to_not_be_null": lambda said: f"cột {said['column']} không được trống",
    "expect_column_values_to_be_in_set": lambda said: f"cột {said['column']} chỉ gồm các giá trị cho phép",
    "expect_column_values_to_be_between": lambda said: f"cột {said['column']} nằm trong giới hạn",
    "expect_column_values_to_be_unique": lambda said: f"mỗi {said['column']} một dòng",
    "expect_compound_columns_to_be_unique": lambda said: f"mỗi bộ ({', '.join(said['column_list'])}) một dòng",
    "expect_table_row_count_to_be_between": lambda said: f"có ít nhất {said['min_value']} dòng",
}


def passed_check(table: str, expectation: Expectation, rows: int) -> PassedCheck:
    """Return the result of an expectation that all `rows` of a mart met."""
    sentence = _SENTENCES[expectation.type](expectation.kwargs)
    key = ".".join(filter(None, (table, expectation.type, ",".join(sorted(expectation.columns)))))
    return PassedCheck("marts", key, f"Bảng {table}: {sentence}", table, rows)

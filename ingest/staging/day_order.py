"""The order of day and month in each column of a sheet, and the cell that makes it ambiguous."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from ingest.contract.sheet_contract import DATES, Column
from ingest.parsing import (
    DayOrder,
    day_order,
    writes_month_first,
)
from ingest.staging.stage import StagedSheet


@dataclass(frozen=True)
class ColumnOrder:
    """The order of day and month in a column; `culprit` is the first cell that has the month first, with its text.

    `culprit` is empty unless the order of the column or of its sheet is ambiguous.
    """

    order: DayOrder = DayOrder.DMY
    culprit: str = ""


def day_orders(staged: StagedSheet, columns: Iterable[Column], texts: pa.Table) -> Callable[[str, int], ColumnOrder]:
    """A function that gives the order in a date column (field, part).

    A column is judged by itself, or by the whole sheet if it has no evidence.
    """
    dates = {column.field for column in columns if column.type in DATES}
    names = ("field", "part", "x", "first_row")
    cells = [cell for cell in zip(*(texts[name].to_pylist() for name in names), strict=True) if cell[0] in dates]
    sheet = _column_order(staged, cells, DayOrder.DMY)
    by_column: dict[tuple[str, int], list[tuple[str, int, str, int]]] = {}
    for cell in cells:
        by_column.setdefault(cell[:2], []).append(cell)
    found = {place: _column_order(staged, each, sheet.order) for place, each in by_column.items()}
    return lambda field, part: _with_culprit(found.get((field, part), sheet), sheet)


def _column_order(staged: StagedSheet, cells: Sequence[tuple[str, int, str, int]], likely: DayOrder) -> ColumnOrder:
    order = day_order((text for _, _, text, _ in cells), likely)
    month_first = [cell for cell in cells if writes_month_first(cell[2])]
    if order is not DayOrder.AMBIGUOUS or not month_first:
        return ColumnOrder(order)
    field, part, text, row = min(month_first, key=lambda cell: cell[3])
    return ColumnOrder(order, f"{staged.place(part, field, row)} («{text}»)")


def _with_culprit(column: ColumnOrder, sheet: ColumnOrder) -> ColumnOrder:
    return column if column.culprit else replace(column, culprit=sheet.culprit)

"""Targets of KPIs. Pure."""

from collections.abc import Iterator

from warehouse.lookups.faults import LookupFault
from warehouse.lookups.tables import Table
from warehouse.lookups.vocabulary import Vocabulary


def target_faults(table: Table, vocabulary: Vocabulary) -> Iterator[LookupFault]:
    """Yield a fault for each target above 1 of a KPI that is a rate."""
    for row in table.rows:
        target = row.number_in("target")
        if target is not None and target > 1 and vocabulary.kpi_units.get(row.text("kpi_code")) == "%":
            yield table.fault(
                row,
                "target",
                "Mục tiêu của một tỷ lệ phải từ 0 đến 1.",
                f"Ghi theo phần của một: {target:g} % là {target / 100:g}.",
            )

"""Rows with a duplicate key. Pure."""

from collections.abc import Iterator, Sequence

from warehouse.lookups.faults import LookupFault
from warehouse.lookups.tables import Row, Table


def repeated_rows(table: Table, key: Sequence[str]) -> Iterator[LookupFault]:
    """Yield a fault for each row whose key is that of an earlier row, ignoring case."""
    first: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        if not row.has(*key):
            continue
        value = tuple(str(row.values[column]).casefold() for column in key)
        if value in first:
            yield table.fault(
                row,
                key[0],
                f"Lặp lại dòng {first[value].number}: mỗi {' × '.join(key)} chỉ được có một dòng.",
                "Bỏ một trong hai dòng.",
            )
        else:
            first[value] = row

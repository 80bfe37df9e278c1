"""Successors of units. Pure."""

from collections import Counter
from collections.abc import Iterator

from warehouse.lookups.days import day_in_words
from warehouse.lookups.faults import LookupFault
from warehouse.lookups.spells import spells_by_key
from warehouse.lookups.tables import Row, Table


def successor_faults(table: Table, units: Table) -> Iterator[LookupFault]:
    """Yield a fault for each unknown unit, successor not in force on its first day, and wrong number of successors."""
    known = units.codes("unit_code")
    spells = spells_by_key(units, ("unit_code",))
    counts = Counter((row.text("old_code"), row.day("valid_from")) for row in table.rows)
    for row in table.rows:
        unknown = [column for column in ("old_code", "new_code") if row.text(column) and row.text(column) not in known]
        for column in unknown:
            yield table.fault(
                row,
                column,
                "Không có đơn vị nào mang mã này trong units.csv.",
                "Sửa mã, hoặc thêm dòng của đơn vị.",
            )
        day, own = row.day("valid_from"), spells.get((row.text("new_code"),), ())
        if day and own and not any(spell.days.since <= day < spell.days.until for spell in own):
            yield table.fault(
                row,
                "new_code",
                f"Đơn vị mới không có hiệu lực vào ngày tiếp nhận ({day_in_words(day)}).",
                "Sửa ngày ở đây hoặc ngày hiệu lực của đơn vị trong units.csv.",
            )
        yield from _count(table, row, counts[row.text("old_code"), day])


def _count(table: Table, row: Row, count: int) -> Iterator[LookupFault]:
    said = row.number_in("successors")
    if said is not None and row.has("old_code", "new_code", "valid_from") and said != count:
        yield table.fault(
            row,
            "successors",
            f"Ghi {int(said)} đơn vị kế tục, nhưng bảng có {count} dòng cho đơn vị {row.text('old_code')} ngày đó.",
            "Sửa số này, hoặc thêm, bớt dòng cho đủ các đơn vị kế tục.",
        )

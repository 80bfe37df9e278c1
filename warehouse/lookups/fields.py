"""Fields of petitions and dialogues. Pure."""

from collections.abc import Iterator

from warehouse.lookups.faults import LookupFault
from warehouse.lookups.tables import Table

OTHER, ALL = "other", "ALL"


def field_faults(table: Table) -> Iterator[LookupFault]:
    """Yield a fault for a field with code ALL, which stands for all fields, and one if the default field is missing."""
    for row in table.rows:
        if row.text("field_code").casefold() == ALL.casefold():
            yield table.fault(
                row, "field_code", "Mã ALL dành cho mọi lĩnh vực cộng lại.", "Đặt mã khác cho lĩnh vực này."
            )
    if OTHER not in table.codes("field_code"):
        yield table.fault(
            None,
            "field_code",
            "Thiếu lĩnh vực mã other: hội nghị không ghi lĩnh vực được tính vào đó.",
            "Thêm dòng other,Khác,99.",
        )

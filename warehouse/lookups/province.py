"""The province: one unit of its level on each day of the term, at least one with the code in the settings. Pure."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from warehouse.lookups.days import FOREVER, Days, day_in_words, not_covered
from warehouse.lookups.faults import LookupFault
from warehouse.lookups.tables import Table


def province_faults(table: Table, province_code: str, term_start: date) -> Iterator[LookupFault]:
    """Yield the faults of units of province level; none if a row of `units.csv` cannot be read."""
    if any(not row.has("unit_code", "level", "valid_from", "valid_to") for row in table.rows):
        return
    provinces = [row for row in table.rows if row.text("level") == "province"]
    spells = sorted(filter(None, (row.spell for row in provinces)), key=lambda spell: spell.days.since)
    if len(spells) < len(provinces):
        return
    if province_code not in {row.text("unit_code") for row in provinces}:
        yield table.fault(
            None,
            "unit_code",
            f"Không có đơn vị cấp tỉnh mang mã {province_code}, là mã tỉnh trong settings.toml.",
            "Thêm dòng của tỉnh, hoặc sửa [province] code trong settings.toml.",
        )
        return
    for days in not_covered([Days(term_start, FOREVER)], [spell.days for spell in spells]):
        yield table.fault(
            None,
            "level",
            f"Không có đơn vị cấp tỉnh nào có hiệu lực {days} (nhiệm kỳ từ ngày {day_in_words(term_start)}).",
            "Sửa ngày hiệu lực của tỉnh, hoặc thêm dòng của tỉnh kế tiếp.",
        )
    for earlier, later in pairwise(spells):
        if later.days.since < earlier.days.until and earlier.row.text("unit_code") != later.row.text("unit_code"):
            yield table.fault(
                later.row,
                "valid_from",
                f"Hai đơn vị cấp tỉnh cùng có hiệu lực từ ngày {day_in_words(later.days.since)} "
                f"(dòng {earlier.row.number} và dòng {later.row.number}).",
                "Mỗi kho chỉ của một tỉnh: ghi valid_to cho tỉnh cũ, hoặc sửa level.",
            )

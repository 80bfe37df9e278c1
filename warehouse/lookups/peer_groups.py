"""Peer groups: units of one level that are ranked among themselves. Pure."""

from collections.abc import Iterator

from warehouse.lookups.faults import LookupFault
from warehouse.lookups.tables import Table
from warehouse.lookups.vocabulary import LEVELS


def peer_group_faults(table: Table, units: Table) -> Iterator[LookupFault]:
    """Yield a fault for each unknown unit, and for each unit whose level differs from that of its group."""
    known = units.codes("unit_code")
    levels: dict[str, set[str]] = {}
    for unit in units.rows:
        levels.setdefault(unit.text("unit_code"), set()).update(filter(None, [unit.text("level")]))
    of_group: dict[str, set[str]] = {level: {level} for level in LEVELS}
    for row in table.rows:
        code, group = row.text("unit_code"), row.text("peer_group")
        if code and code not in known:
            yield table.fault(row, "unit_code", "Không có đơn vị nào mang mã này trong units.csv.", "Sửa mã đơn vị.")
        own = levels.get(code, set())
        if group and own and not own <= of_group.setdefault(group, own):
            words = " và ".join(LEVELS[level] for level in LEVELS if level in own | of_group[group])
            yield table.fault(
                row,
                "peer_group",
                f"Nhóm «{group}» có đơn vị của nhiều cấp ({words}); chỉ so sánh các đơn vị cùng cấp.",
                "Đặt tên nhóm khác cho từng cấp.",
            )

"""The feed calendar: which levels send feeds for which kinds of period. Pure."""

from collections.abc import Iterator, Mapping

from warehouse.lookups.days import Days, joined
from warehouse.lookups.faults import LookupFault
from warehouse.lookups.tables import Table
from warehouse.lookups.vocabulary import LEVELS


def feed_calendar_faults(table: Table) -> Iterator[LookupFault]:
    """Yield a fault for a calendar without rows: no feed would be owed, so none would be missing or late."""
    if not table.rows:
        yield table.fault(
            None,
            "",
            "Không có dòng nào: không biết ai phải gửi báo cáo kỳ nào, nên không ai bị coi là thiếu.",
            "Thêm ít nhất một dòng, như province,quarter,2016-01-01,,.",
        )


def asked_days(table: Table) -> Mapping[str, list[Days]]:
    """Return the intervals in which the calendar requires feeds, by level."""
    spells = [row.spell for row in table.rows if row.spell]
    return {level: joined(it.days for it in spells if it.row.text("level") == level) for level in LEVELS}

"""Who sends feeds for which kind of period. Pure."""

from collections.abc import Iterator, Mapping

from warehouse.lookups.days import Days, joined
from warehouse.lookups.faults import LookupFault
from warehouse.lookups.tables import Table
from warehouse.lookups.vocabulary import LEVELS


def feed_calendar_faults(table: Table) -> Iterator[LookupFault]:
    """A calendar without a row: nobody would owe a feed, no template could be made, and nothing would ever be late."""
    if not table.rows:
        yield table.fault(
            None,
            "",
            "Không có dòng nào: không biết ai phải gửi báo cáo kỳ nào, nên không ai bị coi là thiếu.",
            "Thêm ít nhất một dòng, như province,quarter,2016-01-01,,.",
        )


def asked_days(table: Table) -> Mapping[str, list[Days]]:
    """Level → the days on which the calendar asks feeds of it."""
    spells = [row.spell for row in table.rows if row.spell]
    return {level: joined(it.days for it in spells if it.row.text("level") == level) for level in LEVELS}

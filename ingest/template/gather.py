"""Gather what a template needs from a home: units in force, fields, and open rows. Only reads."""

from collections.abc import Mapping
from datetime import date

import duckdb

from ingest.contract import load as contract_files
from ingest.lookups.periods import Period, read_period
from ingest.model.received import SheetKind
from ingest.rules.cover import overlap, overlaps
from ingest.template.content import ListedUnit, TemplateContent
from ingest.template.going_on import GoingOn, going_on
from warehouse.connection import MEMORY, connect, landed_attached
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.lookups import load_lookups

_PERIODS = {"quarter": "quý", "half": "6 tháng", "nine_months": "9 tháng", "year": "năm"}


def gather(home: Home, unit_code: str, period_text: str) -> TemplateContent:
    """The content of the template for a unit and a period; raise UsageError if the unit does not report for it."""
    period = _period(period_text)
    with connect(MEMORY) as con:
        load_lookups(con, home)
        units = _units(con, unit_code, period)
        sender = _sender(con, units, unit_code, period)
        _require_reporting(con, sender, period)
        fields = con.execute("select field_code, field_name from lookups.fields order by sort_order").fetchall()
        carried, carried_from = _carried(con, home, units, period)
    rows = {kind: found.rows for kind, found in carried.items()}
    questions = {kind: found.questions for kind, found in carried.items()}
    return TemplateContent(sender, period, units, dict(fields), rows, questions, carried_from)


def _period(text: str) -> Period:
    period = read_period(text).value
    if period is None:
        raise UsageError(
            f"Kỳ báo cáo «{text}» không đúng dạng.", "Ghi kỳ theo một trong các dạng: 2024Q3, 2024H1, 2024-9M, 2024."
        )
    return period


def _units(con: duckdb.DuckDBPyConnection, unit_code: str, period: Period) -> tuple[ListedUnit, ...]:
    """All units in force in the period, with their names at its end; the sender and its subtree first."""
    rows = con.execute(
        f"with recursive spells as (select * from lookups.units as u where {overlaps('u', period)}), "
        "below(unit_code) as (select ? union select s.unit_code from spells as s "
        "join below as b on s.parent_code = b.unit_code) "
        "select unit_code, arg_max(concat_ws(' ', unit_type, unit_name), valid_from) as title, "
        "unit_code in (select unit_code from below) as is_own from spells group by unit_code "
        "order by is_own desc, unit_code <> ?, length(unit_code), unit_code",
        [unit_code, unit_code],
    ).fetchall()
    return tuple(ListedUnit(*row) for row in rows)


def _sender(
    con: duckdb.DuckDBPyConnection, units: tuple[ListedUnit, ...], unit_code: str, period: Period
) -> ListedUnit:
    found = next((unit for unit in units if unit.code == unit_code), None)
    if found is not None:
        return found
    spells = con.execute(
        "select concat_ws(' ', unit_type, unit_name), valid_from, valid_to from lookups.units where unit_code = ? "
        "order by valid_from",
        [unit_code],
    ).fetchall()
    if not spells:
        raise UsageError(
            f"Không có đơn vị mã «{unit_code}» trong danh mục.",
            "Xem mã đơn vị trong lookups/units.csv của kho dữ liệu.",
        )
    title, since, until = spells[-1][0], spells[0][1], spells[-1][2]
    raise UsageError(
        f"Đơn vị {unit_code} ({title}) không có hiệu lực trong kỳ {period.code}: {_in_force(since, until)}.",
        "Chọn kỳ khác, hoặc mã của đơn vị kế tục trong danh mục đơn vị.",
    )


def _in_force(since: date, until: date | None) -> str:
    ended = f", đã kết thúc từ ngày {until:%d/%m/%Y}" if until else ""
    return f"có hiệu lực từ ngày {since:%d/%m/%Y}{ended}"


def _require_reporting(con: duckdb.DuckDBPyConnection, sender: ListedUnit, period: Period) -> None:
    """Raise UsageError if on no day of the period units of the sender's level report for periods of this type.

    A unit that is dissolved during a period may still report its last rows, although it no longer owes a report.
    """
    owed = con.execute(
        "select distinct c.period_type from lookups.feed_calendar as c join lookups.units as u on u.level = c.level "
        f"where u.unit_code = ? and {overlap('u', 'c', period)} order by all",
        [sender.code],
    ).fetchall()
    types = [period_type for (period_type,) in owed]
    if period.type in types:
        return
    what = ", ".join(_PERIODS.get(each, each) for each in types)
    says = f"Khi đó đơn vị này báo cáo theo {what}." if types else "Khi đó đơn vị này không phải gửi báo cáo."
    raise UsageError(
        f"{sender.title} ({sender.code}) không phải gửi báo cáo cho kỳ {period.code}. {says}",
        "Chọn đúng đơn vị gửi và loại kỳ; lịch báo cáo nằm trong lookups/feed_calendar.csv của kho dữ liệu.",
    )


def _carried(
    con: duckdb.DuckDBPyConnection, home: Home, units: tuple[ListedUnit, ...], period: Period
) -> tuple[Mapping[SheetKind, GoingOn], str]:
    """The open rows of each sheet, and the period of the newest earlier feed; empty without one.

    The sender is the first of `units`.
    """
    if not home.warehouse.exists():
        return {}, ""
    sheets = [sheet for sheet in contract_files.load().sheets.values() if sheet.open_until]
    own = [unit.code for unit in units if unit.is_own]
    with landed_attached(con, home):
        feeds = _earlier_feeds(con, units[0].code, period)
        if not feeds:
            return {}, ""
        found = {sheet.kind: going_on(con, sheet, list(feeds), period, own) for sheet in sheets}
        return found, next(iter(feeds.values()))


def _earlier_feeds(con: duckdb.DuckDBPyConnection, unit_code: str, period: Period) -> dict[str, str]:
    """The period codes, by feed id, of the sender's feeds for periods that ended before this one; the newest first."""
    rows = con.execute(
        "select feed_id, period_code from landed.raw.feeds where status = 'accepted' and sender_unit_code = ? "
        "qualify version = max(version) over (partition by period_code)",
        [unit_code],
    ).fetchall()
    periods = [(found, feed_id) for feed_id, code in rows if (found := read_period(code).value)]
    earlier = [(found, feed_id) for found, feed_id in periods if found.end < period.start]
    earlier.sort(key=lambda pair: (pair[0].end, pair[0].start, pair[1]), reverse=True)
    return {feed_id: found.code for found, feed_id in earlier}

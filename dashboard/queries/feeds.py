"""Feeds: expected and received feeds per sender, and the next deadlines."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from dashboard.model import Period
from dashboard.queries.scope import Connection, Scope, records, rows


@dataclass(frozen=True)
class ExpectedFeed:
    """One feed that a sender owes: its deadline, its status, and who prepared and approved it.

    `days_late` counts from the deadline to the receipt, `days_overdue` of a missing feed from the deadline to known_at;
    each None if it does not apply. `received_at` is the first accepted receipt, the basis of timeliness; `version`
    and the fields after it describe the feed in force, received at `version_received_at`. `unconfirmed` counts the
    findings that wait for the sender's reason. `sender` and `province` are the names at the end of the period.
    """

    sender_unit_code: str
    sender: str
    level: str
    province: str
    period_code: str
    period_label: str
    period_end: date
    deadline: datetime
    status: str
    received_at: datetime | None
    days_late: int | None
    version: int | None
    version_received_at: datetime | None
    feed_id: str | None
    nil_return: bool
    rows_landed: int | None
    rows_quarantined: int | None
    has_errors: bool
    last_feed_status: str | None
    last_received_at: datetime | None
    feeds_rejected: int
    unconfirmed: int
    prepared_by: str
    approved_by: str
    days_overdue: int | None

    @property
    def key(self) -> tuple[str, str]:
        """Sender and period of the feed."""
        return self.sender_unit_code, self.period_code

    @property
    def is_reminded(self) -> bool:
        """Whether the sender needs a reminder: the feed is missing and the sender is not the province itself."""
        return self.status == "missing" and self.level != "province"


@dataclass(frozen=True)
class Deadline:
    """The deadline of the feeds of a level for a period."""

    level: str
    period_code: str
    start: date
    end: date
    deadline: datetime


@dataclass(frozen=True)
class OwedPeriod:
    """A party period for which feeds are owed."""

    code: str
    is_running: bool


@dataclass(frozen=True)
class Totals:
    """Totals of the snapshot; `feeds` counts those in force."""

    dialogues: int
    petitions: int
    feeds: int


_EXPECTED = """
    select f.sender_unit_code, coalesce(u.display_name, f.sender_unit_code) as sender,
           coalesce(f.sender_level, u.level, '') as level,
           coalesce((select min(display_name) from dim_units where level = 'province' and valid_from <= f.period_end
                and (valid_to is null or valid_to > f.period_end)), s.province_name) as province,
           f.period_code, coalesce(p.label, f.period_code) as period_label, f.period_end, f.deadline, f.status,
           f.received_at, f.days_late, f.version, e.received_at as version_received_at, f.feed_id,
           coalesce(f.nil_return, false) as nil_return, f.rows_landed, f.rows_quarantined, f.has_errors,
           f.last_feed_status, f.last_received_at, coalesce(f.feeds_rejected, 0) as feeds_rejected,
           coalesce(f.findings_unconfirmed, 0) as unconfirmed, coalesce(f.prepared_by, '') as prepared_by,
           coalesce(f.approved_by, '') as approved_by,
           case when f.status = 'missing' then date_diff('day', f.deadline, s.known_at) end as days_overdue
    from feed_status f
    cross join snapshot s
    left join fct_feeds e on e.feed_id = f.feed_id
    left join dim_units u on u.unit_code = f.sender_unit_code and u.valid_from <= f.period_end
        and (u.valid_to is null or u.valid_to > f.period_end)
    left join dim_periods p on p.calendar = f.calendar and p.period_code = f.period_code
    where {where}
    order by u.level <> 'province', f.sender_unit_code, f.period_start"""


def totals(con: Connection) -> Totals:
    """Return the totals of the snapshot."""
    (found,) = records(con, Totals, "select dialogues, petitions, feeds from snapshot")
    return found


def rejections(con: Connection) -> int:
    """Return the number of rejected feeds."""
    return cast(int, rows(con, "select count(*) from fct_feeds where status = 'rejected'")[0][0])


def owed_periods(con: Connection) -> tuple[OwedPeriod, ...]:
    """Return the party periods for which feeds are owed, newest first; of those with the same end, the shortest
    first."""
    sql = """
        select period_code as code, is_running from dim_periods p
        where calendar = 'party' and exists (
            select 1 from feed_status f where f.calendar = p.calendar and f.period_code = p.period_code
        )
        order by period_end desc, sort_order"""
    return records(con, OwedPeriod, sql)


def expected(con: Connection, scope: Scope, period: Period) -> tuple[ExpectedFeed, ...]:
    """Return the feeds owed for the periods that overlap `period`; the province first, then by sender code."""
    values: dict[str, object] = {"start": period.start, "end": period.end}
    where = f"f.period_start <= $end and f.period_end >= $start and {scope.where('f.sender_unit_code', values)}"
    return _expected(con, where, values)


def expected_for(con: Connection, scope: Scope, period_code: str) -> tuple[ExpectedFeed, ...]:
    """Return the feeds owed for `period_code` in the party calendar; the province first, then by sender code."""
    values: dict[str, object] = {"code": period_code}
    where = f"f.calendar = 'party' and f.period_code = $code and {scope.where('f.sender_unit_code', values)}"
    return _expected(con, where, values)


def recent(con: Connection, scope: Scope, period: Period, years: int = 2) -> tuple[ExpectedFeed, ...]:
    """Return the feeds owed for the periods that ended in the `years` up to the end of `period`."""
    values: dict[str, object] = {"end": period.end, "months": years * 12}
    where = (
        "f.period_end <= $end and f.period_end > cast($end as date) - to_months(cast($months as integer)) "
        f"and {scope.where('f.sender_unit_code', values)}"
    )
    return _expected(con, where, values)


def _expected(con: Connection, where: str, values: dict[str, object]) -> tuple[ExpectedFeed, ...]:
    return records(con, ExpectedFeed, _EXPECTED.format(where=where), values)


def deadlines(con: Connection, _: Scope, after: datetime) -> tuple[Deadline, ...]:
    """Return the deadlines after `after`, earliest first; the calendar is not restricted by scope."""
    sql = """
        select level, period_code, period_start as start, period_end as "end", deadline from feed_deadlines
        where deadline > $after order by deadline, level <> 'province', level <> 'district', period_code"""
    return records(con, Deadline, sql, {"after": after})

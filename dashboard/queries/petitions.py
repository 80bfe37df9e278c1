"""Petitions: the lists behind figures, single petitions with file, sheet and row, and open petitions by age."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import pandas as pd

from dashboard.model import Bucket, Part, Period, QuarantinedRow, UnitCount, UnitSet
from dashboard.queries.membership import of_spells, of_units
from dashboard.queries.petition_sets import PetitionSet, behind
from dashboard.queries.scope import NAMES, Connection, Scope, Values, frame, in_force, records, rows

PAGE_ROWS = 200


@dataclass(frozen=True)
class Selection:
    """Filters for petitions: unit (with its subtree unless `is_alone`), field, head, and at most one of the lists. With
    a head, `part` is one of the KPI's `lists("petitions", of_head=True)`."""

    unit: str = ""
    is_alone: bool = False
    field: str = "ALL"
    head: str = ""
    period: Period | None = None
    kpi: str = ""
    part: Part = Part.DENOMINATOR
    petition_class: str = ""
    bucket: str = ""
    due_before: date | None = None


BUCKETS: dict[str, str] = {
    "con-30": "ahead > 14",
    "con-14": "ahead > 7 and ahead <= 14",
    "con-7": "ahead >= 0 and ahead <= 7",
    "qua-15": "ahead < 0 and ahead >= -15",
    "qua-30": "ahead < -15 and ahead >= -30",
    "qua-60": "ahead < -30 and ahead >= -60",
    "qua-90": "ahead < -60 and ahead >= -90",
    "qua-91": "ahead < -90",
}
"""SQL of the age buckets of open petitions by their code in addresses, in days ahead of the deadline."""
_AHEAD = "(epoch_us(p.due_at) - epoch_us(snapshot.as_of)) / 86400e6"
OPEN = ("open_in_term", "open_overdue")
_OPEN_CLASSES = f"p.class in {OPEN}"


def petition_list(con: Connection, scope: Scope, selection: Selection, page: int | None = 1) -> pd.DataFrame:
    """Return one page of petitions, or all with None, worst first: petition_id, unit_name, body, field_name,
    received_at, due_at, settled_at, class, days_overdue (whole and part days, null unless late), summary. The state is
    as of the cutoff of the selected period, else as of the snapshot."""
    where, values = _where(con, scope, selection)
    at = _instant(values)
    cut = "" if page is None else f"limit {PAGE_ROWS} offset {(page - 1) * PAGE_ROWS}"
    return frame(con, _LIST.format(summary=scope.summary(values), at=at, where=where, names=NAMES, cut=cut), values)


_LIST = """
with dated as (
    select p.petition_id, p.responsible_unit_code, p.responsible_body, p.field_code, p.received_at, p.due_at,
           {summary} as summary, {at} as told_at,
           case when p.settled_at <= {at} then p.settled_at end as settled_at,
           p.left_at is not null and p.left_at <= {at} as has_left
    from fct_petitions p cross join snapshot
    where {where}
),
judged as (
    select *,
           case when has_left then 'left_scope'
                when settled_at <= due_at then 'settled_on_time'
                when settled_at is not null then 'settled_late'
                when due_at < told_at then 'open_overdue'
                else 'open_in_term' end as class,
           case when class in ('settled_late', 'open_overdue')
                then (epoch_us(coalesce(settled_at, told_at)) - epoch_us(due_at)) / 86400e6 end as days_overdue
    from dated
),
chosen as (
    select * from judged
    order by coalesce(days_overdue, -1) desc, due_at, petition_id
    {cut}
)
select c.petition_id, u.display_name as unit_name, c.responsible_body as body,
       f.field_name, c.received_at, c.due_at, c.settled_at, c.class, c.days_overdue, c.summary
from chosen c
asof left join {names} u on u.unit_code = c.responsible_unit_code and u.valid_from <= cast(c.told_at as date)
left join dim_fields f using (field_code)
order by coalesce(c.days_overdue, -1) desc, c.due_at, c.petition_id
"""


def _instant(values: Values) -> str:
    """Return the SQL of the instant as of which a list shows states: the period's cutoff, else the snapshot's."""
    return "cast($b as timestamp)" if "b" in values else "snapshot.as_of"


def petition_count(con: Connection, scope: Scope, selection: Selection) -> int:
    """Return the number of petitions in the selection."""
    where, values = _where(con, scope, selection)
    found = rows(con, f"select count(*) from fct_petitions p cross join snapshot where {where}", values)
    return cast(int, found[0][0])


def class_counts(con: Connection, scope: Scope, selection: Selection) -> dict[str, int]:
    """Return the number of petitions in each class as of the snapshot."""
    where, values = _where(con, scope, selection)
    sql = f"select p.class, count(*) from fct_petitions p cross join snapshot where {where} group by p.class"
    return {str(name): cast(int, count) for name, count in rows(con, sql, values)}


def aging(con: Connection, scope: Scope, selection: Selection) -> tuple[Bucket, ...]:
    """Return the open petitions by days to or past their deadline, from far ahead to long overdue."""
    where, values = _where(con, scope, selection)
    sums = ", ".join(f"count(*) filter ({condition})" for condition in BUCKETS.values())
    sql = f"""
        with open as (
            select {_AHEAD} as ahead from fct_petitions p cross join snapshot where {_OPEN_CLASSES} and {where}
        )
        select {sums} from open"""
    counts = cast("tuple[int, ...]", rows(con, sql, values)[0])
    return tuple(Bucket(code, count) for code, count in zip(BUCKETS, counts, strict=True))


def count_by_unit(con: Connection, scope: Scope, selection: Selection) -> tuple[UnitCount, ...]:
    """Return the petitions by responsible unit, most first, with the longest delay in days: at the cutoff of the
    selected period, else as of the snapshot."""
    where, values = _where(con, scope, selection)
    at = _instant(values)
    late = f"(epoch_us(least(coalesce(p.settled_at, {at}), {at})) - epoch_us(p.due_at)) / 86400e6"
    sql = f"""
        select p.responsible_unit_code as unit_code, count(*) as count, max({late}) filter ({late} > 0) as longest_days
        from fct_petitions p cross join snapshot where {where}
        group by p.responsible_unit_code order by 2 desc, 3 desc, 1"""
    return records(con, UnitCount, sql, values)


def petition(con: Connection, scope: Scope, code: str) -> dict[str, Any] | None:
    """Return one petition with all columns of `fct_petitions`, the names of its units, field and flags (`flag_names`, a
    list), and the record of its feed (feed_received_at, feed_version, feed_sender); None if there is none in the
    scope."""
    values: Values = {"code": code}
    sql = f"""
        select p.* exclude (summary), {scope.summary(values)} as summary, f.field_name, u.display_name as unit_name,
               r.display_name as responsible_name, e.received_at as feed_received_at, e.version as feed_version,
               e.sender_unit_code as feed_sender
        from fct_petitions p
        left join dim_fields f using (field_code)
        asof left join {NAMES} u on u.unit_code = p.unit_code and u.valid_from <= cast(p.received_at as date)
        asof left join {NAMES} r
            on r.unit_code = p.responsible_unit_code and r.valid_from <= cast(p.received_at as date)
        left join fct_feeds e using (feed_id)
        where p.petition_id = $code and {scope.where("p.responsible_unit_code", values)}"""
    found = frame(con, sql, values)
    if found.empty:
        return None
    record = found.astype(object).where(found.notna(), None).iloc[0].to_dict()
    return {str(name): _native(value) for name, value in record.items()} | {
        "flag_names": _flag_names(con, str(record["flags"]))
    }


def _flag_names(con: Connection, codes: str) -> list[str]:
    """Return the names of integrity flags from their comma-separated codes."""
    sql = "select name from dim_flags where flag_code in (select unnest($codes)) order by sort_order"
    return [str(name) for (name,) in rows(con, sql, {"codes": codes.split(",")})]


def _native(value: object) -> object:
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def quarantined_row(con: Connection, scope: Scope, code: str) -> QuarantinedRow | None:
    """Return the quarantined row of a petition in a feed newer than its published row, of the same sender or of one in
    the scope; None if the published row is the newest."""
    values: Values = {"code": code}
    of_feeds = scope.where("f.sender_unit_code", values)
    sql = f"""
        select r.feed_id, coalesce(t.cell, '') as cell, coalesce(t.message, r.rules, '') as fault,
               used.period_code as used_period, {of_feeds} as is_visible
        from fct_petitions p
        join fct_feeds used using (feed_id)
        join received_rows r on r.sheet_kind = 'petitions' and r.row_key = p.petition_code
            and r.row_status = 'quarantined'
        join fct_feeds f on f.feed_id = r.feed_id and f.is_current
            and (f.period_end, f.received_at) > (used.period_end, used.received_at)
        left join feed_findings t on t.feed_id = r.feed_id and t.sheet = r.sheet and t.row_number = r.row_number
            and t.tier = 'row'
        where p.petition_id = $code and {scope.where("p.responsible_unit_code", values)}
          and (f.sender_unit_code = used.sender_unit_code or {of_feeds})
        order by f.period_end desc, f.received_at desc, r.row_number, t.finding_no
        limit 1"""
    return next(iter(records(con, QuarantinedRow, sql, values)), None)


def findings_of_row(con: Connection, scope: Scope, feed_id: str, sheet: str, row_number: int) -> pd.DataFrame:
    """Return the findings on one row of a feed: cell, message, remedy."""
    values: Values = {"feed": feed_id, "sheet": sheet, "row": row_number}
    sql = f"""
        select cell, message, remedy from feed_findings f
        where feed_id = $feed and sheet = $sheet and row_number = $row and exists (
            select 1 from fct_petitions p where p.feed_id = $feed and p.sheet = $sheet and p.row_number = $row
              and {scope.where("p.responsible_unit_code", values)}
        )
        order by finding_no"""
    return frame(con, sql, values)


def _where(con: Connection, scope: Scope, selection: Selection) -> tuple[str, Values]:
    values: Values = {}
    conditions = [scope.where("p.responsible_unit_code", values)]
    chosen = _chosen_set(con, selection, values)
    conditions += _of_list(selection, values)
    conditions.append(_of_unit(con, selection, chosen, values))
    if selection.field != "ALL":
        values["field"] = selection.field
        conditions.append("p.field_code = $field")
    if selection.head:
        values["head"] = selection.head
        conditions.append(_HELD_BY.format(in_force=in_force("t", f"cast({chosen.day} as date)")))
    return " and ".join(f"({condition})" for condition in conditions), values


def _chosen_set(con: Connection, selection: Selection, values: Values) -> PetitionSet:
    """Return the petitions behind a figure of a period, or all as of the snapshot.

    Add the instants of the period to `values`.
    """
    chosen = behind(con, selection.kpi, selection.part) if selection.kpi else None
    if chosen is None or selection.period is None:
        return PetitionSet("true", "snapshot.as_of")
    values["b"] = selection.period.cutoff
    if "$s" in chosen.where or "{s}" in chosen.where:
        values["s"] = datetime.combine(selection.period.start, datetime.min.time())
    return chosen


def _of_list(selection: Selection, values: Values) -> list[str]:
    """Return the SQL conditions of a list as of the snapshot: a class, an age bucket, petitions due before a date."""
    conditions = []
    if selection.petition_class:
        values["class"] = selection.petition_class
        conditions.append("p.class = $class")
    if selection.bucket:
        conditions.append(f"{_OPEN_CLASSES} and {BUCKETS[selection.bucket].replace('ahead', _AHEAD)}")
    if selection.due_before is not None:
        values["meeting"] = selection.due_before
        conditions.append("p.class = 'open_in_term' and cast(p.due_at as date) < $meeting")
    return conditions


_HELD_BY = """exists (
    select 1 from dim_tenures t
    where t.head_id = $head and t.unit_code = p.responsible_unit_code and t.body = p.responsible_body and {in_force}
)"""


def _of_unit(con: Connection, selection: Selection, chosen: PetitionSet, values: Values) -> str:
    """Return the SQL condition that a petition is in `chosen` and belongs to the unit, as its figure counts it."""
    units = UnitSet(selection.unit, selection.is_alone)
    if chosen.day:
        of_unit = of_units(con, units, "p.responsible_unit_code", f"cast({chosen.day} as date)", values)
        return f"({chosen.where}) and ({of_unit})"

    def within(since: str, until: str) -> str:
        first = f"greatest($s, cast({since} as timestamp))"
        last = f"least($b, cast({until} as timestamp) - interval 1 microsecond)"
        return f"{first} <= {last} and {chosen.where.format(s=first, b=last)}"

    always = chosen.where.format(s="$s", b="$b")
    return of_spells(con, units, "p.responsible_unit_code", values, always=always, within=within)

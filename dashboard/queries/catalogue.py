"""Periods, units, fields and KPIs of a snapshot, and its row of the table `snapshot`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from dashboard.model import (
    EVERY_UNIT,
    Coverage,
    Field,
    KnownUnit,
    Kpi,
    KpiPart,
    Part,
    Period,
    SnapshotInfo,
    Unit,
    UnitSet,
)
from dashboard.queries.membership import of_units
from dashboard.queries.scope import NAMES, Connection, Scope, named_rows, records, rows

REQUIRED: Mapping[str, frozenset[str]] = {
    table: frozenset(columns.split())
    for table, columns in {
        "snapshot": "snapshot_id as_of built_at province_code province_name is_sample min_denominator min_coverage "
        "petitions dialogues",
        "kpi_values": "calendar period_type period_start subject_type subject_id unit_code field_code kpi_code "
        "numerator denominator value lower upper rank rank_best rank_worst peer_count previous_value coverage",
        "fct_petitions": "petition_id petition_code dialogue_id unit_code responsible_unit_code responsible_body "
        "field_code received_at original_due_at due_at due_is_default settled_at left_at matured_at overdue_from "
        "is_settled_on_time is_resolved is_satisfied is_rated outcome class "
        "satisfaction result_no days days_overdue head_at_maturity head_at_settlement head_now flags summary feed_id "
        "file_name sheet row_number",
        "fct_dialogues": "dialogue_id unit_code held_on form chair_name chair_post chaired_by_head conclusion_on "
        "conclusion_due_on supervised_on opinions_raised answered_at_once main_field party_head_id government_head_id "
        "file_name sheet row_number",
        "fct_plans": "unit_code year planned_dialogues programme_no file_name sheet row_number",
        "fct_trainings": "unit_code held_on topic participants file_name sheet row_number",
        "fct_decisions": "decision_no decided_on kind unit_code leader_code form reason file_name sheet row_number",
        "fct_practices": "unit_code title summary published_on file_name sheet row_number",
        "subject_stock_flow": "subject_type subject_id field_code calendar period_type period_start opening joined "
        "received settled left_scope moved_away closing",
        "dim_units": "unit_code display_name level parent_code valid_from valid_to",
        "dim_tenures": "head_id leader_code full_name unit_code body post from_on to_on unit_in_force",
        "dim_periods": "calendar period_type sort_order period_start period_end period_code label cutoff is_running "
        "previous_start feeds_expected feeds_received",
        "dim_kpis": "kpi_code name short_name unit numerator_label denominator_label definition better target basis "
        "sort_order record_kind by_field known_without_feeds overview_order comparison_order",
        "kpi_parts": "kpi_code part record_kind event only_column link_label",
        "dim_fields": "field_code field_name sort_order",
        "feed_status": "sender_unit_code sender_level calendar period_type period_start period_end period_code status "
        "feed_id received_at deadline days_late version nil_return rows_landed rows_quarantined feeds_rejected "
        "findings_unconfirmed has_errors last_feed_status last_received_at prepared_by approved_by",
        "feed_deadlines": "level period_code period_start period_end deadline",
        "feed_findings": "feed_id finding_no sheet row_number cell header field value rule message remedy tier count "
        "standing needs_reason reason reason_by reason_at confirmation_key",
        "fct_feeds": "feed_id file_name sender_unit_code period_code period_end version received_at status is_current "
        "rows_landed rows_quarantined",
        "received_rows": "feed_id sheet_kind sheet row_number row_key subject_id row_status rules received",
        "feed_repairs": "feed_id sheet_kind sheet field received read_shown repair",
        "feed_changes": "feed_id sheet_kind row_key change field header before_shown after_shown",
        "feed_columns": "feed_id sheet_kind sheet first_row last_row field header letter filled_rows",
        "integrity_flags": "flag_id flag_code severity subject_type subject_id unit_code flagged_on detail feed_id "
        "sender_unit_code confirmation_keys reason reason_by reason_at",
        "dim_flags": "flag_code name sort_order",
        "suite_results": "suite check_id description examined rows_examined",
    }.items()
}


def missing_parts(con: Connection) -> tuple[str, ...]:
    """Return the tables, and columns as table.column, that the dashboard reads and the snapshot lacks."""
    found: dict[str, set[str]] = {}
    sql = "select table_name, column_name from information_schema.columns where table_schema = 'main'"
    for table, column in rows(con, sql):
        found.setdefault(str(table), set()).add(str(column))
    return tuple(
        name
        for table, columns in REQUIRED.items()
        for name in (_absent(table, columns, found[table]) if table in found else [table])
    )


def _absent(table: str, columns: frozenset[str], found: set[str]) -> list[str]:
    return [f"{table}.{column}" for column in sorted(columns - found)]


def snapshot_info(con: Connection) -> SnapshotInfo:
    """Return the row of `snapshot`."""
    sql = """
        select snapshot_id, as_of, built_at, province_code, province_name, is_sample, min_denominator, min_coverage,
               petitions, dialogues
        from snapshot"""
    (info,) = records(con, SnapshotInfo, sql)
    return info


def periods(con: Connection) -> tuple[Period, ...]:
    """Return all periods, newest first within each type, types from quarter to term."""
    sql = """
        select calendar, period_type, period_start as start, period_end as "end", period_code as code, label, cutoff,
               is_running, previous_start
        from dim_periods
        order by calendar, sort_order, period_end desc"""
    return records(con, Period, sql)


def fields(con: Connection) -> tuple[Field, ...]:
    """Return all fields in their sort order."""
    return records(con, Field, "select field_code as code, field_name as name from dim_fields order by sort_order")


def kpis(con: Connection) -> tuple[Kpi, ...]:
    """Return all KPI definitions in their sort order."""
    sql = """
        select kpi_code as code, name, short_name, unit, coalesce(numerator_label, '') as numerator_label,
               coalesce(denominator_label, '') as denominator_label, definition, coalesce(better, '') as better,
               target, coalesce(basis, '') as basis, record_kind, by_field as is_by_field,
               known_without_feeds as is_known_without_feeds, overview_order, comparison_order
        from dim_kpis order by sort_order"""
    parts = _kpi_parts(con)
    return tuple(replace(kpi, parts=parts.get(kpi.code, ())) for kpi in records(con, Kpi, sql))


def _kpi_parts(con: Connection) -> dict[str, tuple[KpiPart, ...]]:
    """Return, by KPI code, the parts whose records can be listed, numerators first."""
    sql = """
        select kpi_code, part, record_kind, event, only_column, link_label from kpi_parts
        order by kpi_code, part desc"""
    found: dict[str, tuple[KpiPart, ...]] = {}
    for row in named_rows(con, sql):
        code, part = row.pop("kpi_code"), Part(row.pop("part"))
        found[code] = (*found.get(code, ()), KpiPart(part, **row))
    return found


def units_on(con: Connection, scope: Scope, day: date) -> tuple[Unit, ...]:
    """Return the units in force on `day`, with that day's names: the province, then each district before its
    communes."""
    values: dict[str, object] = {"day": day}
    sql = f"""
        with on_day as (
            select unit_code, display_name, level, parent_code
            from dim_units
            where valid_from <= $day and (valid_to is null or valid_to > $day)
                and {scope.where_figures("unit_code", values)}
        )
        select unit_code as code, display_name as name, level, parent_code
        from on_day
        order by level <> 'province', case when level = 'commune' then parent_code else unit_code end,
                 level = 'commune', display_name collate vi"""
    return records(con, Unit, sql, values)


def unit_codes(con: Connection) -> tuple[str, ...]:
    """Return the codes of all units, past and present."""
    return tuple(str(code) for (code,) in rows(con, "select distinct unit_code from dim_units order by 1"))


def known_units(con: Connection, scope: Scope) -> dict[str, KnownUnit]:
    """Return the latest version of every unit that began by the date of the snapshot, by code."""
    values: dict[str, object] = {}
    sql = f"""
        select unit_code as code, display_name as name, level, parent_code,
               case when valid_to <= cast(as_of as date) then valid_to - 1 end as last_day,
               min(valid_from) over (partition by unit_code) as first_day
        from dim_units cross join snapshot
        where valid_from <= cast(as_of as date) and {scope.where_figures("unit_code", values)}
        qualify row_number() over (partition by unit_code order by valid_from desc) = 1"""
    return {row["code"]: _known_unit(row) for row in named_rows(con, sql, values)}


def _known_unit(row: dict[str, Any]) -> KnownUnit:
    last_day, first_day = row.pop("last_day"), row.pop("first_day")
    return KnownUnit(Unit(**row), last_day, first_day)


def coverage(con: Connection, scope: Scope, period: Period, units: UnitSet = EVERY_UNIT, above: str = "") -> Coverage:
    """Return the coverage of `period`: feeds due and received in the whole province, the last deadline of feeds not yet
    due, and the missing senders within the scope, in `units` or the unit `above` that reports for them."""
    of_period = {"calendar": period.calendar, "type": period.period_type, "first": period.start}
    sql = """
        select feeds_expected, feeds_received from dim_periods
        where calendar = $calendar and period_type = $type and period_start = $first"""
    due, received = next(iter(rows(con, sql, of_period)), (0, 0))
    missing, open_until = _awaited(con, scope, period, units, above)
    return Coverage(cast(int, due), cast(int, received), missing, open_until, _ahead(con, period))


def _awaited(
    con: Connection, scope: Scope, period: Period, units: UnitSet, above: str
) -> tuple[tuple[str, ...], datetime | None]:
    """Return the names of the senders of missing feeds, and the last deadline of the feeds not yet due.

    Missing feeds are those whose own period ends within `period`, as its coverage counts them.
    """
    values: dict[str, object] = {"start": period.start, "end": min(period.end, period.cutoff.date()), "above": above}
    whose = of_units(con, units, "f.sender_unit_code", "f.period_end", values)
    sql = f"""
        select u.display_name, f.status, f.deadline,
               (f.sender_unit_code = $above or {whose}) and {scope.where("f.sender_unit_code", values)}
        from feed_status f
        asof left join {NAMES} u on u.unit_code = f.sender_unit_code and u.valid_from <= f.period_end
        where f.status in ('missing', 'not_due') and f.received_at is null
            and f.period_start <= $end and f.period_end >= $start and (f.status = 'not_due' or f.period_end <= $end)
        order by u.display_name collate vi, f.period_start"""
    found = cast("Sequence[tuple[str, str, datetime, bool]]", rows(con, sql, values))
    missing = dict.fromkeys(name for name, status, _, may_name in found if status == "missing" and may_name)
    return tuple(missing), max((limit for _, status, limit, _ in found if status == "not_due"), default=None)


def _ahead(con: Connection, period: Period) -> tuple[str, ...]:
    """Return the codes of the reporting periods within `period` that end after its cutoff and have no feed received or
    due."""
    values: dict[str, object] = {"start": period.start, "end": period.end, "cutoff": period.cutoff.date()}
    sql = """
        select distinct period_code, period_start from feed_deadlines
        where period_start <= $end and period_end >= $start and period_end > $cutoff
          and not (period_start = $start and period_end = $end)
          and period_code not in (select period_code from feed_status where status <> 'not_due')
        order by period_start"""
    return tuple(str(code) for code, _ in rows(con, sql, values))


def codes_below(units: Sequence[Unit], code: str) -> tuple[str, ...]:
    """Return `code` and all units below it; all units for ''."""
    if not code:
        return tuple(unit.code for unit in units)
    below = [unit.code for unit in units if unit.parent_code == code]
    return (code, *(lower for child in below for lower in codes_below(units, child)))

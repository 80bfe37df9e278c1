"""Heads: the tenures of a period with their figures, and the dialogues that heads chaired."""

from datetime import date

import pandas as pd

from dashboard import kpi_codes
from dashboard.model import Period, Tenure, UnitSet
from dashboard.queries.figures import OF_FIELD
from dashboard.queries.membership import of_spells, of_units
from dashboard.queries.scope import NAMES, Connection, Scope, Values, frame, in_force, records


def heads_in(
    con: Connection, scope: Scope, period: Period, units: UnitSet, *, body: str = "", field_code: str = "ALL"
) -> pd.DataFrame:
    """Return one row per head of `units` whose tenure overlaps the period while the unit belongs to them, most overdue
    first: head_id, full_name, post, unit_code, unit_name, level, body, from_on, to_on (of the latest tenure),
    leader_code, is_vacant, is_abolished (the post of a unit not in force; only if it has petitions left), is_last
    (holds the post of a unit in force at the period's cutoff); from kpi_values of the field on_time (fraction) with its
    numerator and denominator, overdue, inherited, dialogues; of all fields head_chaired (fraction)."""
    values: Values = {
        "start": period.start, "cutoff": period.cutoff.date(), "calendar": period.calendar,
        "period_type": period.period_type, "field": field_code,
    }  # fmt: skip
    whose = of_spells(con, units, "t.unit_code", values, always="true", within=_meets)
    body_condition = "true"
    if body:
        values["body"] = body
        body_condition = "t.body = $body"
    is_last, scoped = in_force("t", "$cutoff"), scope.where_heads("t.unit_code", values)
    return frame(
        con,
        _HEADS.format(
            kpis=kpi_codes,
            of_field=OF_FIELD,
            whose=whose,
            body=body_condition,
            is_last=is_last,
            scope=scoped,
            names=NAMES,
        ),
        values,
    )


def _meets(since: str, until: str) -> str:
    """Return the SQL condition that the tenure overlaps the period from `since` to the day before `until`."""
    return f"greatest(t.from_on, $start, {since}) < least(t.to_on, $cutoff + 1, {until})"


_HEADS = """
with spells as (
    select t.*, {is_last} and t.unit_in_force and exists (
               select 1 from dim_units u where u.unit_code = t.unit_code and u.valid_from <= $cutoff
                 and (u.valid_to is null or u.valid_to > $cutoff)
           ) as is_last
    from dim_tenures t
    where ({whose}) and (t.from_on is null or t.from_on <= $cutoff) and (t.to_on is null or t.to_on > $start)
      and {body} and {scope}
),
tenures as (
    select *, leader_code = 'vacant' as is_vacant, not unit_in_force as is_abolished
    from spells
    qualify row_number() over (
        partition by head_id order by is_last desc, unit_in_force desc, from_on desc nulls last
    ) = 1
),
values_of as (
    select subject_id as head_id,
           max(value) filter (kpi_code = '{kpis.ON_TIME}') as on_time,
           max(numerator) filter (kpi_code = '{kpis.ON_TIME}') as on_time_numerator,
           max(denominator) filter (kpi_code = '{kpis.ON_TIME}') as on_time_denominator,
           max(value) filter (kpi_code = '{kpis.OVERDUE}') as overdue,
           max(value) filter (kpi_code = '{kpis.OVERDUE_INHERITED}') as inherited,
           max(value) filter (kpi_code = '{kpis.DIALOGUES}') as dialogues,
           max(value) filter (kpi_code = '{kpis.HEAD_CHAIRED}') as head_chaired
    from kpi_values
    join dim_kpis using (kpi_code)
    where calendar = $calendar and period_type = $period_type and period_start = $start and subject_type = 'head'
      and {of_field}
    group by subject_id
),
named as (
    select t.*, u.display_name, u.level
    from (select *, least($cutoff, to_on - 1) as named_on from tenures) t
    asof left join {names} u on u.unit_code = t.unit_code and u.valid_from <= t.named_on
)
select t.head_id, t.full_name, t.post, t.unit_code, t.display_name as unit_name, t.level,
       t.body, t.from_on, t.to_on, t.leader_code, t.is_vacant, t.is_abolished, t.is_last,
       v.on_time, v.on_time_numerator, v.on_time_denominator, v.overdue, v.inherited,
       v.dialogues, v.head_chaired
from named t
left join values_of v using (head_id)
where not t.is_abolished or coalesce(v.overdue, 0) + coalesce(v.on_time_denominator, 0) > 0
order by coalesce(v.overdue, 0) desc, v.on_time nulls last, t.full_name collate vi, t.head_id
"""


def tenures_of(con: Connection, scope: Scope, head_id: str, day: date) -> tuple[Tenure, ...]:
    """Return the tenures of one head in that post, newest first; empty if there is none in the scope. Units have their
    name of `day`, or of the last day of the tenure if that is earlier."""
    return _tenures(con, scope, "t.head_id = $head", {"head": head_id, "day": day})


def other_posts(con: Connection, scope: Scope, leader_code: str, head_id: str, day: date) -> tuple[Tenure, ...]:
    """Return the other posts that the same person holds or held, with names as in `tenures_of`."""
    if leader_code == "vacant":
        return ()
    condition = "t.leader_code = $leader and t.head_id <> $head"
    return _tenures(con, scope, condition, {"leader": leader_code, "head": head_id, "day": day})


def holders_of(con: Connection, scope: Scope, unit_code: str, day: date) -> tuple[Tenure, ...]:
    """Return the heads of the unit on `day`, Party committee first; vacant posts as 'Khuyết'."""
    condition = f"t.unit_code = $unit and t.unit_in_force and {in_force('t', '$day')}"
    return _tenures(con, scope, condition, {"unit": unit_code, "day": day})


def vacant_posts(con: Connection, scope: Scope, units: UnitSet, day: date) -> tuple[Tenure, ...]:
    """Return the posts of `units` without a holder on `day`; units that have ended have no posts."""
    values: Values = {"day": day}
    whose = of_units(con, units, "t.unit_code", "$day", values)
    vacant = f"t.leader_code = 'vacant' and t.unit_in_force and ({whose})"
    return _tenures(con, scope, f"{vacant} and {in_force('t', '$day')}", values)


def _tenures(con: Connection, scope: Scope, condition: str, values: Values) -> tuple[Tenure, ...]:
    sql = f"""
        with chosen as (
            select *, least($day, to_on - 1) as named_on from dim_tenures t
            where {condition} and (t.unit_in_force or t.from_on is not null)
                and {scope.where_heads("t.unit_code", values)}
        )
        select t.head_id, t.leader_code, t.full_name, t.unit_code, u.display_name as unit_name,
               t.body, coalesce(t.post, '') as post, t.from_on, t.to_on
        from chosen t
        asof left join {NAMES} u on u.unit_code = t.unit_code and u.valid_from <= t.named_on
        order by t.body desc, t.from_on desc, unit_name collate vi"""
    return records(con, Tenure, sql, values)


def dialogues(
    con: Connection,
    scope: Scope,
    period: Period,
    units: UnitSet,
    *,
    head_id: str = "",
    field_code: str = "ALL",
    only: str = "",
    limit: int | None = 200,
) -> pd.DataFrame:
    """Return the dialogues of `units` held in the period, newest first, at most `limit`; optionally only those of a
    head, of a main field, or where the column `only` is true. Columns: dialogue_id, held_on, unit_name, form,
    chair_name, chaired_by_head, opinions_raised, answered_at_once, conclusion_on, conclusion_due_on, supervised_on,
    file_name, sheet, row_number; `total` repeats the total number of dialogues."""
    values: Values = {"start": period.start, "end": period.cutoff.date()}
    whose = of_units(con, units, "d.unit_code", "d.held_on", values)
    head = "true"
    if head_id:
        values["head"] = head_id
        head = "$head in (d.party_head_id, d.government_head_id)"
    field = "true"
    if field_code != "ALL":
        values["field"] = field_code
        field = "d.main_field = $field"
    condition = f"d.{only}" if only else "true"
    sql = f"""
        select d.dialogue_id, d.held_on, u.display_name as unit_name, d.form, d.chair_name, d.chaired_by_head,
               d.opinions_raised, d.answered_at_once, d.conclusion_on, d.conclusion_due_on, d.supervised_on,
               d.file_name, d.sheet, d.row_number, count(*) over () as total
        from fct_dialogues d
        asof left join {NAMES} u on u.unit_code = d.unit_code and u.valid_from <= d.held_on
        where ({whose}) and d.held_on between $start and $end and {head}
          and {field} and {condition}
          and {scope.where("d.unit_code", values)}
        order by d.held_on desc, d.dialogue_id
        {"" if limit is None else f"limit {int(limit)}"}"""
    return frame(con, sql, values)

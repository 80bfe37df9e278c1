"""Heads: who held which post in a period, with the figures of the tenure, and the dialogues they chaired."""

from datetime import date
from typing import cast

import pandas as pd

from dashboard.model import Period, Tenure
from dashboard.queries.scope import Connection, Scope, Values, frame, in_force, rows


def heads_in(con: Connection, scope: Scope, period: Period, codes: tuple[str, ...], body: str = "") -> pd.DataFrame:
    """One row per head of `codes` whose tenure meets the period, most overdue first: head_id, full_name, post,
    unit_code, unit_name, level, body, from_on, to_on, leader_code, is_vacant, is_last (holds the post at the period's
    cutoff), and from kpi_values on_time (fraction) with its numerator and denominator, overdue_open,
    overdue_inherited, dialogues, head_chaired (fraction)."""
    values: Values = {
        "codes": list(codes), "start": period.start, "end": period.end, "cutoff": period.cutoff.date(),
        "calendar": period.calendar, "period_type": period.period_type,
    }  # fmt: skip
    body_condition = "true"
    if body:
        values["body"] = body
        body_condition = "t.body = $body"
    is_last, scoped = in_force("t", "$cutoff"), scope.where("t.unit_code", values)
    return frame(con, _HEADS.format(body=body_condition, is_last=is_last, scope=scoped), values)


_HEADS = """
with tenures as (
    select t.head_id, any_value(t.full_name) as full_name, arg_max(t.post, t.from_on) as post, t.unit_code, t.body,
           max(t.from_on) as from_on, arg_max(t.to_on, t.from_on) as to_on, t.leader_code,
           t.leader_code = 'vacant' as is_vacant, bool_or({is_last}) as is_last
    from dim_tenures t
    where t.unit_code in (select unnest($codes)) and (t.from_on is null or t.from_on <= $cutoff)
      and (t.to_on is null or t.to_on > $start)
      and {body} and {scope}
    group by t.head_id, t.unit_code, t.body, t.leader_code
),
values_of as (
    select subject_id as head_id,
           max(value) filter (kpi_code = 'on_time_rate') as on_time,
           max(numerator) filter (kpi_code = 'on_time_rate') as on_time_numerator,
           max(denominator) filter (kpi_code = 'on_time_rate') as on_time_denominator,
           max(value) filter (kpi_code = 'overdue_open') as overdue_open,
           max(value) filter (kpi_code = 'overdue_inherited') as overdue_inherited,
           max(value) filter (kpi_code = 'dialogues_held') as dialogues,
           max(value) filter (kpi_code = 'head_chaired_rate') as head_chaired
    from kpi_values
    where calendar = $calendar and period_type = $period_type and period_start = $start and subject_type = 'head'
      and field_code = 'ALL'
    group by subject_id
)
select t.head_id, t.full_name, t.post, t.unit_code, u.display_name as unit_name, u.level, t.body, t.from_on, t.to_on,
       t.leader_code, t.is_vacant, t.is_last,
       v.on_time, v.on_time_numerator, v.on_time_denominator, v.overdue_open, v.overdue_inherited,
       v.dialogues, v.head_chaired
from tenures t
left join values_of v using (head_id)
left join dim_units u on u.unit_code = t.unit_code and u.valid_from <= $end
    and (u.valid_to is null or u.valid_to > $end)
order by coalesce(v.overdue_open, 0) desc, v.on_time nulls last, t.full_name collate vi, t.head_id
"""


def tenures_of(con: Connection, scope: Scope, head_id: str) -> tuple[Tenure, ...]:
    """The spells of one head in that post, newest first; empty if there is none in the scope."""
    return _tenures(con, scope, "t.head_id = $head", {"head": head_id})


def other_posts(con: Connection, scope: Scope, leader_code: str, head_id: str) -> tuple[Tenure, ...]:
    """The other posts the same person holds or held."""
    if leader_code == "vacant":
        return ()
    condition = "t.leader_code = $leader and t.head_id <> $head"
    return _tenures(con, scope, condition, {"leader": leader_code, "head": head_id})


def holders_of(con: Connection, scope: Scope, unit_code: str, day: date) -> tuple[Tenure, ...]:
    """Who heads the unit on `day`, Party committee first; vacant posts as 'Khuyết'."""
    condition = f"t.unit_code = $unit and {in_force('t', '$day')}"
    return _tenures(con, scope, condition, {"unit": unit_code, "day": day})


def vacant_posts(con: Connection, scope: Scope, codes: tuple[str, ...], day: date) -> tuple[Tenure, ...]:
    """The posts of `codes` without a holder on `day`."""
    vacant = "t.leader_code = 'vacant' and t.unit_code in (select unnest($codes))"
    condition = f"{vacant} and {in_force('t', '$day')}"
    return _tenures(con, scope, condition, {"codes": list(codes), "day": day})


def _tenures(con: Connection, scope: Scope, condition: str, values: Values) -> tuple[Tenure, ...]:
    sql = f"""
        select t.head_id, t.leader_code, t.full_name, t.unit_code, u.display_name, t.body, coalesce(t.post, ''),
               t.from_on, t.to_on
        from dim_tenures t
        left join (
            select unit_code, arg_max(display_name, valid_from) as display_name
            from dim_units cross join snapshot where valid_from <= cast(as_of as date) group by unit_code
        ) u using (unit_code)
        where {condition} and {scope.where("t.unit_code", values)}
        order by t.body desc, t.from_on desc, u.display_name collate vi"""
    return tuple(Tenure(*cast("tuple[str, ...]", row)) for row in rows(con, sql, values))  # type: ignore[arg-type]


def dialogues(
    con: Connection,
    scope: Scope,
    period: Period,
    codes: tuple[str, ...],
    *,
    head_id: str = "",
    field_code: str = "ALL",
    only_chaired: bool = False,
    limit: int = 200,
) -> pd.DataFrame:
    """Dialogues of `codes` held in the period, newest first, at most `limit`; of a head, of a main field, only those
    that the head of the unit chaired, where that is asked for: dialogue_code, held_on, unit_name, form,
    chair_name, chaired_by_head, opinions_raised, answered_at_once, conclusion_on, conclusion_due_on, supervised_on,
    file_name, sheet, row_number; `total` repeats how many there are in all."""
    values: Values = {
        "codes": list(codes), "start": period.start, "end": period.cutoff.date(), "limit": limit,
    }  # fmt: skip
    head = "true"
    if head_id:
        values["head"] = head_id
        head = "$head in (d.party_head_id, d.government_head_id)"
    field = "true"
    if field_code != "ALL":
        values["field"] = field_code
        field = "d.main_field = $field"
    chaired = "d.chaired_by_head" if only_chaired else "true"
    sql = f"""
        select d.dialogue_code, d.held_on, u.display_name as unit_name, d.form, d.chair_name, d.chaired_by_head,
               d.opinions_raised, d.answered_at_once, d.conclusion_on, d.conclusion_due_on, d.supervised_on,
               d.file_name, d.sheet, d.row_number, count(*) over () as total
        from fct_dialogues d
        left join dim_units u on u.unit_code = d.unit_code and u.valid_from <= d.held_on
            and (u.valid_to is null or u.valid_to > d.held_on)
        where d.unit_code in (select unnest($codes)) and d.held_on between $start and $end and {head}
          and {field} and {chaired}
          and {scope.where("d.unit_code", values)}
        order by d.held_on desc, d.dialogue_code
        limit $limit"""
    return frame(con, sql, values)

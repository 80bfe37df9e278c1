"""Người đứng đầu: the list of heads with their figures, and the page of one of them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.model import Breadth, Part

from . import figures, lists, unit
from .drawn import Drawn
from .everywhere import period_of
from .listings import listing
from .notes import Notes
from .views import Asked
from .world import Period, World

Row = Mapping[str, Any]
_HEADLINE = re.compile(
    r"(?P<period>.+?): (?P<last>[\d.]+) người đứng đầu .+?(?: \((?P<ever>[\d.]+) người trong cả kỳ\))?; "
    r"(?P<late>[\d.]+) người có kiến nghị quá hạn chưa giải quyết"
    r"(?:, lĩnh vực «(?P<field>.+?)»)?; (?P<vacant>[\d.]+) vị trí khuyết .+?"
    r"(?: \((?P<times>[\d.]+) vị trí có lúc khuyết\))?\."
)
_SPELLS = """
    with lives as (
        select unit_code, min(valid_from) as since,
               case when bool_or(valid_to is null) then date '9999-12-31' else max(valid_to) end as until
        from dim_units group by unit_code
    ),
    spells as (
        select t.head_id, t.leader_code, t.full_name, t.unit_code, t.body,
               greatest(coalesce(t.from_on, date '0001-01-01'), case when t.leader_code = 'vacant' then u.since end)
                   as from_on,
               least(coalesce(t.to_on, date '9999-12-31'), case when t.leader_code = 'vacant' then u.until end)
                   as to_on,
               u.since <= $day and u.until > $day as in_force
        from dim_tenures t join lives u on u.unit_code = t.unit_code
    )
    select head_id, any_value(leader_code) as leader, any_value(full_name) as name, any_value(unit_code) as unit,
           any_value(body) as body, bool_or(in_force and from_on <= $day and to_on > $day) as is_last
    from spells t
    where from_on <= $day and to_on > $first and from_on < to_on and full_name <> $gone and {whose}
    group by head_id"""
_BELOW = """exists (
        select 1 from memory.member m where m.ancestor = $unit and m.unit_code = t.unit_code
          and greatest(m.from_on, t.from_on, $first) < least(coalesce(m.to_on, t.to_on), t.to_on, $day + 1)
    )"""
GONE = "Không còn chức vụ"
"""The name of a post of a unit that is no more; it stands in a list only for the petitions that it left."""
COUNTS = {"Quá hạn": "overdue_open", "Nhận bàn giao": "overdue_inherited", "Hội nghị": "dialogues_held"}
BODIES = {"party": "Cấp ủy", "government": "Chính quyền"}


def hold(world: World, asked: Asked, drawn: Drawn, notes: Notes) -> None:
    """The list: who held a post at any time in the period, and how the headline counts them."""
    period = period_of(world, asked)
    known = _known(world, asked, period)
    frames = drawn.all("frame")
    rows = frames[0].frame.rows if frames and frames[0].frame else ()
    shown = sorted((row["Họ và tên"], row["Cơ quan"]) for row in rows if row["Họ và tên"] != GONE)
    expected = sorted((row["name"], BODIES[row["body"]]) for row in known)
    notes.that(shown == expected, f"heads of the list ({len(shown)} for {len(expected)})",
               _less(shown, expected), _less(expected, shown))  # fmt: skip
    for row in rows:
        notes.that(row["Đơn vị"] not in {"", figures.NOTHING}, f"unit of the head «{row['Họ và tên']}»", dict(row))
    _figures(world, period, asked.view.field, known, rows, notes)
    _headline(world, period, asked.view.field, known, drawn.said("message"), notes)
    told = any("«Chủ trì» tính mọi lĩnh vực" in each.text for each in drawn.all("note"))
    notes.same("who chaired is of all fields", told, asked.view.field != "ALL" and bool(rows))


def _less(some: list[tuple[str, str]], others: list[tuple[str, str]]) -> list[tuple[str, str]]:
    left = list(others)
    return [each for each in some if each not in left or left.remove(each)][:8]  # type: ignore[func-returns-value]


def _known(world: World, asked: Asked, period: Period) -> list[Row]:
    """Heads and vacant posts in the units that lay in the one in view on a day of the period and of the tenure."""
    values: dict[str, Any] = {"day": period.day, "first": period.first, "gone": GONE}
    is_part = asked.view.unit not in {"", world.province(period.day).code}
    values |= {"unit": asked.view.unit} if is_part else {}
    found = world.rows(_SPELLS.format(whose=_BELOW if is_part else "true"), **values)
    return [row for row in found if asked.view.body in {"", row["body"]}]


def _headline(world: World, period: Period, field: str, known: list[Row], text: str, notes: Notes) -> None:
    told = _HEADLINE.fullmatch(text)
    if not notes.that(told is not None, "a headline of heads that can be read", text) or told is None:
        return
    notes.same("field of the headline", told["field"], world.fields.get(field))
    held, vacant = [r for r in known if r["leader"] != "vacant"], [r for r in known if r["leader"] == "vacant"]
    last, ever = ({r["leader"] for r in held if r["is_last"]}, {r["leader"] for r in held})
    late = {r["leader"] for r in held if (_value(world, period, field, r, "overdue_open") or 0) > 0}
    notes.near("heads on the last day", told["last"], len(last))
    notes.near("heads in the period", told["ever"] or told["last"], len(ever))
    notes.near("heads with overdue petitions", told["late"], len(late))
    notes.near("vacant on the last day", told["vacant"], sum(r["is_last"] for r in vacant))
    notes.near("vacant at times", told["times"] or told["vacant"], len(vacant))


def _value(world: World, period: Period, field: str, row: Row, kpi: str, side: str = "value") -> float | None:
    found = world.figures(period, "head", row["head_id"], field).get(kpi)
    answer: float | None = found[side] if found else None
    return answer


def _figures(
    world: World, period: Period, field: str, known: list[Row], rows: Sequence[Mapping[str, str]], notes: Notes
) -> None:
    """The figures of the heads whose name and body single them out."""
    names = [(row["name"], BODIES[row["body"]]) for row in known]
    single = {key: row for key, row in zip(names, known, strict=True) if names.count(key) == 1}
    for row in rows:
        head = single.get((row["Họ và tên"], row["Cơ quan"]))
        if head is None:
            continue
        where, rate = f"head «{row['Họ và tên']}»", _value(world, period, field, head, "on_time_rate")
        for name, kpi in COUNTS.items():
            text = row[name].replace(figures.NOTHING, "0")
            notes.near(f"{where}: {name}", text, _value(world, period, field, head, kpi) or 0)
        notes.near(f"{where}: in time", row["Đúng hạn"], None if rate is None else 100 * rate, 1)
        pair = [_value(world, period, field, head, "on_time_rate", side) for side in ("numerator", "denominator")]
        notes.pair(f"{where}: pair", f"{row['Số đúng hạn']}/{row['Số đến hạn']}", pair[0], pair[1])
        chaired = _value(world, period, field, head, "head_chaired_rate")
        notes.near(f"{where}: chaired", row["Chủ trì"], None if chaired is None else 100 * chaired, 1)


def hold_one(world: World, asked: Asked, drawn: Drawn, notes: Notes) -> None:
    """The page of a head: name, figures of the tenure, overdue petitions, dialogues."""
    period, head = period_of(world, asked), asked.view.head
    spells = world.rows("select * from dim_tenures where head_id = $head order by from_on desc nulls last", head=head)
    notes.same("name of the head", drawn.said("person"), spells[0]["full_name"])
    title = next((each.text for each in drawn.all("heading") if "Số liệu riêng" in each.text), "")
    notes.that(period.label in title, "period of the figures", title, period.label)
    unit.kpis(world, asked, world.figures(period, "head", head, asked.view.field), drawn, notes)
    behind = listing(world, asked.view.to(kpi="overdue_open", part=Part.NUMERATOR, breadth=Breadth.SUBTREE))
    overdue = next((each for each in drawn.all("note") if lists.LISTED.search(each.text)), None)
    if behind is not None and overdue is not None:
        block = drawn.under("Kiến nghị quá hạn", "frame")
        at = Asked("list", asked.view.to(kpi="overdue_open", part=Part.NUMERATOR))
        lists.petitions(world, at, behind, overdue.text, block.frame if block else None, notes)
    _dialogues(world, asked, drawn, notes)


def _dialogues(world: World, asked: Asked, drawn: Drawn, notes: Notes) -> None:
    title = next((each.text for each in drawn.all("heading") if "hội nghị đối thoại" in each.text), "")
    behind = listing(world, asked.view.to(kpi="dialogues_held", part=Part.NUMERATOR, breadth=Breadth.SUBTREE))
    if title and behind is not None:
        told = 0 if "không có" in title else figures.number(title)
        notes.same(f"dialogues of the head in «{title}»", told, behind.count(world))
        row = world.figures(period_of(world, asked), "head", asked.view.head, asked.view.field).get("dialogues_held")
        notes.same("dialogues as the figure counts them", told, row["value"] if row else 0)

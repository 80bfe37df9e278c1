"""Check Người đứng đầu: the list of heads with their figures, and the page of one head."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.model import Breadth, Part

from . import figures, lists, unit
from .common import period_of
from .listings import listing
from .notes import Notes
from .screen import Screen
from .views import Request
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
ENDED = "Không còn chức vụ"
"""The name of a post of an ended unit; it is listed only with the open petitions of the unit."""
COUNTS = {"Quá hạn": "overdue_open", "Nhận bàn giao": "overdue_inherited", "Hội nghị": "dialogues_held"}
BODIES = {"party": "Cấp ủy", "government": "Chính quyền"}


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """The list has everyone who held a post during the period, and the headline counts them."""
    period = period_of(world, request)
    known = _known(world, request, period)
    frames = screen.all("frame")
    rows = frames[0].frame.rows if frames and frames[0].frame else ()
    shown = sorted((row["Họ và tên"], row["Cơ quan"]) for row in rows if row["Họ và tên"] != ENDED)
    expected = sorted((row["name"], BODIES[row["body"]]) for row in known)
    notes.expect(shown == expected, f"heads of the list ({len(shown)} for {len(expected)})",
               _less(shown, expected), _less(expected, shown))  # fmt: skip
    for row in rows:
        notes.expect(row["Đơn vị"] not in {"", figures.DASH}, f"unit of the head «{row['Họ và tên']}»", dict(row))
    _figures(world, period, request.view.field, known, rows, notes)
    _headline(world, period, request.view.field, known, screen.text_of("message"), notes)
    is_noted = any("«Chủ trì» tính mọi lĩnh vực" in each.text for each in screen.all("note"))
    notes.expect_equal("who chaired is of all fields", is_noted, request.view.field != "ALL" and bool(rows))


def _less(some: list[tuple[str, str]], others: list[tuple[str, str]]) -> list[tuple[str, str]]:
    left = list(others)
    return [each for each in some if each not in left or left.remove(each)][:8]  # type: ignore[func-returns-value]


def _known(world: World, request: Request, period: Period) -> list[Row]:
    """Heads and vacant posts of the units below the one in view on a day of both the period and the tenure."""
    values: dict[str, Any] = {"day": period.day, "first": period.first, "gone": ENDED}
    is_part = request.view.unit not in {"", world.province(period.day).code}
    values |= {"unit": request.view.unit} if is_part else {}
    found = world.rows(_SPELLS.format(whose=_BELOW if is_part else "true"), **values)
    return [row for row in found if request.view.body in {"", row["body"]}]


def _headline(world: World, period: Period, field: str, known: list[Row], text: str, notes: Notes) -> None:
    match = _HEADLINE.fullmatch(text)
    if not notes.expect(match is not None, "a headline of heads that can be read", text) or match is None:
        return
    notes.expect_equal("field of the headline", match["field"], world.fields.get(field))
    held, vacant = [r for r in known if r["leader"] != "vacant"], [r for r in known if r["leader"] == "vacant"]
    last, ever = ({r["leader"] for r in held if r["is_last"]}, {r["leader"] for r in held})
    late = {r["leader"] for r in held if (_value(world, period, field, r, "overdue_open") or 0) > 0}
    notes.expect_near("heads on the last day", match["last"], len(last))
    notes.expect_near("heads in the period", match["ever"] or match["last"], len(ever))
    notes.expect_near("heads with overdue petitions", match["late"], len(late))
    notes.expect_near("vacant on the last day", match["vacant"], sum(r["is_last"] for r in vacant))
    notes.expect_near("vacant at times", match["times"] or match["vacant"], len(vacant))


def _value(world: World, period: Period, field: str, row: Row, kpi: str, side: str = "value") -> float | None:
    found = world.figures(period, "head", row["head_id"], field).get(kpi)
    answer: float | None = found[side] if found else None
    return answer


def _figures(
    world: World, period: Period, field: str, known: list[Row], rows: Sequence[Mapping[str, str]], notes: Notes
) -> None:
    """The figures of the heads with a unique name and body."""
    names = [(row["name"], BODIES[row["body"]]) for row in known]
    single = {key: row for key, row in zip(names, known, strict=True) if names.count(key) == 1}
    for row in rows:
        head = single.get((row["Họ và tên"], row["Cơ quan"]))
        if head is None:
            continue
        where, rate = f"head «{row['Họ và tên']}»", _value(world, period, field, head, "on_time_rate")
        for name, kpi in COUNTS.items():
            text = row[name].replace(figures.DASH, "0")
            notes.expect_near(f"{where}: {name}", text, _value(world, period, field, head, kpi) or 0)
        notes.expect_near(f"{where}: in time", row["Đúng hạn"], None if rate is None else 100 * rate, 1)
        pair = [_value(world, period, field, head, "on_time_rate", side) for side in ("numerator", "denominator")]
        notes.expect_pair(f"{where}: pair", f"{row['Số đúng hạn']}/{row['Số đến hạn']}", pair[0], pair[1])
        chaired = _value(world, period, field, head, "head_chaired_rate")
        notes.expect_near(f"{where}: chaired", row["Chủ trì"], None if chaired is None else 100 * chaired, 1)


def check_one(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """The page of a head: name, figures of the tenure, overdue petitions, dialogues."""
    period, head = period_of(world, request), request.view.head
    spells = world.rows("select * from dim_tenures where head_id = $head order by from_on desc nulls last", head=head)
    notes.expect_equal("name of the head", screen.text_of("person"), spells[0]["full_name"])
    title = next((each.text for each in screen.all("heading") if "Số liệu riêng" in each.text), "")
    notes.expect(period.label in title, "period of the figures", title, period.label)
    unit.kpis(world, request, world.figures(period, "head", head, request.view.field), screen, notes)
    behind = listing(world, request.view.to(kpi="overdue_open", part=Part.NUMERATOR, breadth=Breadth.SUBTREE))
    overdue = next((each for each in screen.all("note") if lists.LISTED.search(each.text)), None)
    if behind is not None and overdue is not None:
        block = screen.under("Kiến nghị quá hạn", "frame")
        at = Request("list", request.view.to(kpi="overdue_open", part=Part.NUMERATOR))
        lists.petitions(world, at, behind, overdue.text, block.frame if block else None, notes)
    _dialogues(world, request, screen, notes)


def _dialogues(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    title = next((each.text for each in screen.all("heading") if "hội nghị đối thoại" in each.text), "")
    behind = listing(world, request.view.to(kpi="dialogues_held", part=Part.NUMERATOR, breadth=Breadth.SUBTREE))
    if title and behind is not None:
        count = 0 if "không có" in title else figures.number(title)
        notes.expect_equal(f"dialogues of the head in «{title}»", count, behind.count(world))
        row = world.figures(period_of(world, request), "head", request.view.head, request.view.field).get(
            "dialogues_held"
        )
        notes.expect_equal("dialogues as the figure counts them", count, row["value"] if row else 0)

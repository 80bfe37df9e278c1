"""Check the plans, trainings, decisions and practices of a unit, in the hierarchy of their own date."""

import re
from collections.abc import Mapping
from typing import Any

from . import figures
from .common import period_of
from .listings import whose
from .notes import Notes
from .screen import Screen
from .views import Request
from .world import World

Row = Mapping[str, Any]
_DECIDED = """(
    select d.* replace (coalesce(d.unit_code, (
        select t.unit_code from dim_tenures t where t.leader_code = d.leader_code and t.from_on <= d.decided_on
        order by t.from_on desc limit 1)) as unit_code)
    from fct_decisions d)"""
TABLES = {
    "Tập huấn trong": ("fct_trainings", "held_on"),
    "Quyết định trong": (_DECIDED, "decided_on"),
    "Cách làm hay phổ biến trong": ("fct_practices", "published_on"),
}
KINDS = {"reward": "khen thưởng", "discipline": "kỷ luật", "reminder": "nhắc nhở"}


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """Titles have the number of records and tables all of them, unless the page shows no records."""
    if any("Chưa nhận được báo cáo nào về" in each.text for each in screen.all("note")):
        return
    if not any("hội nghị đối thoại" in each.text for each in screen.all("heading")):
        return
    for heading in TABLES:
        _listed(world, request, screen, heading, notes)
    _plans(world, request, screen, notes)


def _listed(world: World, request: Request, screen: Screen, heading: str, notes: Notes) -> None:
    title = next((each.text for each in screen.all("heading") if each.text.startswith(heading)), "")
    rows = _rows(world, request, *TABLES[heading])
    block = screen.under(heading, "frame")
    shown = block.frame.rows if block and block.frame else ()
    notes.expect_equal(f"rows under «{heading}»", len(shown), len(rows))
    days = sorted(row["Ngày"] for row in shown)
    notes.expect_equal(f"days under «{heading}»", days, sorted(figures.day(row["day"]) for row in rows))
    if not rows:
        return
    text = title.partition(": ")[2]
    if heading.startswith("Quyết định"):
        for kind, words in KINDS.items():
            count = re.search(rf"(\d+) {words}", text)
            notes.expect_near(
                f"{words} in «{title}»", count[1] if count else "0", sum(row["kind"] == kind for row in rows)
            )
    else:
        notes.expect_near(f"how many in «{title}»", text, len(rows))
        people = re.search(r"([\d.]+) lượt người", text)
        total = sum(row.get("participants") or 0 for row in rows)
        notes.expect_near(f"people in «{title}»", people[1] if people else "0", total)


def _rows(world: World, request: Request, table: str, day: str) -> list[Row]:
    period = period_of(world, request)
    bound: dict[str, Any] = {"first": period.first, "last": period.day}
    of_unit = whose(world, request.view, "r.unit_code", f"r.{day}", bound) or "true"
    sql = f"select r.*, r.{day} as day from {table} r where r.{day} between $first and $last and {of_unit}"
    return world.rows(sql, **bound)


def _plans(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """Check 'Kế hoạch năm 2024 của 19 đơn vị: 23 hội nghị, đã tổ chức 16', held in the year by the cutoff."""
    period = period_of(world, request)
    title = next((each.text for each in screen.all("heading") if each.text.startswith("Kế hoạch năm")), "")
    bound: dict[str, Any] = {"year": period.last.year, "day": period.day}
    of_unit = whose(world, request.view, "r.unit_code", "cast($day as date)", bound) or "true"
    sql = f"""
        select count(*) as units, coalesce(sum(r.planned_dialogues), 0) as planned, coalesce(sum((
            select count(*) from fct_dialogues d where d.unit_code = r.unit_code and year(d.held_on) = $year
              and d.held_on <= $day)), 0) as held
        from fct_plans r where r.year = $year and {of_unit}"""
    (row,) = world.rows(sql, **bound)
    match = re.fullmatch(
        r"Kế hoạch năm (\d{4})(?: của ([\d.]+) đơn vị)?: ([\d.]+) hội nghị, đã tổ chức ([\d.]+)", title
    )
    if not row["units"]:
        notes.expect_equal("a plan that nobody sent", title, "")
    elif notes.expect(match is not None, "a title over the plans", title, dict(row)) and match:
        shown = [int((each or "1").replace(".", "")) for each in match.groups()]
        notes.expect_equal(f"plans of «{title}»", shown, [period.last.year, row["units"], row["planned"], row["held"]])

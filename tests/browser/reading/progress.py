"""Check Tiến độ và quá hạn: ages of open petitions, units with overdue ones, petitions due before a meeting."""

import re
from datetime import timedelta

from dashboard.model import Breadth

from . import figures, lists
from .links import number_in
from .listings import BUCKETS, listing
from .notes import Notes
from .screen import Screen
from .views import Request, read_address
from .world import World

_HEADLINE = re.compile(
    r"Đến (\d\d/\d\d/\d{4}), (.+?) (?:có ([\d.]+) trong ([\d.]+) kiến nghị còn tồn đã quá hạn, thuộc trách nhiệm giải "
    r"quyết của ([\d.]+) đơn vị|không có kiến nghị nào quá hạn trong ([\d.]+) kiến nghị còn tồn)\."
)


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    view = request.view.to(breadth=Breadth.SUBTREE, kpi="", meeting="")
    late, term = (
        listing(world, view.to(petition_class="open_overdue")),
        listing(world, view.to(petition_class="open_in_term")),
    )
    if late is None or term is None:
        return
    overdue, still = late.count(world), late.count(world) + term.count(world)
    units = {row["responsible_unit_code"] for row in late.rows(world, "responsible_unit_code")}
    _headline(world, screen.text_of("message"), (overdue, still, len(units)), notes)
    _ages(world, request, screen, overdue, notes)
    _units(world, request, screen, len(units), notes)
    _meeting(world, request, screen, notes)
    block = screen.under("Danh sách quá hạn", "frame")
    note = screen.under("Danh sách quá hạn", "note")
    at = Request("list", view.to(petition_class="open_overdue", page=request.view.page))
    lists.petitions(world, at, late, note.text if note else "", block.frame if block else None, notes)


def _headline(world: World, text: str, known: tuple[int, int, int], notes: Notes) -> None:
    match = _HEADLINE.fullmatch(text)
    if not notes.expect(match is not None, "a headline of progress that can be read", text) or match is None:
        return
    notes.expect_equal("day of the headline", match[1], figures.day(world.as_of))
    shown = [int(each.replace(".", "")) for each in match.groups()[2:] if each]
    overdue, still, units = known
    notes.expect_equal(
        "overdue, open and units of the headline", shown, [overdue, still, units] if overdue else [still]
    )


def _ages(world: World, request: Request, screen: Screen, overdue: int, notes: Notes) -> None:
    """The bars and the links below them have the petitions of each age; all ages add up to the open petitions."""
    chips = next((each for each in screen.all("chips")), None)
    shown = {read_address(link.address).view.bucket: number_in(link.text) for link in chips.links} if chips else {}
    counts = {}
    for code in BUCKETS:
        behind = listing(world, request.view.to(bucket=code, breadth=Breadth.SUBTREE, meeting="", kpi=""))
        counts[code] = behind.count(world) if behind else 0
        notes.expect_equal(f"age {code}", shown.get(code, 0), counts[code])
    chart = screen.first("chart")
    bars = [figures.number(mark["Kiến nghị"]) for mark in chart.marks if mark["role"] == "cột"] if chart else []
    notes.expect_equal("bars of the ages", bars, list(counts.values()))
    notes.expect_equal("overdue by age", sum(n for code, n in counts.items() if code.startswith("qua")), overdue)
    title = next((each.text for each in screen.all("heading") if "kiến nghị quá hạn" in each.text), "")
    month = sum(counts[code] for code in ("qua-60", "qua-90", "qua-91"))
    if month:
        notes.expect_equal(f"overdue for more than a month in «{title}»", figures.numbers(title)[:2], [overdue, month])


def _units(world: World, request: Request, screen: Screen, units: int, notes: Notes) -> None:
    """The table has the number of overdue petitions of each unit, and the days overdue of the oldest."""
    title = next((each.text for each in screen.all("heading") if "đơn vị có kiến nghị quá hạn" in each.text), "")
    notes.expect_equal(f"units of «{title}»", figures.number(title) or 0, units)
    table = next((each for each in screen.all("grid") if each.heads[:2] == ("Đơn vị", "Quá hạn")), None)
    for cells in table.rows if table else ():
        to = read_address(cells[1].address).view
        behind = listing(world, to)
        if behind is None:
            continue
        (row,) = behind.rows(world, "count(*) as n, min(p.due_at) as oldest")
        days = int((world.as_of - row["oldest"]) / timedelta(days=1)) if row["n"] else None
        notes.expect_near(f"overdue of «{cells[0].text}»", cells[1].text, row["n"])
        notes.expect_near(f"oldest of «{cells[0].text}»", cells[2].text, days)
        unit = world.unit(to.unit or world.province(world.as_of.date()).code, world.as_of.date())
        notes.expect(unit is not None and cells[0].text.startswith(unit.name), "name of the unit", cells[0].text, unit)


def _meeting(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """The page counts the petitions due before a date: the one in the URL, or the default that the page names."""
    text = screen.text_of("lead")
    day = re.search(r"(\d\d)/(\d\d)/(\d{4})", text)
    if not notes.expect(day is not None, "the day of a meeting", text) or day is None:
        return
    iso = f"{day[3]}-{day[2]}-{day[1]}"
    notes.expect_equal("the day of the meeting", iso, request.view.meeting or iso)
    behind = listing(world, request.view.to(meeting=iso, breadth=Breadth.SUBTREE, kpi=""))
    if behind is not None:
        count = 0 if text.startswith("Không") else figures.number(text)
        notes.expect_equal(f"due before the meeting in «{text}»", count, behind.count(world))

"""Tiến độ và quá hạn: ages of what is open, who has overdue petitions, what falls due before a meeting."""

import re
from datetime import timedelta

from dashboard.model import Breadth

from . import figures, lists
from .drawn import Drawn
from .links import said
from .listings import BUCKETS, listing
from .notes import Notes
from .views import Asked
from .views import asked as read_address
from .world import World

_HEADLINE = re.compile(
    r"Đến (\d\d/\d\d/\d{4}), (.+?) (?:có ([\d.]+) trong ([\d.]+) kiến nghị còn tồn đã quá hạn, thuộc trách nhiệm giải "
    r"quyết của ([\d.]+) đơn vị|không có kiến nghị nào quá hạn trong ([\d.]+) kiến nghị còn tồn)\."
)


def hold(world: World, asked: Asked, drawn: Drawn, notes: Notes) -> None:
    view = asked.view.to(breadth=Breadth.SUBTREE, kpi="", meeting="")
    late, term = (
        listing(world, view.to(petition_class="open_overdue")),
        listing(world, view.to(petition_class="open_in_term")),
    )
    if late is None or term is None:
        return
    overdue, still = late.count(world), late.count(world) + term.count(world)
    units = {row["responsible_unit_code"] for row in late.rows(world, "responsible_unit_code")}
    _headline(world, drawn.said("message"), (overdue, still, len(units)), notes)
    _ages(world, asked, drawn, overdue, notes)
    _units(world, asked, drawn, len(units), notes)
    _meeting(world, asked, drawn, notes)
    block = drawn.under("Danh sách quá hạn", "frame")
    note = drawn.under("Danh sách quá hạn", "note")
    at = Asked("list", view.to(petition_class="open_overdue", page=asked.view.page))
    lists.petitions(world, at, late, note.text if note else "", block.frame if block else None, notes)


def _headline(world: World, text: str, known: tuple[int, int, int], notes: Notes) -> None:
    told = _HEADLINE.fullmatch(text)
    if not notes.that(told is not None, "a headline of progress that can be read", text) or told is None:
        return
    notes.same("day of the headline", told[1], figures.day(world.as_of))
    shown = [int(each.replace(".", "")) for each in told.groups()[2:] if each]
    overdue, still, units = known
    notes.same("overdue, open and units of the headline", shown, [overdue, still, units] if overdue else [still])


def _ages(world: World, asked: Asked, drawn: Drawn, overdue: int, notes: Notes) -> None:
    """The bars and the links below them have the petitions of each age; all ages are all that is open."""
    chips = next((each for each in drawn.all("chips")), None)
    shown = {read_address(link.address).view.bucket: said(link.text) for link in chips.links} if chips else {}
    counts = {}
    for code in BUCKETS:
        behind = listing(world, asked.view.to(bucket=code, breadth=Breadth.SUBTREE, meeting="", kpi=""))
        counts[code] = behind.count(world) if behind else 0
        notes.same(f"age {code}", shown.get(code, 0), counts[code])
    chart = drawn.first("chart")
    bars = [figures.number(mark["Kiến nghị"]) for mark in chart.marks if mark["role"] == "cột"] if chart else []
    notes.same("bars of the ages", bars, list(counts.values()))
    notes.same("overdue by age", sum(n for code, n in counts.items() if code.startswith("qua")), overdue)
    title = next((each.text for each in drawn.all("heading") if "kiến nghị quá hạn" in each.text), "")
    month = sum(counts[code] for code in ("qua-60", "qua-90", "qua-91"))
    if month:
        notes.same(f"overdue for more than a month in «{title}»", figures.numbers(title)[:2], [overdue, month])


def _units(world: World, asked: Asked, drawn: Drawn, units: int, notes: Notes) -> None:
    """The units with most overdue petitions: how many, and for how long."""
    title = next((each.text for each in drawn.all("heading") if "đơn vị có kiến nghị quá hạn" in each.text), "")
    notes.same(f"units of «{title}»", figures.number(title) or 0, units)
    table = next((each for each in drawn.all("grid") if each.heads[:2] == ("Đơn vị", "Quá hạn")), None)
    for cells in table.rows if table else ():
        to = read_address(cells[1].address).view
        behind = listing(world, to)
        if behind is None:
            continue
        (row,) = behind.rows(world, "count(*) as n, min(p.due_at) as oldest")
        days = int((world.as_of - row["oldest"]) / timedelta(days=1)) if row["n"] else None
        notes.near(f"overdue of «{cells[0].text}»", cells[1].text, row["n"])
        notes.near(f"oldest of «{cells[0].text}»", cells[2].text, days)
        unit = world.unit(to.unit or world.province(world.as_of.date()).code, world.as_of.date())
        notes.that(unit is not None and cells[0].text.startswith(unit.name), "name of the unit", cells[0].text, unit)


def _meeting(world: World, asked: Asked, drawn: Drawn, notes: Notes) -> None:
    """What falls due before a day: the day chosen, or the one that the page names."""
    text = drawn.said("lead")
    day = re.search(r"(\d\d)/(\d\d)/(\d{4})", text)
    if not notes.that(day is not None, "the day of a meeting", text) or day is None:
        return
    iso = f"{day[3]}-{day[2]}-{day[1]}"
    notes.same("the day of the meeting", iso, asked.view.meeting or iso)
    behind = listing(world, asked.view.to(meeting=iso, breadth=Breadth.SUBTREE, kpi=""))
    if behind is not None:
        told = 0 if text.startswith("Không") else figures.number(text)
        notes.same(f"due before the meeting in «{text}»", told, behind.count(world))

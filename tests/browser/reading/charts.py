"""Check the charts of a unit's page: stock and flow by period, the units below by rank."""

from collections.abc import Mapping, Sequence
from typing import Any

from . import figures
from .common import period_of
from .listings import received
from .notes import Notes
from .overview import MAIN, run_until, short, subject
from .screen import Block, Screen
from .views import Request
from .world import World

Row = Mapping[str, Any]


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    for chart in screen.all("chart"):
        if any("Tồn cuối kỳ" in mark for mark in chart.marks):
            _flow(world, request, chart, notes)
        else:
            _below(world, request, chart, notes)


def _flow(world: World, request: Request, chart: Block, notes: Notes) -> None:
    """The chart has received and settled petitions as bars and open ones as a line, for each of the last periods."""
    kind, code = subject(world, request)
    bars = {(mark["Kỳ"], mark["Loại"]): mark["Kiến nghị"] for mark in chart.marks if "Loại" in mark}
    stock = {mark["Kỳ"]: mark["Tồn cuối kỳ"] for mark in chart.marks if "Tồn cuối kỳ" in mark}
    for period in run_until(world, period_of(world, request), 8):
        name = short(period)
        if name not in stock:
            continue
        own = world.province(period.day).code if kind == "province" else code
        found = world.figures(period, kind, own, request.view.field)
        notes.expect_near(f"open at the end of {name}", stock[name], _side(found, "overdue_rate", "denominator"))
        notes.expect_near(f"settled in {name}", bars[name, "Giải quyết"], _side(found, "resolution_rate", "numerator"))
        view = request.view.to(period=period.code, unit=code if kind == "unit" else request.view.unit)
        notes.expect_near(f"received in {name}", bars[name, "Tiếp nhận"], received(world, view).count(world))
    written = figures.number(" ".join(chart.texts[-1:]))
    notes.expect_equal("the stock written beside the line", written, figures.number(list(stock.values())[-1]))


def _side(found: Mapping[str, Row], kpi: str, side: str) -> float:
    return (found[kpi][side] if kpi in found else 0) or 0


def _below(world: World, request: Request, chart: Block, notes: Notes) -> None:
    """The chart has every unit below that has a rate, by rank, with its value, numerator, denominator and interval."""
    period = period_of(world, request)
    root = request.view.unit or world.province(period.day).code
    units = [each for each in world.in_force(period.day) if each.parent == root]
    known = {each.name: world.figures(period, "subtree", each.code, request.view.field).get(MAIN) for each in units}
    rated = {name: row for name, row in known.items() if row and row["value"] is not None}
    points = [mark for mark in chart.marks if mark["role"] == "điểm"]
    notes.expect_equal("units of the chart", sorted(mark["Đơn vị"] for mark in points), sorted(rated))
    _ranks(points, rated, notes)
    for mark, text in zip(points, chart.texts, strict=False):
        row = rated.get(mark["Đơn vị"])
        if row is not None:
            where = f"«{mark['Đơn vị']}» in the chart"
            notes.expect_near(where, text, 100 * row["value"], 1)
            notes.expect_pair(f"{where}: pair", text, row["numerator"], row["denominator"])
            bounds = figures.numbers(mark["Khoảng 95 %"])
            near = [figures.is_near(a, 100 * row[b], 1) for a, b in zip(bounds, ("lower", "upper"), strict=True)]
            notes.expect(all(near), f"{where}: interval", mark["Khoảng 95 %"], (row["lower"], row["upper"]))


def _ranks(points: Sequence[Mapping[str, str]], rated: Mapping[str, Row], notes: Notes) -> None:
    ranks = [rated[mark["Đơn vị"]]["rank"] for mark in points if mark["Đơn vị"] in rated]
    known = [each for each in ranks if each is not None]
    notes.expect_equal("order of the chart", ranks, sorted(known) + [None] * (len(ranks) - len(known)))

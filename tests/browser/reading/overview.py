"""Check Tổng quan: headline, cards, trend, levels."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from dashboard.model import Breadth

from . import attention, figures, sentences
from .common import period_of
from .links import number_in
from .listings import listing
from .notes import Notes
from .screen import Block, Card, Screen
from .views import Request, read_address
from .world import Period, World

Row = Mapping[str, Any]
MAIN = "on_time_rate"
CARDS = (MAIN, "overdue_open", "resolution_rate", "median_days_to_settle", "dialogues_held", "head_chaired_rate")
LEVELS = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}


def subject(world: World, request: Request) -> tuple[str, str]:
    """The subject of the view's figures, as in `kpi_values`."""
    province = world.province(period_of(world, request).day).code
    if request.view.breadth == Breadth.UNIT:
        return "unit", request.view.unit or province
    return ("subtree", request.view.unit) if request.view.unit not in {"", province} else ("province", province)


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    period = period_of(world, request)
    found = world.figures(period, *subject(world, request), request.view.field)
    sentences.headline(world, period, request.view.field, found, screen.text_of("message"), notes)
    cards = screen.first("cards")
    for card in cards.cards if cards else ():
        _card(world, request, found, card, notes)
    for chart in screen.all("chart"):
        if any("Kỳ" in mark for mark in chart.marks):
            _trend(world, request, screen, chart, notes)
        else:
            _levels(world, request, chart, notes)
    attention.check(world, request, screen, notes)


def _card(world: World, request: Request, found: Mapping[str, Row], card: Card, notes: Notes) -> None:
    """A card has the KPI's value, pair, change and target, and its links open lists of the stated lengths."""
    kpi = sentences.kpi_named(world, card.name, request.view.field, notes)
    if kpi is None:
        return
    row, where = found.get(kpi["kpi_code"]), f"card «{card.name}»"
    value = row["value"] if row else None
    sentences.measure(kpi, value, card.value, notes, where)
    if kpi["unit"] == "%":
        notes.expect_pair(
            f"{where}: pair", card.pair, row["numerator"] if row else None, row["denominator"] if row else None
        )
    elif kpi["kpi_code"] == "median_days_to_settle" and row and row["denominator"]:
        notes.expect_near(f"{where}: petitions", card.pair, row["denominator"])
    before = world.before(period_of(world, request))
    sentences.change(world, kpi, row, before.label if before else "", card.change, notes, where)
    judged = None if sentences.is_small(world, kpi, row) else value
    sentences.target(kpi, judged, card.target, notes, where)
    _evidence(world, row, card, notes)


def _evidence(world: World, row: Row | None, card: Card, notes: Notes) -> None:
    """The links of a card name its numerator and denominator, and open lists of these lengths."""
    for link in card.links:
        to = read_address(link.address)
        side = to.view.part
        known = row[side] if row else None
        if to.view.kpi in {"head_chaired_rate"} and side == "denominator" and row:
            known = row["denominator"]
        notes.expect_equal(f"card «{card.name}»: link «{link.text}»", number_in(link.text), known)
        behind = listing(world, to.view)
        notes.expect_equal(f"card «{card.name}»: list of {link.address}", behind and behind.count(world), known)


def run_until(world: World, period: Period, most: int) -> list[Period]:
    """The last `most` periods of the same calendar and kind up to this one, oldest first."""
    same = [each for each in world.periods if (each.calendar, each.kind) == (period.calendar, period.kind)]
    return sorted((each for each in same if each.first <= period.first), key=lambda each: each.first)[-most:]


def short(period: Period) -> str:
    """The label of a period on an axis."""
    text = period.label
    for word in ("Quý ", "Năm ", "6 tháng ", "9 tháng "):
        text = text.replace(word, "")
    return text.strip()


def trend_rows(world: World, request: Request) -> list[tuple[Period, Row]]:
    """The periods of a trend that have a value, with their figures."""
    kind, code = subject(world, request)
    found = []
    for period in run_until(world, period_of(world, request), 12):
        own = world.province(period.day).code if kind == "province" else code
        row = world.figures(period, kind, own, request.view.field).get(MAIN)
        if row is not None and row["value"] is not None:
            found.append((period, row))
    return found


def _trend(world: World, request: Request, screen: Screen, chart: Block, notes: Notes) -> None:
    expected = trend_rows(world, request)
    points = [mark for mark in chart.marks if mark["role"] == "điểm"]
    notes.expect_equal(
        "periods of the trend", [mark.get("Kỳ") for mark in points], [short(each) for each, _ in expected]
    )
    for mark, (period, row) in zip(points, expected, strict=False):
        notes.expect_near(f"trend, {period.label}", _value(world, mark), 100 * row["value"], 1)
        notes.expect_pair(f"trend, {period.label}: pair", mark["Tử/mẫu"], row["numerator"], row["denominator"])
        bounds = figures.numbers(mark["Khoảng 95 %"])
        near = len(bounds) == 2 and all(
            figures.is_near(shown, 100 * row[side], 1) for shown, side in zip(bounds, ("lower", "upper"), strict=True)
        )
        notes.expect(near, f"trend, {period.label}: interval", mark["Khoảng 95 %"], (row["lower"], row["upper"]))
    if points and expected:
        notes.expect_near("the newest value of the trend", " ".join(chart.texts[:1]), 100 * expected[-1][1]["value"], 1)
    _trend_title(world, request, screen, expected, notes)


def _value(world: World, mark: Mapping[str, str]) -> str:
    return mark.get(world.kpis[MAIN]["short_name"], "")


def _trend_title(world: World, request: Request, screen: Screen, known: list[tuple[Period, Row]], notes: Notes) -> None:
    """The title compares the newest value with a period that it names, and with the target."""
    kpi = world.kpis[MAIN]
    title = next((each.text for each in screen.all("heading") if TREND.match(each.text.removeprefix(kpi["name"]))), "")
    match = TREND.match(title.removeprefix(kpi["name"]))
    if not notes.expect(bool(title) and bool(known), "a title over the trend", title) or match is None:
        return
    last, row = known[-1]
    notes.expect_equal(
        f"the newest period of «{title}»", match["until"], None if last == period_of(world, request) else last.label
    )
    if match["before"]:
        other = next((each for period, each in known if period.label == match["before"]), None)
        notes.expect_equal(f"direction of «{title}»", match["way"], other and _direction(other, row))
    if match["steps"]:
        _steps(title, match, known, notes)
    met = sentences.is_met(kpi, row["value"])
    if match["verdict"]:
        notes.expect_equal(f"target in «{title}»", match["verdict"], "đạt" if met else "chưa đạt")


TREND = re.compile(
    r"(?: (?P<value>[\d,]+ %)| (?P<way>tăng|giảm|không đổi)(?: (?P<steps>\d+) kỳ liền| so với (?P<before>[^,(]+?)))?"
    r"(?:, (?P<verdict>chưa đạt|đạt) mục tiêu)?(?: \(đến (?P<until>[^)]+)\))?$"
)


def _direction(before: Row, after: Row) -> str:
    """The direction of a rate, as displayed."""
    step = round(round(100 * after["value"], 1) - round(100 * before["value"], 1), 1)
    return "tăng" if step > 0 else "giảm" if step < 0 else "không đổi"


def _steps(title: str, match: re.Match[str], known: list[tuple[Period, Row]], notes: Notes) -> None:
    """The title's number of consecutive steps in one direction is right."""
    count = int(match["steps"])
    steps = list(pairwise(known))[-count:]
    adjacent = all(before.first == after.previous for (before, _), (after, _) in steps)
    notes.expect(len(steps) == count and adjacent, f"adjacent periods of «{title}»", count, [p.label for p, _ in known])
    ways = {_direction(before, after) for (_, before), (_, after) in steps}
    notes.expect_equal(f"direction of «{title}»", {match["way"]}, ways)


def _levels(world: World, request: Request, chart: Block, notes: Notes) -> None:
    """The chart has every level of the province that has a rate, with its value, numerator and denominator."""
    period = period_of(world, request)
    points = [mark for mark in chart.marks if mark["role"] == "điểm"]
    shown = {mark["Đơn vị"]: mark for mark in points if "Đơn vị" in mark}
    for code, name in LEVELS.items():
        row = world.figures(period, "level", code, request.view.field).get(MAIN)
        if row is None or row["value"] is None:
            notes.expect(name not in shown, f"level {name}", shown.get(name), "no figure")
            continue
        if notes.expect(name in shown, f"level {name}", list(shown), row["value"]):
            notes.expect_near(f"level {name}", _value(world, shown[name]), 100 * row["value"], 1)
    written = [figures.pair(text) for text in chart.texts]
    known = [world.figures(period, "level", code, request.view.field).get(MAIN) for code in LEVELS]
    pairs = [(row["numerator"], row["denominator"]) for row in known if row and row["value"] is not None]
    notes.expect_equal("pairs of the levels", written, pairs)

"""Check Cấp và đơn vị: the table of KPIs, stock and flow, heads, classes and dialogues of one unit."""

import re
from collections.abc import Mapping
from typing import Any

from dashboard.model import Breadth, Part

from . import charts, figures, records, sentences
from .children import children
from .common import period_of
from .links import number_in
from .listings import listing
from .notes import Notes
from .overview import subject
from .screen import Cell, Screen
from .views import Request, read_address
from .world import World

Row = Mapping[str, Any]
_FLOW = re.compile(
    r"Tồn đầu kỳ ([\d.]+)(?: \+ nhận theo đơn vị chuyển đến ([\d.]+))? \+ tiếp nhận ([\d.]+).*? = giải quyết "
    r"([\d.]+) \+ ra khỏi diện tính ([\d.]+)(?: \+ chuyển đi theo đơn vị ([\d.]+))? \+ "
    r"tồn (?:cuối kỳ|đến [\d/]+) ([\d.]+)\."
)
CLASSES = {
    "settled_on_time": "Đã giải quyết đúng hạn",
    "settled_late": "Đã giải quyết quá hạn",
    "open_in_term": "Đang giải quyết, còn hạn",
    "open_overdue": "Quá hạn chưa giải quyết",
    "left_scope": "Chuyển, trả, trùng hoặc ngoài thẩm quyền",
}


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    period = period_of(world, request)
    found = world.figures(period, *subject(world, request), request.view.field)
    sentences.headline(world, period, request.view.field, found, screen.text_of("message"), notes)
    _crumbs(world, request, screen, notes)
    kpis(world, request, found, screen, notes)
    _flow(found, screen, notes)
    _holders(world, request, screen, notes)
    children(world, request, screen, notes)
    _classes(world, request, screen, notes)
    _dialogues(world, request, found, screen, notes)
    charts.check(world, request, screen, notes)
    records.check(world, request, screen, notes)


def _crumbs(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """The path leads from the province to the unit, with the names of the period."""
    period = period_of(world, request)
    names: list[str] = []
    code = request.view.unit or world.province(period.day).code
    while code and (unit := world.unit(code, period.day)):
        names.insert(0, unit.name)
        code = unit.parent or ""
    shown = screen.text_of("crumbs").split(" › ")
    notes.expect(
        len(shown) == len(names) and all(map(str.startswith, shown, names)), "the way from the province", shown, names
    )


def kpis(world: World, request: Request, found: Mapping[str, Row], screen: Screen, notes: Notes) -> None:
    """Check the table of all KPIs of one subject: every figure of every line, and the lists that it opens."""
    table = next((each for each in screen.all("grid") if each.heads[:1] == ("Chỉ tiêu",)), None)
    if table is None:
        return
    for cells in table.rows:
        line = dict(zip(table.heads, cells, strict=True))
        kpi = sentences.kpi_named(world, line["Chỉ tiêu"].text, request.view.field, notes)
        if kpi is not None:
            row = found.get(kpi["kpi_code"])
            if (
                notes.expect(row is not None, f"line «{kpi['name']}»", [cell.text for cell in cells], "no figure")
                and row
            ):
                _line(world, kpi, row, line, notes)


def _line(world: World, kpi: Row, row: Row, line: Mapping[str, Cell], notes: Notes) -> None:
    where, is_rate = f"line «{kpi['name']}»", kpi["unit"] == "%"
    sentences.measure(kpi, row["value"], line["Kỳ này"].text, notes, where)
    sentences.measure(kpi, row["previous_value"], line["Kỳ trước"].text, notes, f"{where}: before")
    missed = sentences.is_met(kpi, row["value"]) is False
    is_small = is_rate and (row["denominator"] or 0) < world.snapshot["min_denominator"]
    notes.expect_equal(f"{where}: marked", line["Kỳ này"].is_bad, missed and not is_small)
    if is_rate:
        notes.expect_pair(f"{where}: pair", line["Tử/mẫu"].text, row["numerator"], row["denominator"])
        _bounds(line["Khoảng 95 %"].text, row, f"{where}: interval", notes)
    if "Hạng (khoảng)" in line:
        rank(line["Hạng (khoảng)"], row, where, notes)
    for side, cell in (("numerator", line["Kỳ này"]), ("denominator", line["Tử/mẫu"])):
        if cell.address:
            to = read_address(cell.address).view
            behind = listing(world, to)
            known = row[to.part]
            notes.expect_equal(f"{where}: list behind the {side} {cell.address}", behind and behind.count(world), known)


def _bounds(text: str, row: Row, where: str, notes: Notes) -> None:
    shown = figures.numbers(text)
    if row["lower"] is None:
        notes.expect_equal(where, text, figures.DASH)
        return
    known = [100 * row["lower"], 100 * row["upper"]]
    near = len(shown) == 2 and all(figures.is_near(a, b, 1) for a, b in zip(shown, known, strict=True))
    notes.expect(near, where, text, known)


def rank(cell: Cell, row: Row | None, where: str, notes: Notes) -> None:
    """A cell such as '3/6 (2–6)' has rank, peers and band; a dash if there is no rank."""
    if row is None or row["rank"] is None:
        notes.expect_equal(f"{where}: rank", cell.text, figures.DASH)
        return
    band = figures.numbers(cell.pair)
    shown = [*figures.numbers(cell.text), band[0], band[-1]] if band else []
    notes.expect_equal(f"{where}: rank", shown, [row[c] for c in ("rank", "peer_count", "rank_best", "rank_worst")])


def _flow(found: Mapping[str, Row], screen: Screen, notes: Notes) -> None:
    """Stock and flow are consistent with each other and with the rates of the same page."""
    match = next(filter(None, (_FLOW.search(each.text) for each in screen.all("note"))), None)
    if match is None:
        return
    flow = [int((each or "0").replace(".", "")) for each in match.groups()]
    opening, joined, received, settled, left, moved, closing = flow
    notes.expect_equal("opening + received", opening + joined + received, settled + left + moved + closing)
    resolution, overdue = found.get("resolution_rate"), found.get("overdue_rate")
    if resolution:
        notes.expect_equal("settled", settled, resolution["numerator"])
        notes.expect_equal(
            "opening + received − left", opening + joined + received - left, resolution["denominator"] or 0
        )
    if overdue:
        notes.expect_equal("closing", closing, overdue["denominator"] or 0)
    title = next((each.text for each in screen.all("heading") if each.text.startswith("Tồn đọng")), "")
    way = "tăng" if closing > opening else "giảm" if closing < opening else "giữ nguyên"
    notes.expect(way in title, "direction of the stock", title, (opening, closing))
    ends = [closing] if closing == opening else [opening, closing]
    notes.expect_equal("ends of the stock", figures.numbers(title), ends)


def _holders(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """The table has the heads of the two posts on the last day; an ended unit has no vacant post."""
    block = screen.under("Người đứng đầu cuối kỳ", "frame") or screen.under("Người đứng đầu đến ", "frame")
    rows = block.frame.rows if block and block.frame else ()
    period = period_of(world, request)
    unit = world.unit(request.view.unit or world.province(period.day).code, period.day)
    if unit is None:
        return
    sql = """
        select full_name from dim_tenures where unit_code = $unit and coalesce(from_on <= $day, true)
          and coalesce(to_on > $day, true) order by 1"""
    known = [row["full_name"] for row in world.rows(sql, unit=unit.code, day=period.day)]
    shown = sorted(row["Họ và tên"] for row in rows)
    if unit.last_day is None:
        if rows or known:
            notes.expect_equal("heads on the last day", shown, sorted(known))
    else:
        notes.expect("Khuyết" not in shown, "posts of a unit that has ended", shown, unit.last_day)


def _classes(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """The links have the number of petitions in each class; an empty class has no link."""
    block = next((each for each in screen.all("chips") if each.links), None)
    shown = (
        {read_address(link.address).view.petition_class: number_in(link.text) for link in block.links} if block else {}
    )
    view = request.view.to(unit=subject(world, request)[1]) if request.view.breadth == Breadth.UNIT else request.view
    for code, name in CLASSES.items():
        behind = listing(world, view.to(petition_class=code))
        notes.expect_equal(f"class «{name}»", shown.get(code, 0), behind and behind.count(world))


def _dialogues(world: World, request: Request, found: Mapping[str, Row], screen: Screen, notes: Notes) -> None:
    """The title above the dialogues has their number, equal to the figure, and the table has all of them."""
    title = next((each.text for each in screen.all("heading") if "hội nghị đối thoại" in each.text), "")
    behind = listing(world, request.view.to(kpi="dialogues_held", part=Part.NUMERATOR))
    if not title or behind is None:
        return
    count = 0 if "không có" in title else figures.number(title)
    notes.expect_equal(f"dialogues in «{title}»", count, behind.count(world))
    block = screen.under(title, "frame")
    rows = block.frame.rows if block and block.frame else ()
    notes.expect_equal("rows of dialogues", len(rows), behind.count(world))
    known = {(figures.day(row["held_on"]), row["chair_name"] or figures.DASH) for row in behind.rows(world)}
    shown = {(row["Ngày"], row["Người chủ trì"] or figures.DASH) for row in rows}
    notes.expect(shown <= known, "dialogues that are none of these", sorted(shown - known))
    held = found.get("dialogues_held")
    if held is not None:
        notes.expect_equal("dialogues as the figure counts them", count, held["value"])

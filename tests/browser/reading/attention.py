"""Check the attention list of the overview."""

import re
from typing import Any

from dashboard.model import Breadth, Part

from . import figures
from .common import period_of
from .listings import listing
from .notes import Notes
from .screen import Item, Screen
from .views import Request, read_address
from .world import World

_OVERDUE = re.compile(r"([\d.]+) kiến nghị quá hạn trong ([\d.]+) kiến nghị còn tồn(?:, lâu nhất ([\d.]+) ngày)?\.")
_LATE = re.compile(r": (.+?) ([\d,]+)\s% \(([\d.]+)/([\d.]+)\), hạng (\d+)/(\d+) \(khoảng (\d+)(?:–(\d+))?\)")


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    block = screen.first("attention")
    items = block.items if block else ()
    for item in items:
        _named(world, request, item, notes)
        if _OVERDUE.search(item.text):
            _overdue(world, request, item, notes)
        elif _LATE.search(item.text):
            _last(world, request, item, notes)
        elif item.start.startswith("Khuyết"):
            _vacant(world, request, item, notes)
        else:
            notes.expect(item.start.startswith("Thiếu báo cáo"), "a line of attention that can be read", item.text)
    _most(world, request, items, notes)


def _named(world: World, request: Request, item: Item, notes: Notes) -> None:
    """An item names its unit as in the period, with the unit's last day if it has ended."""
    to = read_address(item.links[0].address)
    if item.start.startswith(("Khuyết", "Thiếu")) or not to.view.unit:
        return
    day = period_of(world, request).day
    unit, name = world.unit(to.view.unit, day), world.name(to.view.unit, day)
    notes.expect(item.start.startswith(name), "name of the unit", item.start, name)
    ended = figures.day(unit.last_day) if unit and unit.last_day else ""
    notes.expect_equal(f"«{item.start}» has ended", "kết thúc hoạt động" in item.start, bool(ended))
    notes.expect(ended in item.start, "the last day of the unit", item.start, ended)


def _overdue(world: World, request: Request, item: Item, notes: Notes) -> None:
    """An item counts the unit's overdue and open petitions, and the days of the oldest at the end of the period."""
    match = _OVERDUE.search(item.text)
    to = read_address(item.links[-1].address)
    late, still = listing(world, to.view), listing(world, to.view.to(kpi="overdue_rate", part=Part.DENOMINATOR))
    if match is None or late is None or still is None:
        return
    period = period_of(world, request)
    oldest = f"max(epoch_us(timestamp '{period.cutoff}') - epoch_us(p.due_at)) / 86400e6 as days"
    (row,) = late.rows(world, f"count(*) as n, {oldest}")
    notes.expect_near(f"overdue of «{item.start}»", match[1], row["n"])
    notes.expect_near(f"open of «{item.start}»", match[2], still.count(world))
    notes.expect_equal(f"oldest of «{item.start}»", figures.number(match[3] or ""), row["days"] and int(row["days"]))


def _last(world: World, request: Request, item: Item, notes: Notes) -> None:
    """The item on a unit ranked last has its rate, pair, rank and band, and the right words for its place."""
    match, to = _LATE.search(item.text), read_address(item.links[-1].address)
    period = period_of(world, request)
    row = world.figures(period, "subtree", to.view.unit, request.view.field).get("on_time_rate")
    if match is None or not notes.expect(row is not None, "a rate that is known", item.text) or row is None:
        return
    notes.expect_near(f"rate of «{item.start}»", match[2], 100 * row["value"], 1)
    notes.expect_pair(f"pair of «{item.start}»", match[0], row["numerator"], row["denominator"])
    band = [float(match[7]), float(match[8] or match[7])]
    shown = [float(match[5]), float(match[6]), *band]
    notes.expect_equal(
        f"rank of «{item.start}»", shown, [row[c] for c in ("rank", "peer_count", "rank_best", "rank_worst")]
    )
    _place(world, request, item, row, notes)


def _place(world: World, request: Request, item: Item, row: Any, notes: Notes) -> None:
    """«xếp cuối» is used only for the last of the whole level, otherwise a phrase on the units in view."""
    period = period_of(world, request)
    unit = world.unit(row["subject_id"], period.day)
    level = [each.code for each in world.in_force(period.day) if unit and each.level == unit.level]
    ranks = {code: _rank(world, request, code) for code in level}
    ranked = [rank for rank in ranks.values() if rank is not None]
    if "xếp cuối" in item.start:
        notes.expect_equal(f"peers behind «{item.start}»", sum(rank > row["rank"] for rank in ranked), 0)
        share = re.search(r"cùng ([\d.]+) đơn vị khác", item.start)
        notes.expect_equal(
            f"who shares the place of «{item.start}»", int(share[1]) if share else 0, ranked.count(row["rank"]) - 1
        )
        counts = figures.pair(item.start) or (len(level), len(level))
        notes.expect_equal(f"ranked of «{item.start}»", counts, (len(ranked), len(level)))
        return
    root = request.view.unit or world.province(period.day).code
    in_view = [ranks[code] for code in world.below(root, period.day) & set(level) if ranks[code] is not None]
    in_view_match = re.search(r"hạng thấp nhất trong ([\d.]+) đơn vị", item.start)
    notes.expect_near(f"ranked in view of «{item.start}»", in_view_match[1] if in_view_match else "", len(in_view))
    notes.expect_equal(f"the last in view is «{item.start}»", row["rank"], max(each or 0 for each in in_view))


def _rank(world: World, request: Request, code: str) -> int | None:
    row = world.figures(period_of(world, request), "subtree", code, request.view.field).get("on_time_rate")
    answer: int | None = row["rank"] if row else None
    return answer


def _vacant(world: World, request: Request, item: Item, notes: Notes) -> None:
    """The item on vacant posts counts those of the units in force on the last day."""
    period = period_of(world, request)
    codes = {each.code for each in world.in_force(period.day)}
    if request.view.unit:
        codes &= world.below(request.view.unit, period.day)
    sql = """
        select count(*) from dim_tenures where leader_code = 'vacant' and list_contains($codes, unit_code)
          and coalesce(from_on <= $day, true) and coalesce(to_on > $day, true)"""
    match = re.search(r"([\d.]+) vị trí", item.text)
    notes.expect_near("vacant posts", match[1] if match else "", world.one(sql, codes=sorted(codes), day=period.day))


def _most(world: World, request: Request, items: tuple[Item, ...], notes: Notes) -> None:
    """No omitted unit has more overdue petitions than the last listed one."""
    matches = [found for item in items if (found := _OVERDUE.search(item.text))]
    period = period_of(world, request)
    whole = listing(world, request.view.to(kpi="overdue_open", part=Part.NUMERATOR, breadth=Breadth.SUBTREE))
    if whole is None:
        return
    rows = world.rows(
        f"select responsible_unit_code as code, count(*) as n from {whole.table} where {whole.where} group by 1 "
        "order by n desc", **whole.values
    )  # fmt: skip
    expected = [float(row["n"]) for row in rows[:5]]
    notes.expect_equal(
        f"most overdue at the end of {period.label}", [figures.numbers(each[1])[0] for each in matches], expected
    )

"""Checks of every page: it is complete, has no code and no English, and its filters show the values in the URL."""

import re
from datetime import date
from functools import cache

from dashboard.model import Breadth

from . import figures
from .notes import Notes
from .screen import Block, Screen
from .views import LIST, PROGRESS, Request
from .world import Period, World

LEFTOVERS = re.compile(
    r"\b(nan|None|NaT|null|undefined|Infinity|True|False|Traceback|Error|Exception|Loading|Choose|Select|Press|Submit)\b"
    r"|[{}]|<[a-z/]|\bfct_\w+|\b(?:unit|subtree|district|commune|party|government|vacant)\b"
)
CALENDARS = {"party": "Lịch Đảng", "state": "Lịch Nhà nước"}


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """Compare the common parts of a page with its URL."""
    _is_complete(screen, notes)
    _is_vietnamese(world, screen, notes)
    _state(world, request, screen, notes)
    _filters(world, request, screen, notes)
    _downloads(screen, notes)
    for block in screen.blocks:
        _spans(block, notes)


def period_of(world: World, request: Request) -> Period:
    return world.period(request.view.calendar, request.view.period)


def day_of(world: World, request: Request) -> date:
    """The date as of which a page shows units: for the current state that of the snapshot, else that of the period."""
    is_of_today = request.kind == PROGRESS or (request.kind == LIST and request.view.is_of_today)
    return world.as_of.date() if is_of_today else period_of(world, request).day


def _is_complete(screen: Screen, notes: Notes) -> None:
    notes.expect_equal("boxes of exceptions", screen.exceptions, 0)
    notes.expect_equal("dialogs", screen.dialogs, ())
    message = screen.first("message") or screen.first("notice") or screen.first("person")
    notes.expect(message is not None, "a message", screen.text[:200], "one sentence at the top")
    notes.expect(len(screen.text) > 200, "a page that is not blank", screen.text, "")


def _is_vietnamese(world: World, screen: Screen, notes: Notes) -> None:
    """No raw code and no English; names of files and sheets stay as received."""
    codes = _codes(frozenset({*world.kpis, *world.fields}))
    for text in texts(screen):
        found = LEFTOVERS.search(text) or codes.search(text)
        notes.expect(found is None, "a word that is none", text, found and found[0])


@cache
def _codes(codes: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(codes))})\b")


def texts(screen: Screen) -> list[str]:
    """The texts of the page, including canvas tables, except names of files and sheets."""
    block_lines = [
        line for block in screen.blocks if block.kind not in {"facts", "definition"} for line in _lines(block)
    ]
    shown = [
        value
        for block in screen.all("frame")
        for row in (block.frame.rows if block.frame else ())
        for name, value in row.items()
        if name not in {"Nguồn", "Nội dung kiến nghị", "Tóm tắt", "Ghi chú khi kiểm tra tệp", "Cách xử lý"}
    ]
    return [*block_lines, *shown]


def _lines(block: Block) -> list[str]:
    """The lines of a block; none for the table of a snapshot's checks, which names tables and columns on purpose."""
    if block.kind == "grid" and block.heads[-1:] == ("Số dòng đã xét",):
        return []
    if block.kind == "grid":
        return [*block.heads, *(f"{cell.text} {cell.pair}" for row in block.rows for cell in row)]
    return [line for line in block.text.split("\n") if line]


def _state(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """The line under the navigation has the province of the period, the snapshot's date and the received feeds."""
    period = period_of(world, request)
    lines = screen.text_of("status").split("\n")
    day = day_of(world, request)
    notes.expect_equal("the province", lines[0], world.province(day).name)
    notes.expect(figures.day(world.as_of) in screen.text_of("status"), "the day of the data", lines, world.as_of)
    feeds = " ".join(lines[2:])
    pair = figures.pair(re.sub(r"\d\d/\d\d/\d{4}", "", feeds.replace(period.label, "")))
    notes.expect_equal("feeds received", pair, (period.received, period.expected) if period.expected else None)
    notes.expect(period.label in feeds, "the period of the feeds", feeds, period.label)


def _filters(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """Each filter on the page shows the value in the URL."""
    period, view = period_of(world, request), request.view
    day = day_of(world, request)
    unit = world.unit(view.unit, day) if view.unit else None
    expected = {
        "Kỳ báo cáo": period.label,
        "Lịch báo cáo": CALENDARS[view.calendar],
        "Lĩnh vực": world.fields.get(view.field, "Mọi lĩnh vực"),
        "Phạm vi": {Breadth.SUBTREE: "Gồm đơn vị trực thuộc", Breadth.UNIT: "Riêng đơn vị"}[view.breadth],
        "Cơ quan": {"": "Cả hai cơ quan", "party": "Cấp ủy", "government": "Chính quyền"}[view.body],
    }
    for name, value in expected.items():
        notes.expect_equal(f"filter {name}", screen.choices.get(name, value), value)
    name = unit.name if unit else "Toàn tỉnh"
    shown = screen.choices.get("Đơn vị", name)
    notes.expect(shown.startswith(name), "filter Đơn vị", shown, name)


def _downloads(screen: Screen, notes: Notes) -> None:
    """Every table and chart has a download button below it."""
    blocks = [each for each in screen.blocks if each.kind in {"grid", "frame", "chart", "download"}]
    for block, below in zip(blocks, [*blocks[1:], None], strict=False):
        is_held = block.kind == "download" or (below is not None and below.kind == "download")
        notes.expect(is_held, f"a way to take this {block.kind} away", block.text[:80])


def _spans(block: Block, notes: Notes) -> None:
    """No span of time ends before it begins."""
    spells = [
        f"{row['Giữ chức từ']} – {row['Giữ chức đến']}"
        for row in (block.frame.rows if block.frame else ())
        if "Giữ chức từ" in row
    ]
    for text in [block.text, *spells]:
        for first, last in figures.spans(text):
            notes.expect(first <= last, "from–to", text, "the first day is not after the last")

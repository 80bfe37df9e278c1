"""What holds on every page: it stands, says no code and nothing English, and its filters show what was asked for."""

import re
from datetime import date
from functools import cache

from dashboard.model import Breadth

from . import figures
from .drawn import Block, Drawn
from .notes import Notes
from .views import LIST, PROGRESS, Asked
from .world import Period, World

LEFTOVERS = re.compile(
    r"\b(nan|None|NaT|null|undefined|Infinity|True|False|Traceback|Error|Exception|Loading|Choose|Select|Press|Submit)\b"
    r"|[{}]|<[a-z/]|\bfct_\w+|\b(?:unit|subtree|district|commune|party|government|vacant)\b"
)
CALENDARS = {"party": "Lịch Đảng", "state": "Lịch Nhà nước"}


def hold(world: World, asked: Asked, drawn: Drawn, notes: Notes) -> None:
    """Compare what every page has with the address."""
    _stands(drawn, notes)
    _speaks(world, drawn, notes)
    _state(world, asked, drawn, notes)
    _filters(world, asked, drawn, notes)
    _taken_away(drawn, notes)
    for block in drawn.blocks:
        _spans(block, notes)


def period_of(world: World, asked: Asked) -> Period:
    return world.period(asked.view.calendar, asked.view.period)


def day_of(world: World, asked: Asked) -> date:
    """The day whose units a page shows: that of the data where it tells of today, else that of its period."""
    is_of_today = asked.kind == PROGRESS or (asked.kind == LIST and asked.view.is_of_today)
    return world.as_of.date() if is_of_today else period_of(world, asked).day


def _stands(drawn: Drawn, notes: Notes) -> None:
    notes.same("boxes of exceptions", drawn.exceptions, 0)
    notes.same("dialogs", drawn.dialogs, ())
    message = drawn.first("message") or drawn.first("notice") or drawn.first("person")
    notes.that(message is not None, "a message", drawn.text[:200], "one sentence at the top")
    notes.that(len(drawn.text) > 200, "a page that is not blank", drawn.text, "")


def _speaks(world: World, drawn: Drawn, notes: Notes) -> None:
    """No raw code and nothing English; names of files and sheets stand as they were sent."""
    codes = _codes(frozenset({*world.kpis, *world.fields}))
    for text in texts(drawn):
        found = LEFTOVERS.search(text) or codes.search(text)
        notes.that(found is None, "a word that is none", text, found and found[0])


@cache
def _codes(codes: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(codes))})\b")


def texts(drawn: Drawn) -> list[str]:
    """What the page says in words, canvas tables included; not where files and their sheets are named."""
    said = [line for block in drawn.blocks if block.kind not in {"facts", "definition"} for line in _lines(block)]
    shown = [
        value
        for block in drawn.all("frame")
        for row in (block.frame.rows if block.frame else ())
        for name, value in row.items()
        if name not in {"Nguồn", "Nội dung kiến nghị", "Tóm tắt", "Ghi chú khi kiểm tra tệp", "Cách xử lý"}
    ]
    return [*said, *shown]


def _lines(block: Block) -> list[str]:
    """The table of the checks that a snapshot passed names the tables and columns that it examined, as it should."""
    if block.kind == "grid" and block.heads[-1:] == ("Số dòng đã xét",):
        return []
    if block.kind == "grid":
        return [*block.heads, *(f"{cell.text} {cell.pair}" for row in block.rows for cell in row)]
    return [line for line in block.text.split("\n") if line]


def _state(world: World, asked: Asked, drawn: Drawn, notes: Notes) -> None:
    """The line under the navigation: the province of the period, the day of the data, the feeds that have come."""
    period = period_of(world, asked)
    lines = drawn.said("status").split("\n")
    day = day_of(world, asked)
    notes.same("the province", lines[0], world.province(day).name)
    notes.that(figures.day(world.as_of) in drawn.said("status"), "the day of the data", lines, world.as_of)
    told = " ".join(lines[2:])
    pair = figures.pair(re.sub(r"\d\d/\d\d/\d{4}", "", told.replace(period.label, "")))
    notes.same("feeds received", pair, (period.received, period.expected) if period.expected else None)
    notes.that(period.label in told, "the period of the feeds", told, period.label)


def _filters(world: World, asked: Asked, drawn: Drawn, notes: Notes) -> None:
    """Each filter on the page shows what the address asks for."""
    period, view = period_of(world, asked), asked.view
    day = day_of(world, asked)
    unit = world.unit(view.unit, day) if view.unit else None
    expected = {
        "Kỳ báo cáo": period.label,
        "Lịch báo cáo": CALENDARS[view.calendar],
        "Lĩnh vực": world.fields.get(view.field, "Mọi lĩnh vực"),
        "Phạm vi": {Breadth.SUBTREE: "Gồm đơn vị trực thuộc", Breadth.UNIT: "Riêng đơn vị"}[view.breadth],
        "Cơ quan": {"": "Cả hai cơ quan", "party": "Cấp ủy", "government": "Chính quyền"}[view.body],
    }
    for name, value in expected.items():
        notes.same(f"filter {name}", drawn.choices.get(name, value), value)
    name = unit.name if unit else "Toàn tỉnh"
    shown = drawn.choices.get("Đơn vị", name)
    notes.that(shown.startswith(name), "filter Đơn vị", shown, name)


def _taken_away(drawn: Drawn, notes: Notes) -> None:
    """A button stands below every table and every chart."""
    blocks = [each for each in drawn.blocks if each.kind in {"grid", "frame", "chart", "download"}]
    for block, below in zip(blocks, [*blocks[1:], None], strict=False):
        is_held = block.kind == "download" or (below is not None and below.kind == "download")
        notes.that(is_held, f"a way to take this {block.kind} away", block.text[:80])


def _spans(block: Block, notes: Notes) -> None:
    """No stretch of time ends before it begins."""
    spells = [
        f"{row['Giữ chức từ']} – {row['Giữ chức đến']}"
        for row in (block.frame.rows if block.frame else ())
        if "Giữ chức từ" in row
    ]
    for text in [block.text, *spells]:
        for first, last in figures.spans(text):
            notes.that(first <= last, "from–to", text, "the first day is not after the last")

"""Check the list behind a figure, a class, an age or a meeting: its title, count and rows."""

import re
from collections.abc import Mapping
from typing import Any

from . import figures
from .common import day_of, period_of
from .listings import OF_DIALOGUES, PAGE_ROWS, Listing, listing
from .notes import Notes
from .screen import Frame, Screen
from .views import Request
from .world import World

Row = Mapping[str, Any]
LISTED = re.compile(r"(?:Dòng ([\d.]+)–([\d.]+) trong )?([\d.]+) kiến nghị\.|(Không có kiến nghị nào)\.")
STATES = {
    "settled_on_time": "Đã giải quyết đúng hạn",
    "settled_late": "Đã giải quyết quá hạn",
    "open_in_term": "Đang giải quyết, còn hạn",
    "open_overdue": "Quá hạn chưa giải quyết",
    "left_scope": "Chuyển, trả, trùng hoặc ngoài thẩm quyền",
}


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    behind = listing(world, request.view)
    if behind is None:
        notes.expect(screen.first("notice") is not None, "a list that is none", screen.text_of("message"))
    elif request.view.kpi in OF_DIALOGUES:
        _dialogues(world, behind, screen, notes)
    else:
        frames = screen.all("frame")
        petitions(world, request, behind, _count(screen), frames[0].frame if frames else None, notes)
        _title(world, request, screen, notes)


def total(text: str) -> int | None:
    """The number of petitions or dialogues in the sentence above a list."""
    if match := LISTED.search(text):
        return int((match[3] or "0").replace(".", ""))
    held = re.match(r"([\d.]+) hội nghị đối thoại", text)
    return int(held[1].replace(".", "")) if held else None


def _count(screen: Screen) -> str:
    return next((each.text for each in screen.all("note") if LISTED.search(each.text)), "")


def petitions(
    world: World, request: Request, behind: Listing, text: str, frame: Frame | None, notes: Notes, most: int = PAGE_ROWS
) -> None:
    """Compare the sentence above a list, its page on the screen and its workbook with the rows in SQL."""
    total, match = behind.count(world), LISTED.search(text)
    if not notes.expect(match is not None, "a sentence over the list", text, total) or match is None:
        return
    notes.expect_near(f"petitions of the list «{text}»", match[3] or "0", total)
    rows = frame.rows if frame else ()
    first = (int(request.view.page) - 1) * most if behind.count(world) > most else 0
    shown = max(0, min(most, total - first))
    notes.expect_equal("rows of the workbook", len(rows), total)
    if match[1]:
        notes.expect_equal(f"places of «{text}»", [figures.numbers(match[1])[0], figures.numbers(match[2])[0]],
                   [first + 1, first + shown])  # fmt: skip
    known = {row["petition_id"]: row for row in behind.rows(world)}
    for row in rows[first : first + shown]:
        record = known.get(row["Mã kiến nghị"])
        if (
            notes.expect(record is not None, "a petition of the list", row["Mã kiến nghị"], "not one of them")
            and record
        ):
            _petition(world, request, record, row, notes)


def _petition(world: World, request: Request, record: Row, row: Mapping[str, str], notes: Notes) -> None:
    where = f"petition {record['petition_id']}"
    at = period_of(world, request).cutoff if request.view.kpi else world.as_of
    notes.expect_equal(
        f"{where}: unit", row["Đơn vị giải quyết"], world.name(record["responsible_unit_code"], at.date())
    )
    notes.expect_equal(f"{where}: received", row["Tiếp nhận"], figures.day(record["received_at"]))
    notes.expect_equal(f"{where}: due", row["Hạn"], figures.day(record["due_at"]))
    notes.expect_equal(f"{where}: field", row["Lĩnh vực"], world.fields[record["field_code"]])
    settled = record["settled_at"] if record["settled_at"] and record["settled_at"] <= at else None
    late = ((settled or at) - record["due_at"]).total_seconds() / 86400
    is_left = record["left_at"] is not None and record["left_at"] <= at
    days = figures.number(row["Quá hạn (ngày)"])
    notes.expect_equal(f"{where}: days overdue", days, None if late <= 0 or is_left else int(late))
    if "Tình trạng" in row:
        state = (
            f"settled_{'late' if late > 0 else 'on_time'}"
            if settled
            else f"open_{'overdue' if late > 0 else 'in_term'}"
        )
        notes.expect_equal(f"{where}: state", row["Tình trạng"], STATES["left_scope" if is_left else state])


def _title(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """The title names the KPI and its period, or the date of the snapshot; the unit and field in view are named too."""
    title, view = screen.text_of("message"), request.view
    period = period_of(world, request)
    if view.kpi:
        notes.expect(world.kpis[view.kpi]["name"] in title, "KPI of the title", title, view.kpi)
        notes.expect(period.label in title, "period of the title", title, period.label)
    elif not view.meeting:
        notes.expect(figures.day(world.as_of) in title, "day of the title", title, world.as_of)
    unit = world.unit(view.unit, day_of(world, request)) if view.unit else None
    if unit:
        notes.expect(unit.name in title, "unit of the title", title, unit.name)
    if view.field != "ALL":
        texts = title + " ".join(each.text for each in screen.all("note", "heading", "crumbs", "chips"))
        notes.expect(world.fields[view.field] in texts, "field of the list", title, world.fields[view.field])


def _dialogues(world: World, behind: Listing, screen: Screen, notes: Notes) -> None:
    heading = next((each.text for each in screen.all("heading") if "hội nghị" in each.text), "")
    total = behind.count(world)
    notes.expect_equal(f"dialogues of «{heading}»", 0 if "không có" in heading else figures.number(heading), total)
    frames = screen.all("frame")
    rows = frames[0].frame.rows if frames and frames[0].frame else ()
    notes.expect_equal("rows of dialogues", len(rows), total)
    known = {(figures.day(row["held_on"]), row["chair_name"] or figures.DASH) for row in behind.rows(world)}
    shown = {(row["Ngày"], row["Người chủ trì"] or figures.DASH) for row in rows}
    notes.expect(shown <= known, "dialogues that are none of these", sorted(shown - known))

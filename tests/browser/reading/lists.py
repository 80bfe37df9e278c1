"""The list behind a figure, a class, an age or a meeting: its title, its count, its rows."""

import re
from collections.abc import Mapping
from typing import Any

from . import figures
from .drawn import Drawn, Frame
from .everywhere import day_of, period_of
from .listings import OF_DIALOGUES, PAGE_ROWS, Listing, listing
from .notes import Notes
from .views import Asked
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


def hold(world: World, asked: Asked, drawn: Drawn, notes: Notes) -> None:
    behind = listing(world, asked.view)
    if behind is None:
        notes.that(drawn.first("notice") is not None, "a list that is none", drawn.said("message"))
    elif asked.view.kpi in OF_DIALOGUES:
        _dialogues(world, behind, drawn, notes)
    else:
        frames = drawn.all("frame")
        petitions(world, asked, behind, _count(drawn), frames[0].frame if frames else None, notes)
        _title(world, asked, drawn, notes)


def total(text: str) -> int | None:
    """How many petitions or dialogues a sentence over a list says that it holds."""
    if told := LISTED.search(text):
        return int((told[3] or "0").replace(".", ""))
    held = re.match(r"([\d.]+) hội nghị đối thoại", text)
    return int(held[1].replace(".", "")) if held else None


def _count(drawn: Drawn) -> str:
    return next((each.text for each in drawn.all("note") if LISTED.search(each.text)), "")


def petitions(
    world: World, asked: Asked, behind: Listing, text: str, frame: Frame | None, notes: Notes, most: int = PAGE_ROWS
) -> None:
    """The sentence over a list says how many there are, the table has this page of them, the workbook all of them, and
    each row is one."""
    total, told = behind.count(world), LISTED.search(text)
    if not notes.that(told is not None, "a sentence over the list", text, total) or told is None:
        return
    notes.near(f"petitions of the list «{text}»", told[3] or "0", total)
    rows = frame.rows if frame else ()
    first = (int(asked.view.page) - 1) * most if behind.count(world) > most else 0
    shown = max(0, min(most, total - first))
    notes.same("rows of the workbook", len(rows), total)
    if told[1]:
        notes.same(f"places of «{text}»", [figures.numbers(told[1])[0], figures.numbers(told[2])[0]],
                   [first + 1, first + shown])  # fmt: skip
    known = {row["petition_id"]: row for row in behind.rows(world)}
    for row in rows[first : first + shown]:
        record = known.get(row["Mã kiến nghị"])
        if notes.that(record is not None, "a petition of the list", row["Mã kiến nghị"], "not one of them") and record:
            _petition(world, asked, record, row, notes)


def _petition(world: World, asked: Asked, record: Row, row: Mapping[str, str], notes: Notes) -> None:
    where = f"petition {record['petition_id']}"
    at = period_of(world, asked).cutoff if asked.view.kpi else world.as_of
    notes.same(f"{where}: unit", row["Đơn vị giải quyết"], world.name(record["responsible_unit_code"], at.date()))
    notes.same(f"{where}: received", row["Tiếp nhận"], figures.day(record["received_at"]))
    notes.same(f"{where}: due", row["Hạn"], figures.day(record["due_at"]))
    notes.same(f"{where}: field", row["Lĩnh vực"], world.fields[record["field_code"]])
    settled = record["settled_at"] if record["settled_at"] and record["settled_at"] <= at else None
    late = ((settled or at) - record["due_at"]).total_seconds() / 86400
    is_left = record["left_at"] is not None and record["left_at"] <= at
    days = figures.number(row["Quá hạn (ngày)"])
    notes.same(f"{where}: days overdue", days, None if late <= 0 or is_left else int(late))
    if "Tình trạng" in row:
        state = (
            f"settled_{'late' if late > 0 else 'on_time'}"
            if settled
            else f"open_{'overdue' if late > 0 else 'in_term'}"
        )
        notes.same(f"{where}: state", row["Tình trạng"], STATES["left_scope" if is_left else state])


def _title(world: World, asked: Asked, drawn: Drawn, notes: Notes) -> None:
    """The title names the KPI and its period, or the day of the data."""
    title, view = drawn.said("message"), asked.view
    period = period_of(world, asked)
    if view.kpi:
        notes.that(world.kpis[view.kpi]["name"] in title, "KPI of the title", title, view.kpi)
        notes.that(period.label in title, "period of the title", title, period.label)
    elif not view.meeting:
        notes.that(figures.day(world.as_of) in title, "day of the title", title, world.as_of)
    unit = world.unit(view.unit, day_of(world, asked)) if view.unit else None
    if unit:
        notes.that(unit.name in title, "unit of the title", title, unit.name)
    if view.field != "ALL":
        told = title + " ".join(each.text for each in drawn.all("note", "heading", "crumbs", "chips"))
        notes.that(world.fields[view.field] in told, "field of the list", title, world.fields[view.field])


def _dialogues(world: World, behind: Listing, drawn: Drawn, notes: Notes) -> None:
    heading = next((each.text for each in drawn.all("heading") if "hội nghị" in each.text), "")
    total = behind.count(world)
    notes.same(f"dialogues of «{heading}»", 0 if "không có" in heading else figures.number(heading), total)
    frames = drawn.all("frame")
    rows = frames[0].frame.rows if frames and frames[0].frame else ()
    notes.same("rows of dialogues", len(rows), total)
    known = {(figures.day(row["held_on"]), row["chair_name"] or figures.NOTHING) for row in behind.rows(world)}
    shown = {(row["Ngày"], row["Người chủ trì"] or figures.NOTHING) for row in rows}
    notes.that(shown <= known, "dialogues that are none of these", sorted(shown - known))

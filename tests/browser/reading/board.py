"""Check Tình trạng báo cáo: feeds on time, late and missing."""

import re

from . import figures
from .common import period_of
from .notes import Notes
from .screen import Screen
from .views import Request
from .world import World

STATES = {"on_time": "đúng hạn", "late": "muộn", "missing": "chưa gửi", "not_due": "chưa đến hạn"}


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    period = period_of(world, request)
    sql = "select * from feed_status where period_start <= $last and period_end >= $first order by sender_unit_code"
    known = world.rows(sql, first=period.first, last=period.last)
    _message(screen.text_of("message"), [row["status"] for row in known], notes)
    table = next(
        (each for each in screen.all("grid") if each.heads[:1] == ("Đơn vị gửi",) and "Hạn" in each.heads), None
    )
    sent = [row for row in known if row["status"] != "missing"]
    shown = [dict(zip(table.heads, cells, strict=True)) for cells in table.rows] if table else []
    lines = sorted((line["Đơn vị gửi"].text, line["Kỳ"].text, line["Hạn"].text) for line in shown)
    expected = sorted((_name(world, row), _label(world, row), figures.day(row["deadline"])) for row in sent)
    notes.expect_equal("senders, periods and deadlines", lines, expected)
    by_key = {(_name(world, row), _label(world, row)): row for row in sent}
    for line in shown:
        row = by_key.get((line["Đơn vị gửi"].text, line["Kỳ"].text))
        if row is not None:
            where = f"feed of «{line['Đơn vị gửi'].text}», {line['Kỳ'].text}"
            notes.expect(
                STATES[row["status"]] in line["Tình trạng"].text, where, line["Tình trạng"].text, row["status"]
            )
            late = row["days_late"] if row["status"] == "late" else None
            notes.expect_near(f"{where}: days late", line["Tình trạng"].text, late)
            notes.expect_near(f"{where}: rows", line["Dòng nhận"].text, row["rows_landed"])
            notes.expect_near(f"{where}: kept back", line["Dòng giữ lại"].text, row["rows_quarantined"])


def _message(text: str, states: list[str], notes: Notes) -> None:
    if not states:
        notes.expect("chưa đơn vị nào phải gửi" in text, "a board without feeds", text)
        return
    sent = states.count("on_time") + states.count("late")
    notes.expect_equal("feeds that have come", figures.pair(text.partition(": ")[2]), (sent, len(states)))
    for state, words in (("late", "muộn"), ("missing", "chưa gửi"), ("not_due", "chưa đến hạn")):
        match = re.search(rf"([\d.]+) {words}", text)
        notes.expect_near(f"feeds {state} in «{text}»", match[1] if match else "0", states.count(state))


def _name(world: World, row: dict[str, object] | object) -> str:
    unit = world.unit(row["sender_unit_code"], row["period_end"])  # type: ignore[index]
    return unit.name if unit else ""


def _label(world: World, row: dict[str, object] | object) -> str:
    wanted = (row["calendar"], row["period_code"])  # type: ignore[index]
    return next((each.label for each in world.periods if (each.calendar, each.code) == wanted), str(wanted[1]))

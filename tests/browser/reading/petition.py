"""Check the page of one petition: its state and its source."""

from . import figures
from .lists import STATES
from .notes import Notes
from .screen import Screen
from .views import Request
from .world import World

SHEETS = {"petitions": "Kiến nghị"}
"""The displayed file names in a folder of CSV files."""


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """The page has the petition's state, days overdue, units, field, dates, and its file, sheet and row."""
    (record,) = world.rows("select * from fct_petitions where petition_id = $code", code=request.view.petition)
    facts = {name: value for block in screen.all("facts") for name, value in block.pairs.items()}
    day = record["received_at"].date()
    expected = {
        "Mã kiến nghị": record["petition_id"],
        "Lĩnh vực": world.fields[record["field_code"]],
        "Đơn vị tiếp nhận": world.name(record["unit_code"], day),
        "Đơn vị giải quyết": world.name(record["responsible_unit_code"], day),
        "Tệp": record["file_name"],
        "Trang tính": SHEETS.get(record["sheet"], record["sheet"]),
        "Lần gửi": record["feed_id"],
    }
    for name, value in expected.items():
        notes.expect_equal(f"fact «{name}»", facts.get(name), value)
    notes.expect_near("fact «Dòng»", facts.get("Dòng", ""), record["row_number"])
    for name, at in (("Ngày tiếp nhận", record["received_at"]), ("Ngày giải quyết xong", record["settled_at"]),
                     ("Hạn giải quyết", record["due_at"])):  # fmt: skip
        notes.expect(figures.day(at) in facts.get(name, ""), f"fact «{name}»", facts.get(name), at)
    _state(world, record["petition_id"], screen.text_of("message"), notes)


def _state(world: World, code: str, text: str, notes: Notes) -> None:
    """The state, such as 'Quá hạn chưa giải quyết 12 ngày', is that of the snapshot's date."""
    (record,) = world.rows("select * from fct_petitions where petition_id = $code", code=code)
    late = ((record["settled_at"] or world.as_of) - record["due_at"]).total_seconds() / 86400
    settled = "settled_late" if late > 0 else "settled_on_time"
    state = settled if record["settled_at"] else "open_overdue" if late > 0 else "open_in_term"
    state = "left_scope" if record["left_at"] else state
    notes.expect(text.startswith(STATES[state]), "state of the petition", text, STATES[state])
    days = figures.number(text.removeprefix(STATES[state]))
    if state in {"settled_late", "open_overdue"}:
        notes.expect_equal("days overdue", days, int(late) if late >= 1 else 1)

"""Check Chất lượng dữ liệu: flags of each kind, quarantined rows."""

import re

from . import figures
from .notes import Notes
from .screen import Screen
from .views import Request, read_address
from .world import World


def check(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """The message counts flags without an explanation and quarantined rows; each kind of flag has its number."""
    counts = {row["flag_code"]: row["n"] for row in world.rows(
        "select flag_code, count(*) as n from integrity_flags where severity = 'warn' group by 1")}  # fmt: skip
    message = screen.text_of("message")
    match = re.search(r"([\d.]+) dấu hiệu chờ giải trình", message)
    notes.expect_near(f"flags of «{message}»", match[1] if match else "0", sum(counts.values()))
    kept = "count(*) filter (r.row_status = 'quarantined') as kept, count(*) as rows"
    (row,) = world.rows(f"select {kept} from received_rows r join fct_feeds f using (feed_id) where f.is_current")
    notes.expect_equal(
        f"rows kept out of «{message}»", figures.pair(message.partition(";")[2]), (row["kept"], row["rows"])
    )
    for link in (link for block in screen.all("chips") for link in block.links):
        code, shown = read_address(link.address).view.code, re.search(r"\(([\d.]+)\)$", link.text)
        sql = "select count(*) from integrity_flags where flag_code = $code"
        known = world.one(sql, code=code) if code else sum(counts.values())
        notes.expect_near(f"flags of «{link.text}»", shown[1] if shown else "", known)

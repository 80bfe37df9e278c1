"""Chất lượng dữ liệu: how many flags of each kind, how many rows were kept out."""

import re

from . import figures
from .drawn import Drawn
from .notes import Notes
from .views import Asked
from .views import asked as read_address
from .world import World


def hold(world: World, asked: Asked, drawn: Drawn, notes: Notes) -> None:
    """The message counts what waits for an explanation and the rows kept out; each kind of flag says how many."""
    counts = {row["flag_code"]: row["n"] for row in world.rows(
        "select flag_code, count(*) as n from integrity_flags where severity = 'warn' group by 1")}  # fmt: skip
    message = drawn.said("message")
    told = re.search(r"([\d.]+) dấu hiệu chờ giải trình", message)
    notes.near(f"flags of «{message}»", told[1] if told else "0", sum(counts.values()))
    kept = "count(*) filter (r.row_status = 'quarantined') as kept, count(*) as rows"
    (row,) = world.rows(f"select {kept} from received_rows r join fct_feeds f using (feed_id) where f.is_current")
    notes.same(f"rows kept out of «{message}»", figures.pair(message.partition(";")[2]), (row["kept"], row["rows"]))
    for link in (link for block in drawn.all("chips") for link in block.links):
        code, said = read_address(link.address).view.code, re.search(r"\(([\d.]+)\)$", link.text)
        sql = "select count(*) from integrity_flags where flag_code = $code"
        known = world.one(sql, code=code) if code else sum(counts.values())
        notes.near(f"flags of «{link.text}»", said[1] if said else "", known)

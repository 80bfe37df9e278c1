"""Reasons: what senders confirmed since their feeds landed, brought to the findings that it speaks of."""

import duckdb
import pyarrow as pa

from warehouse.home import Home
from warehouse.state import known_state


def take_over_reasons(con: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Writes the newest reason of each confirmation to the findings of its sender's feeds."""
    senders = con.execute(
        "select distinct sender_unit_code from raw.feeds where sender_unit_code is not null"
    ).fetchall()
    with known_state(home) as state:
        said = [(sender, key, it.reason) for (sender,) in senders for key, it in state.confirmations(sender).items()]
    if not said:
        return
    names = ("sender_unit_code", "key", "reason")
    columns = [pa.array(values, pa.string()) for values in zip(*said, strict=True)]
    con.register("said_reasons", pa.table(columns, names=list(names)))
    con.execute(
        "update raw.findings as t set reason = s.reason from said_reasons as s, raw.feeds as f "
        "where f.feed_id = t.feed_id and f.sender_unit_code = s.sender_unit_code and t.needs_reason "
        "and t.confirmation_key = s.key and t.reason is distinct from s.reason"
    )
    con.unregister("said_reasons")

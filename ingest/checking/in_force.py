"""The version in force: the newest accepted feed of a sender for a period."""

from dataclasses import dataclass
from datetime import datetime

import duckdb


@dataclass(frozen=True)
class InForce:
    """The version in force: its feed id, file name and time of receipt."""

    feed_id: str
    file_name: str
    received_at: datetime


def version_in_force(con: duckdb.DuckDBPyConnection, feed_id: str) -> InForce:
    """The version in force for the sender and period of the accepted feed `feed_id`; it may be that feed itself."""
    (found,) = con.execute(
        "select f.feed_id, f.file_name, f.received_at from raw.feeds as f join raw.feeds as own "
        "on f.sender_unit_code = own.sender_unit_code and f.period_code = own.period_code "
        "where own.feed_id = ? and f.status = 'accepted' order by f.version desc limit 1",
        [feed_id],
    ).fetchall()
    return InForce(*found)

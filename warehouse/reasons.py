"""Reasons: the senders' confirmations and their times, loaded into the warehouse next to the findings."""

import duckdb
import pyarrow as pa

from warehouse.home import Home
from warehouse.state import Confirmation, known_state

_COLUMNS = pa.schema(
    [
        ("said_no", pa.int64()),
        ("sender_unit_code", pa.string()),
        ("confirmation_key", pa.string()),
        ("reason", pa.string()),
        ("confirmed_by", pa.string()),
        ("confirmed_at", pa.timestamp("us")),
    ]
)


def load_reasons(con: duckdb.DuckDBPyConnection, home: Home) -> None:
    """(Re)create `raw.confirmations` with all reasons of the home's senders, in chronological order."""
    with known_state(home) as state:
        said = state.all_confirmations()
    con.register("said_reasons", pa.Table.from_pylist([_row(*each) for each in enumerate(said)], schema=_COLUMNS))
    con.execute("create or replace table raw.confirmations as select * from said_reasons")
    con.unregister("said_reasons")


def _row(number: int, said: Confirmation) -> dict[str, object]:
    return {
        "said_no": number,
        "sender_unit_code": said.sender_unit_code,
        "confirmation_key": said.key,
        "reason": said.reason,
        "confirmed_by": said.confirmed_by,
        "confirmed_at": said.confirmed_at,
    }

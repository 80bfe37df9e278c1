"""In-memory copies of landed tables for checks that write nothing, and the sender's history for them and the writer."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import duckdb

from ingest.checking.sender_history import SenderHistory, history_of
from ingest.contract.load import landed_columns
from ingest.findings.flag_explanations import FINDINGS_QUERY, Row, flag_reasons
from ingest.rules.cross_checks import REFERENCES
from warehouse.connection import MEMORY, connect, landed_attached
from warehouse.home import Home
from warehouse.lookups import load_lookup_files
from warehouse.raw import create_raw


def copy_landed(home: Home) -> duckdb.DuckDBPyConnection:
    """Return an in-memory database with the lookups and the parts of the raw tables that a check reads."""
    con = connect(MEMORY)
    create_raw(con, landed_columns())
    load_lookup_files(con, home)
    if home.warehouse.exists():
        with landed_attached(con, home):
            _copy_referenced(con)
    return con


def _copy_referenced(con: duckdb.DuckDBPyConnection) -> None:
    """Copy the records of feeds, and the sheets that rows of other sheets refer to."""
    con.execute("insert into raw.feeds by name select * from landed.raw.feeds")
    referred_to = sorted(kind.value for kind, _ in REFERENCES.values())
    for sheet in referred_to:
        con.execute(f"insert into raw.{sheet} by name select * exclude (received) from landed.raw.{sheet}")
    con.execute(
        "insert into raw.quarantine by name select * from landed.raw.quarantine where list_contains(?, sheet_kind)",
        [referred_to],
    )


def history_for_copy(con: duckdb.DuckDBPyConnection, home: Home) -> SenderHistory:
    """The history for a check on a copy: earlier versions are copied when the check asks for them."""

    def recorded(sender: str, rules: Sequence[str]) -> list[Row]:
        if not home.warehouse.exists():
            return []
        with landed_attached(con, home):
            return con.execute(FINDINGS_QUERY.format(schema="landed.raw"), [sender, rules]).fetchall()

    return history_of(
        home,
        partial(_load_period, con, home),
        partial(_landed, con, home),
        lambda sender: flag_reasons(home, sender, recorded),
    )


def history_for_writer(con: duckdb.DuckDBPyConnection, home: Home) -> SenderHistory:
    """The history for the writer of the warehouse, whose connection is `con`."""

    def recorded(sender: str, rules: Sequence[str]) -> list[Row]:
        return con.execute(FINDINGS_QUERY.format(schema="raw"), [sender, rules]).fetchall()

    return history_of(home, flag_reasons=lambda sender: flag_reasons(home, sender, recorded))


@contextmanager
def _landed(con: duckdb.DuckDBPyConnection, home: Home) -> Iterator[str]:
    if not home.warehouse.exists():
        yield "raw"
        return
    with landed_attached(con, home):
        yield "landed.raw"


def _load_period(con: duckdb.DuckDBPyConnection, home: Home, sender: str, period: str) -> None:
    """Copy the findings of all feeds from the sender for the period, and the rows of the accepted ones.

    Tables that a warehouse of an earlier release lacks are skipped.
    """
    records = con.execute(
        "select feed_id, status = 'accepted' from raw.feeds where sender_unit_code = ? and period_code = ?",
        [sender, period],
    ).fetchall()
    if not records:
        return
    accepted = [feed_id for feed_id, is_accepted in records if is_accepted]
    with landed_attached(con, home):
        tables = con.execute(
            "select table_name from duckdb_tables() where database_name = 'landed' and schema_name = 'raw'"
        ).fetchall()
        _copy(con, "findings", [feed_id for feed_id, _ in records])
        for sheet in {name for (name,) in tables}.intersection(landed_columns()):
            _copy(con, sheet, accepted)


def _copy(con: duckdb.DuckDBPyConnection, table: str, feeds: Sequence[str]) -> None:
    con.execute(f"delete from raw.{table} where list_contains(?, feed_id)", [feeds])
    received = " exclude (received)" if table in landed_columns() else ""
    con.execute(
        f"insert into raw.{table} by name select *{received} from landed.raw.{table} where list_contains(?, feed_id)",
        [feeds],
    )

"""Copies of what landed, for checks that change nothing, and what is known from before on either connection."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import duckdb

from ingest.checking.sender_history import Memory, memory_of
from ingest.contract.load import landed_columns
from ingest.findings.flag_explanations import ASKED, Row, explained
from ingest.rules.cross_checks import REFERENCES
from warehouse.connection import MEMORY, connect, landed_attached
from warehouse.home import Home
from warehouse.lookups import load_lookup_files
from warehouse.raw import create_raw


def copy_of_what_landed(home: Home) -> duckdb.DuckDBPyConnection:
    """A database in memory with the lookups, and of the raw tables what a check looks at."""
    con = connect(MEMORY)
    create_raw(con, landed_columns())
    load_lookup_files(con, home)
    if home.warehouse.exists():
        with landed_attached(con, home):
            _copy_what_is_referred_to(con)
    return con


def _copy_what_is_referred_to(con: duckdb.DuckDBPyConnection) -> None:
    """Copies the records of feeds, and the sheets to which rows of others refer."""
    con.execute("insert into raw.feeds by name select * from landed.raw.feeds")
    referred_to = sorted(kind.value for kind, _ in REFERENCES.values())
    for sheet in referred_to:
        con.execute(f"insert into raw.{sheet} by name select * exclude (received) from landed.raw.{sheet}")
    con.execute(
        "insert into raw.quarantine by name select * from landed.raw.quarantine where list_contains(?, sheet_kind)",
        [referred_to],
    )


def memory_for_copy(con: duckdb.DuckDBPyConnection, home: Home) -> Memory:
    """What is known from before, for a check on a copy: earlier versions are copied when they are asked for."""

    def ask(sender: str, rules: Sequence[str]) -> list[Row]:
        if not home.warehouse.exists():
            return []
        with landed_attached(con, home):
            return con.execute(ASKED.format(schema="landed.raw"), [sender, rules]).fetchall()

    return memory_of(
        home, partial(_bring, con, home), partial(_landed, con, home), lambda sender: explained(home, sender, ask)
    )


def memory_for_writer(con: duckdb.DuckDBPyConnection, home: Home) -> Memory:
    """What is known from before, for the writer of the warehouse on `con`."""

    def ask(sender: str, rules: Sequence[str]) -> list[Row]:
        return con.execute(ASKED.format(schema="raw"), [sender, rules]).fetchall()

    return memory_of(home, explained=lambda sender: explained(home, sender, ask))


@contextmanager
def _landed(con: duckdb.DuckDBPyConnection, home: Home) -> Iterator[str]:
    if not home.warehouse.exists():
        yield "raw"
        return
    with landed_attached(con, home):
        yield "landed.raw"


def _bring(con: duckdb.DuckDBPyConnection, home: Home, sender: str, period: str) -> None:
    """Copies what the sender sent for the period: the findings of all records, the rows of the accepted versions.

    A table that a warehouse of an earlier release lacks has nothing to copy.
    """
    records = con.execute(
        "select feed_id, status = 'accepted' from raw.feeds where sender_unit_code = ? and period_code = ?",
        [sender, period],
    ).fetchall()
    if not records:
        return
    accepted = [feed_id for feed_id, is_accepted in records if is_accepted]
    with landed_attached(con, home):
        there = con.execute(
            "select table_name from duckdb_tables() where database_name = 'landed' and schema_name = 'raw'"
        ).fetchall()
        _copy(con, "findings", [feed_id for feed_id, _ in records])
        for sheet in {name for (name,) in there}.intersection(landed_columns()):
            _copy(con, sheet, accepted)


def _copy(con: duckdb.DuckDBPyConnection, table: str, feeds: Sequence[str]) -> None:
    con.execute(f"delete from raw.{table} where list_contains(?, feed_id)", [feeds])
    received = " exclude (received)" if table in landed_columns() else ""
    con.execute(
        f"insert into raw.{table} by name select *{received} from landed.raw.{table} where list_contains(?, feed_id)",
        [feeds],
    )

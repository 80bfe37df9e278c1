"""Raw tables: feeds as landed, row by row, with their lineage and the received text of every cell.

Tables about feeds grow by the numbered `STEPS`; tables of sheets grow with the contracts: a new column of a contract
becomes a column of its table and a field of `received`, null in the rows of earlier feeds. Nothing is ever dropped.
"""

from collections.abc import Mapping

import duckdb

from warehouse.errors import UsageError
from warehouse.sql import quoted

Sheets = Mapping[str, Mapping[str, str]]
"""The fields of each landed sheet and their types in DuckDB, in contract order."""

STEPS = (
    """
    create table if not exists raw.feeds (
        feed_id varchar primary key, sha256 varchar not null, file_name varchar not null, archive_name varchar,
        sender_unit_code varchar, period_code varchar, version integer, received_at timestamp not null,
        status varchar not null check (status in ('accepted', 'rejected')), nil_return boolean,
        prepared_on date, prepared_by varchar, approved_by varchar, declared_dialogues bigint,
        declared_petitions bigint, profile varchar, rows_landed bigint, rows_quarantined bigint, findings bigint,
        unique (sender_unit_code, period_code, version)
    );
    create table if not exists raw.feed_columns (
        feed_id varchar, sheet_kind varchar, field varchar, header varchar, letter varchar, encoding varchar
    );
    create table if not exists raw.quarantine (
        feed_id varchar, sheet_kind varchar, sheet varchar, row_number integer, received varchar, rules varchar
    );
    create table if not exists raw.findings (
        feed_id varchar, finding_no integer, tier varchar, rule varchar, file varchar, sheet varchar, cell varchar,
        row_number integer, header varchar, field varchar, value varchar, message varchar, remedy varchar, count bigint
    );
    create table if not exists raw.repairs (
        feed_id varchar, sheet_kind varchar, sheet varchar, field varchar, received varchar, read varchar,
        repair varchar, cells bigint, first_row integer
    );
    create table if not exists raw.set_aside (
        feed_id varchar, sheet varchar, row_number integer, reason varchar, text varchar
    );
    """,
    """
    create table if not exists raw.changes (
        feed_id varchar, previous_feed_id varchar, sheet_kind varchar, row_key varchar,
        change varchar check (change in ('added', 'changed', 'withdrawn', 'set_aside')),
        field varchar, before varchar, after varchar, row_number integer, cell varchar
    );
    alter table raw.feeds add column if not exists contracts varchar;
    alter table raw.findings add column if not exists sheet_kind varchar;
    alter table raw.findings add column if not exists row_key varchar;
    alter table raw.findings add column if not exists needs_reason boolean;
    alter table raw.findings add column if not exists standing varchar;
    alter table raw.findings add column if not exists reason varchar;
    alter table raw.findings add column if not exists evidence varchar;
    alter table raw.findings add column if not exists grouped boolean;
    alter table raw.findings add column if not exists identity varchar;
    alter table raw.findings add column if not exists confirmation_key varchar;
    """,
    """
    alter table raw.feed_columns add column if not exists sheet varchar;
    alter table raw.feed_columns add column if not exists first_row integer;
    alter table raw.feed_columns add column if not exists last_row integer;
    alter table raw.feed_columns add column if not exists filled_rows integer[];
    """,
    """
    alter table raw.feeds add column if not exists saved_at timestamp;
    alter table raw.findings add column if not exists fact varchar;
    """,
)
"""The changes of each release to the record tables, in order; released steps never change.

The first three use "if not exists", because releases before the fourth step did not count them.
"""


def is_current(con: duckdb.DuckDBPyConnection, database: str, sheets: Sheets) -> bool:
    """Whether schema `raw` of an attached database is current; raise UsageError if it is of a later release."""
    there = _columns(con, database)
    taken = _steps_taken(con, database) if "steps" in there else 0
    return taken == len(STEPS) and all(there.get(sheet, set()).issuperset(sheets[sheet]) for sheet in sheets)


def create_raw(con: duckdb.DuckDBPyConnection, sheets: Sheets) -> None:
    """Create schema `raw`, or migrate that of an earlier release, in one transaction.

    Raise UsageError if it is of a later release.
    """
    ((database,),) = con.execute("select current_database()").fetchall()
    con.execute("begin")
    try:
        con.execute("create schema if not exists raw; create table if not exists raw.steps (step integer primary key)")
        for number in range(_steps_taken(con, database) + 1, len(STEPS) + 1):
            con.execute(STEPS[number - 1])
            con.execute("insert into raw.steps values (?)", [number])
        there = _columns(con, database)
        for sheet, fields in sheets.items():
            _widen(con, sheet, fields, there[sheet]) if sheet in there else _create(con, sheet, fields)
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def _steps_taken(con: duckdb.DuckDBPyConnection, database: str) -> int:
    ((taken,),) = con.execute(f"select coalesce(max(step), 0) from {quoted(database)}.raw.steps").fetchall()
    if taken > len(STEPS):
        raise UsageError(
            f"Kho dữ liệu này do một bản Đối thoại mới hơn tạo ra (bước {taken}, bản này biết đến bước {len(STEPS)}).",
            "Cài lại bản Đối thoại mới nhất đã dùng với kho này.",
        )
    return int(taken)


def _columns(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, set[str]]:
    """Return the columns of each table of schema `raw`."""
    found: dict[str, set[str]] = {}
    query = "select table_name, column_name from duckdb_columns() where database_name = ? and schema_name = 'raw'"
    for table, column in con.execute(query, [database]).fetchall():
        found.setdefault(table, set()).add(column)
    return found


def _create(con: duckdb.DuckDBPyConnection, sheet: str, fields: Mapping[str, str]) -> None:
    typed = ", ".join(f"{quoted(name)} {kind}" for name, kind in fields.items())
    received = ", ".join(f"{quoted(name)} varchar" for name in fields)
    con.execute(
        f"create table raw.{sheet} (feed_id varchar not null, sheet varchar not null, row_number integer not null, "
        f"{typed}, received struct({received}))"
    )


def _widen(con: duckdb.DuckDBPyConnection, sheet: str, fields: Mapping[str, str], there: set[str]) -> None:
    for name, kind in fields.items():
        if name not in there:
            con.execute(f"alter table raw.{sheet} add column {quoted(name)} {kind}")
            con.execute(f"alter table raw.{sheet} add column received.{quoted(name)} varchar")

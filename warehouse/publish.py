"""Published snapshots: immutable files of the marts, and the pointer to the one in force.

A snapshot is written under a temporary name, checked, renamed to a new name, and then named by `current.json`, which is
replaced atomically. A reader keeps its open file until it next reads the pointer.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.connection import connect
from warehouse.errors import SnapshotMissing
from warehouse.home import Home
from warehouse.sql import literal
from warehouse.suite_results import PassedCheck

TABLES = (
    "kpi_values",
    "fct_petitions",
    "fct_dialogues",
    "fct_plans",
    "fct_trainings",
    "fct_decisions",
    "fct_practices",
    "stock_flow",
    "subject_stock_flow",
    "dim_units",
    "dim_tenures",
    "dim_periods",
    "dim_kpis",
    "kpi_parts",
    "dim_fields",
    "dim_dates",
    "feed_status",
    "feed_findings",
    "fct_feeds",
    "feed_deadlines",
    "feed_columns",
    "feed_repairs",
    "feed_changes",
    "received_rows",
    "integrity_flags",
    "dim_flags",
)
"""The marts of a snapshot, in addition to its one-row table `snapshot`."""

SUITE_RESULTS = """
create table suite_results (
    suite varchar, check_id varchar, description varchar, examined varchar, rows_examined bigint
)"""
"""The checks that the marts of a snapshot passed."""


@dataclass(frozen=True)
class SnapshotFile:
    """A published snapshot: its id and file, its cutoffs (`as_of`, `known_at`) and the time of its build."""

    id: str
    path: Path
    as_of: datetime
    known_at: datetime
    built_at: datetime


def current(home: Home) -> SnapshotFile:
    """Return the snapshot in force; raise SnapshotMissing if nothing is published or the pointer is invalid."""
    try:
        pointer = json.loads(home.pointer.read_text(encoding="utf-8"))
        instants = {name: datetime.fromisoformat(pointer[name]) for name in ("as_of", "known_at", "built_at")}
        snapshot = SnapshotFile(id=pointer["id"], path=home.published / Path(pointer["file"]).name, **instants)
    except FileNotFoundError as error:
        raise SnapshotMissing(
            "Chưa có số liệu nào được công bố.", "Chạy «doithoai run» để nạp và tính số liệu."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotMissing(f"Không đọc được {home.pointer}: {error}.", "Chạy lại «doithoai build».") from error
    if not snapshot.path.is_file():
        raise SnapshotMissing(f"Thiếu tệp số liệu {snapshot.path}.", "Chạy lại «doithoai build».")
    return snapshot


def write_snapshot(home: Home, snapshot_id: str, facts: Mapping[str, object]) -> Path:
    """Copy the marts of the home's warehouse and the one-row table `snapshot` into a new file; return its temporary
    path."""
    draft = home.published / f"{snapshot_id}.tmp"
    with connect(home.warehouse) as con:
        con.execute(f"attach {literal(str(draft))} as snapshot_file")
        con.execute("begin")
        for table in TABLES:
            con.execute(f"create table snapshot_file.{table} as select * from marts.{table}")
        _write_facts(con, facts)
        con.execute("commit")
        con.execute("checkpoint snapshot_file")
        con.execute("detach snapshot_file")
    return draft


def write_results(draft: Path, results: Sequence[PassedCheck]) -> None:
    """Write table `suite_results` into a checked draft: one row per check."""
    with connect(draft) as con:
        con.execute(SUITE_RESULTS)
        con.register("passed", pa.Table.from_pylist([asdict(each) for each in results]))
        con.execute("insert into suite_results by name select * from passed")
        con.unregister("passed")
        con.execute("checkpoint")


def put_in_force(home: Home, draft: Path, snapshot: SnapshotFile) -> SnapshotFile:
    """Rename a checked draft, make it read-only and durable, and point `current.json` to it."""
    _sync(draft)
    draft.rename(snapshot.path)
    snapshot.path.chmod(0o444)  # other programs may read it: its texts are masked
    _replace_pointer(home, snapshot)
    _sync(home.published)
    return snapshot


def _write_facts(con: duckdb.DuckDBPyConnection, facts: Mapping[str, object]) -> None:
    columns = ", ".join(f"${name} as {name}" for name in facts)
    con.execute(f"create table snapshot_file.snapshot as select {columns}", dict(facts))


def _replace_pointer(home: Home, snapshot: SnapshotFile) -> None:
    pointer = {name: str(value) for name, value in asdict(snapshot).items() if name != "path"}
    draft = home.pointer.with_suffix(".json.tmp")
    with draft.open("w", encoding="utf-8") as file:
        json.dump({**pointer, "file": snapshot.path.name}, file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(0o644)
    draft.replace(home.pointer)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

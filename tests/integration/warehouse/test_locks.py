"""Readers and the writer of the warehouse wait for each other; after a time limit, the error names the process."""

import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import Verdict
from ingest.pipeline import check_paths, land_paths
from tests.integration.feed_files import petitions, write_feed
from warehouse.connection import connect, landed_attached
from warehouse.errors import UsageError, WriterBusy
from warehouse.home import Home, writer_lock

NOW = datetime(2024, 10, 5, 12)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = warehouse.home.create(tmp_path / "home")
    with writer_lock(home, "ingest", NOW):
        land_paths([write_feed(tmp_path / "f")], home, warehouse.settings.load(home), NOW)
    return home


@pytest.fixture
def memory() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(Path(":memory:")) as con:
        yield con


def test_a_writer_waits_for_readers(home: Home, memory: duckdb.DuckDBPyConnection) -> None:
    begun = threading.Event()

    def read() -> None:
        with landed_attached(memory, home):
            begun.set()
            time.sleep(0.5)

    reader = threading.Thread(target=read)
    reader.start()
    begun.wait()
    with writer_lock(home, "ingest", NOW):
        assert not reader.is_alive() or not _is_attached(memory)
        with connect(home.warehouse) as con:
            assert con.execute("select count(*) from raw.petitions").fetchall() == [(1,)]
    reader.join()


def _is_attached(con: duckdb.DuckDBPyConnection) -> bool:
    return ("landed",) in con.cursor().execute("select database_name from duckdb_databases()").fetchall()


def test_a_check_runs_next_to_another_reader(home: Home, memory: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    source = write_feed(tmp_path / "g", petitions=petitions(2))
    with landed_attached(memory, home):
        (checked,) = check_paths([source], home, warehouse.settings.load(home), NOW)
    assert (checked.verdict, checked.previous) == (Verdict.ACCEPTED, "347-2024Q3-v1")


def test_a_reader_that_waits_too_long_gets_the_name_of_the_writer(
    home: Home, memory: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warehouse.home, "PATIENCE", 0.3)
    told = pytest.raises(WriterBusy, match="đang được ghi bởi «build»")
    with writer_lock(home, "build", NOW), told, landed_attached(memory, home):
        pass
    told = pytest.raises(WriterBusy, match="đang được một tiến trình khác đọc")
    with landed_attached(memory, home), told, writer_lock(home, "ingest", NOW):
        pass


def test_a_damaged_warehouse_is_not_reported_as_busy(home: Home, memory: duckdb.DuckDBPyConnection) -> None:
    home.warehouse.write_bytes(b"no database" * 1_000)
    with pytest.raises(UsageError, match="khôi phục tệp này từ bản sao lưu"), landed_attached(memory, home):
        pass
    with pytest.raises(UsageError, match="khôi phục tệp này từ bản sao lưu"):
        connect(home.warehouse)

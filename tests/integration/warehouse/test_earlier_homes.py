"""Homes of earlier releases, or with narrower contracts, are upgraded and keep their data."""

import tarfile
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
import yaml

import warehouse.home
from doithoai import cli
from ingest.checking.checked_feed import Verdict
from ingest.contract.load import landed_columns
from tests.integration.feed_files import PETITION, petitions, write_feed
from tests.integration.homes import Row, ask, home_with, land, published
from warehouse.connection import connect
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.publish import current
from warehouse.raw import STEPS, create_raw
from warehouse.state import open_state

ARCHIVES = sorted((Path(__file__).parents[2] / "fixtures" / "earlier_homes").glob("*.tar.xz"))
AS_OF = datetime(2024, 10, 5, 12)
NOW = datetime(2024, 10, 6, 8)
RECORDS = ("feeds", "feed_columns", "quarantine", "findings", "repairs", "set_aside", "changes", *landed_columns())


def extract(archive: Path, root: Path) -> Home:
    with tarfile.open(archive) as packed:
        packed.extractall(root, filter="data")
    return warehouse.home.existing(root)


@pytest.fixture(params=ARCHIVES, ids=lambda path: path.name.partition(".")[0])
def earlier(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home of an earlier release, with a fixed clock."""
    monkeypatch.setattr("doithoai.surroundings.now", lambda _zone: NOW)
    return extract(request.param, tmp_path / "home")


def rows(home: Home, query: str) -> list[Row]:
    with connect(home.warehouse, read_only=True) as con:
        return con.execute(query).fetchall()


def records(home: Home, columns: dict[str, list[str]]) -> dict[str, list[Row]]:
    """The rows of the raw tables in the given columns."""
    return {
        table: rows(home, f"select {', '.join(names)} from raw.{table} order by all")
        for table, names in columns.items()
    }


def columns_of(home: Home) -> dict[str, list[str]]:
    query = "select table_name, list(column_name order by column_index) from duckdb_columns() where schema_name = 'raw'"
    with connect(home.warehouse, read_only=True) as con:
        return {table: names for table, names in con.execute(f"{query} group by 1").fetchall() if table in RECORDS}


def test_landed_feeds_are_kept_and_read_as_before(earlier: Home, tmp_path: Path) -> None:
    before = columns_of(earlier)
    held = records(earlier, before)
    feed = write_feed(tmp_path / "feed", petitions=petitions(2))
    assert cli.exit_code(["check", str(feed), "--home", str(earlier.root)]) == 0
    assert records(earlier, before) == held
    assert columns_of(earlier).keys() == {*RECORDS}
    assert rows(earlier, "select max(step) from raw.steps") == [(len(STEPS),)]
    with open_state(earlier) as state:
        assert [each.text for (each,) in state.explanations().values()] == ["Đã rõ"]
        assert [each.reason for each in state.confirmations("347").values()] == ["Theo kế hoạch vốn"]


@pytest.mark.slow
def test_a_new_version_lands_and_the_worked_example_has_its_figures(earlier: Home, tmp_path: Path) -> None:
    home = ["--home", str(earlier.root)]
    query = "select feed_id, version, status, rows_landed, rows_quarantined from raw.feeds order by version"
    assert rows(earlier, query) == [("347-2024Q3-v1", 1, "accepted", 10, 0), ("347-2024Q3-v2", 2, "accepted", 10, 1)]
    assert cli.exit_code(["build", "--as-of", f"{AS_OF}", *home]) == 0
    rates = (
        "select kpi_code, numerator, denominator from kpi_values where subject_id = '13285' and subject_type = 'unit' "
        "and calendar = 'party' and period_type = 'quarter' and period_start = $1 and field_code = 'ALL' "
        "and kpi_code in ('resolution_rate', 'on_time_rate', 'overdue_rate') order by 1"
    )
    law = [("on_time_rate", 2, 4), ("overdue_rate", 1, 2), ("resolution_rate", 3, 5)]
    assert ask(earlier, rates, date(2024, 7, 1)) == law
    third = write_feed(tmp_path / "third", petitions=petitions(3))
    assert cli.exit_code(["check", str(third), *home]) == 0
    assert cli.exit_code(["ingest", str(third), *home]) == 0
    assert rows(earlier, f"select feed_id from ({query}) where version = 3") == [("347-2024Q3-v3",)]
    assert cli.exit_code(["check", "347-2024Q3-v2", *home]) == 0
    assert current(earlier).as_of == AS_OF


def test_a_home_is_upgraded_once_per_release(earlier: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    call = ["confirm", "347-2024Q3-v2", "--home", str(earlier.root)]
    assert cli.exit_code(call) == 0
    monkeypatch.setattr("doithoai.homes.is_current", lambda *_: pytest.fail("looked a second time"))
    assert cli.exit_code(call) == 0
    monkeypatch.undo()
    monkeypatch.setattr("doithoai.surroundings.now", lambda _zone: NOW)
    before = rows(earlier, "select max(step) from raw.steps")
    with connect(earlier.warehouse) as con:
        con.execute("delete from raw.steps where step = (select max(step) from raw.steps)")
    earlier.release.unlink()
    assert cli.exit_code(call) == 0
    assert rows(earlier, "select max(step) from raw.steps") == before


def add_column(folder: Path) -> None:
    """Add a date column to the contract of petitions."""
    path = folder / "petitions.yaml"
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    tree["schema"][0]["properties"].append(
        {
            "name": "acknowledged_on",
            "businessName": "Ngày xác nhận",
            "logicalType": "date",
            "physicalType": "day",
        }
    )
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")


def test_a_new_contract_column_lands_in_an_existing_home(tmp_path: Path, other_contracts: Path) -> None:
    first = write_feed(tmp_path / "first", petitions=petitions(2))
    home = home_with(tmp_path / "home", first, datetime(2024, 10, 4))
    add_column(other_contracts)
    findings = [{**each, "acknowledged_on": "05/08/2024"} for each in petitions(2)]
    path = write_feed(tmp_path / "second", petitions=findings)
    assert land(home, path, datetime(2024, 10, 5)) is Verdict.ACCEPTED
    query = "select feed_id[-2:], acknowledged_on, received.acknowledged_on, received.petition_code is not null "
    assert rows(home, f"{query} from raw.petitions order by feed_id, petition_code") == [
        *[("v1", None, None, True)] * 2,
        *[("v2", date(2024, 8, 5), "05/08/2024", True)] * 2,
    ]


@pytest.mark.slow
def test_a_new_contract_column_does_not_change_figures(tmp_path: Path, other_contracts: Path) -> None:
    home = home_with(tmp_path / "home", write_feed(tmp_path / "feed"), datetime(2024, 10, 4))
    add_column(other_contracts)
    published(home, as_of=AS_OF, known_at=AS_OF, now=NOW)
    assert ask(home, "select petition_code from fct_petitions") == [(PETITION["petition_code"],)]
    assert rows(home, "select acknowledged_on, received.acknowledged_on from raw.petitions") == [(None, None)]


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_a_second_upgrade_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    for _ in range(2):
        create_raw(con, landed_columns())
    assert con.execute("select count(*), max(step) from raw.steps").fetchall() == [(len(STEPS), len(STEPS))]


def test_a_failed_step_is_rolled_back(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    create_raw(con, landed_columns())
    before = con.execute("select table_name, sql from duckdb_tables() order by all").fetchall()
    monkeypatch.setattr("warehouse.raw.STEPS", (*STEPS, "alter table raw.feeds add column a text; select nothing"))
    with pytest.raises(duckdb.Error):
        create_raw(con, landed_columns())
    assert con.execute("select table_name, sql from duckdb_tables() order by all").fetchall() == before


def test_a_warehouse_of_a_later_release_is_not_changed(con: duckdb.DuckDBPyConnection) -> None:
    create_raw(con, landed_columns())
    con.execute(f"insert into raw.steps values ({len(STEPS) + 1})")
    with pytest.raises(UsageError, match="do một bản Đối thoại mới hơn tạo ra"):
        create_raw(con, landed_columns())

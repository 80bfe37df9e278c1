"""File permissions of a home: others may read published files, but nothing that may hold personal data."""

import json
import stat
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

import warehouse.home
import warehouse.settings
from doithoai import cli
from ingest.contract.load import landed_columns
from tests.integration.feed_files import write_feed
from warehouse.build import build
from warehouse.home import Home, writer_lock
from warehouse.publish import current
from warehouse.state import Explanation, open_state

NOW = datetime(2024, 10, 5, 12)


@pytest.fixture(autouse=True)
def by_query(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doithoai.surroundings.now", lambda _zone: NOW)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a landed feed, a file in the inbox and a stored reason."""
    made = warehouse.home.create(tmp_path / "home")
    write_feed(made.inbox / "feed")
    assert cli.exit_code(["ingest", "--home", str(made.root)]) == 0
    with open_state(made) as state:
        state.explain(Explanation("x", "Đã hỏi lại", "Bình", NOW))
    return made


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def private_files(home: Home) -> dict[str, int]:
    return {path.name: permissions(path) for path in (home.inbox, home.archive, home.warehouse, home.state)}


PRIVATE = {"inbox": 0o700, "archive": 0o700, "warehouse.duckdb": 0o600, "state.sqlite": 0o600}


def test_only_the_owner_can_read_a_new_home(home: Home) -> None:
    assert private_files(home) == PRIVATE


def test_only_the_owner_can_read_the_log_of_the_warehouse(home: Home) -> None:
    with writer_lock(home, "ingest", NOW), duckdb.connect(str(home.warehouse)) as con:
        con.execute("create table fresh as select 1 as x")
        assert permissions(home.warehouse.with_name("warehouse.duckdb.wal")) == 0o600
    elsewhere = home.root / "other"
    elsewhere.touch()
    assert permissions(elsewhere) & 0o044, "later files have the usual permissions"


@pytest.mark.parametrize("verb", ["ingest", "confirm"])
def test_an_existing_home_becomes_private_with_the_next_write(home: Home, verb: str) -> None:
    for name, mode in PRIVATE.items():
        (home.root / name).chmod(mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6)
    if verb == "ingest":
        assert cli.exit_code(["ingest", "--home", str(home.root)]) == 0
    else:
        with open_state(home):
            pass
    assert private_files(home) == PRIVATE


def test_a_group_can_still_deliver_into_the_inbox(home: Home) -> None:
    home.inbox.chmod(0o2775)
    assert cli.exit_code(["ingest", "--home", str(home.root)]) == 0
    assert permissions(home.inbox) == 0o2770


def test_everybody_can_read_published_files(home: Home) -> None:
    build(home=home, settings=warehouse.settings.load(home), as_of=NOW, known_at=NOW, now=NOW, sheets=landed_columns())
    assert permissions(home.published) & 0o055 == 0o055
    assert (permissions(current(home).path), permissions(home.pointer)) == (0o444, 0o644)


def test_doctor_reports_who_else_can_read(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    def warnings() -> dict[str, str]:
        capsys.readouterr()
        assert cli.exit_code(["doctor", "--json", "--home", str(home.root)]) == 0
        (item,) = (each for each in json.loads(capsys.readouterr().out) if each["name"] == "private")
        return {"found": item["found"], "verdict": item["verdict"]}

    assert warnings()["verdict"] == "good"
    home.warehouse.chmod(0o644)
    home.inbox.chmod(0o770)
    found = warnings()
    assert found["verdict"] == "note"
    assert f"người khác đọc được {home.warehouse}" in found["found"]
    assert f"nhóm đọc được {home.inbox}" in found["found"]
    assert permissions(home.warehouse) == 0o644, "doctor changes no permissions"

"""Who else on the machine reads what of a home: what is published, and nothing that may hold personal data."""

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
    """A home with a feed in the inbox, taken in, and something said."""
    made = warehouse.home.create(tmp_path / "home")
    write_feed(made.inbox / "feed")
    assert cli.exit_code(["ingest", "--home", str(made.root)]) == 0
    with open_state(made) as state:
        state.explain(Explanation("x", "Đã hỏi lại", "Bình", NOW))
    return made


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def kept(home: Home) -> dict[str, int]:
    return {path.name: rights(path) for path in (home.inbox, home.archive, home.warehouse, home.state)}


PRIVATE = {"inbox": 0o700, "archive": 0o700, "warehouse.duckdb": 0o600, "state.sqlite": 0o600}


def test_a_new_home_is_its_owners(home: Home) -> None:
    assert kept(home) == PRIVATE


def test_the_log_of_the_warehouse_is_its_owners(home: Home) -> None:
    with writer_lock(home, "ingest", NOW), duckdb.connect(str(home.warehouse)) as con:
        con.execute("create table fresh as select 1 as x")
        assert rights(home.warehouse.with_name("warehouse.duckdb.wal")) == 0o600
    elsewhere = home.root / "other"
    elsewhere.touch()
    assert rights(elsewhere) & 0o044, "what is written later has the rights of always"


@pytest.mark.parametrize("verb", ["ingest", "confirm"])
def test_a_home_of_before_becomes_its_owners_with_the_next_writing(home: Home, verb: str) -> None:
    for name, mode in PRIVATE.items():
        (home.root / name).chmod(mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6)
    if verb == "ingest":
        assert cli.exit_code(["ingest", "--home", str(home.root)]) == 0
    else:
        with open_state(home):
            pass
    assert kept(home) == PRIVATE


def test_a_group_that_delivers_into_the_inbox_goes_on(home: Home) -> None:
    home.inbox.chmod(0o2775)
    assert cli.exit_code(["ingest", "--home", str(home.root)]) == 0
    assert rights(home.inbox) == 0o2770


def test_what_is_published_is_read_by_everybody(home: Home) -> None:
    build(home=home, settings=warehouse.settings.load(home), as_of=NOW, known_at=NOW, now=NOW, sheets=landed_columns())
    assert rights(home.published) & 0o055 == 0o055
    assert (rights(current(home).path), rights(home.pointer)) == (0o444, 0o644)


def test_doctor_tells_who_else_can_read(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    def told() -> dict[str, str]:
        capsys.readouterr()
        assert cli.exit_code(["doctor", "--json", "--home", str(home.root)]) == 0
        (item,) = (each for each in json.loads(capsys.readouterr().out) if each["name"] == "private")
        return {"found": item["found"], "verdict": item["verdict"]}

    assert told()["verdict"] == "good"
    home.warehouse.chmod(0o644)
    home.inbox.chmod(0o770)
    found = told()
    assert found["verdict"] == "note"
    assert f"người khác đọc được {home.warehouse}" in found["found"]
    assert f"nhóm đọc được {home.inbox}" in found["found"]
    assert rights(home.warehouse) == 0o644, "who examines changes nothing"

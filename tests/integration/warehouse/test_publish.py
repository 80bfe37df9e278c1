"""Publishing is atomic, even if a step fails or the process dies."""

import json
import multiprocessing
import os
import signal
import stat
from datetime import datetime
from pathlib import Path

import pytest

import warehouse.build
import warehouse.publish
import warehouse.retention
import warehouse.settings
from tests.integration.feed_files import write_feed
from tests.integration.homes import ask, home_with, published
from warehouse.border_checks import Engine, evaluate
from warehouse.connection import MEMORY, connect
from warehouse.dbt_run import DbtOutcome
from warehouse.errors import BuildError, FindingsError, SnapshotMissing, WriterBusy, WrongLookups
from warehouse.expectations import compilable
from warehouse.home import Home, writer_lock
from warehouse.mart_suite import mart_suite
from warehouse.publish import TABLES, current

FIRST, SECOND = datetime(2024, 10, 5), datetime(2024, 10, 6)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("publish")
    home = home_with(folder / "home", write_feed(folder / "feed"), datetime(2024, 10, 4))
    published(home, as_of=FIRST, known_at=FIRST, now=FIRST)
    return home


def test_a_missing_snapshot_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SnapshotMissing, match="Chưa có số liệu nào"):
        current(Home(tmp_path))


def test_an_invalid_pointer_is_reported(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.published.mkdir()
    home.pointer.write_text("{")
    with pytest.raises(SnapshotMissing, match="Không đọc được"):
        current(home)
    instants = dict.fromkeys(("as_of", "known_at", "built_at"), "2024-10-05 00:00:00")
    home.pointer.write_text(json.dumps({"id": "x", "file": "gone.duckdb", **instants}))
    with pytest.raises(SnapshotMissing, match="Thiếu tệp số liệu"):
        current(home)


def test_a_snapshot_is_read_only_and_describes_itself(built: Home) -> None:
    assert stat.S_IMODE(current(built).path.stat().st_mode) == 0o444
    assert ask(built, "select as_of, petitions, dialogues, feeds from snapshot") == [(FIRST, 1, 1, 1)]


def test_a_snapshot_lists_what_its_checks_examined(built: Home) -> None:
    query = "select distinct examined, rows_examined from suite_results where suite = $1 and examined = $2"
    assert ask(built, query, "marts", "fct_petitions") == [("fct_petitions", 1)]
    assert ask(built, query, "dbt", "int_petitions") == [("int_petitions", None)]
    assert ask(built, "select count(*) from suite_results where examined = ''") == [(0,)]


def test_a_failed_build_publishes_nothing_and_gives_the_reason(built: Home) -> None:
    before = current(built)
    with connect(built.warehouse) as con:
        con.execute("create table kept as from raw.petitions")
        con.execute("update raw.petitions set due_on = null, responsible_unit_code = '99999'")
    try:
        with pytest.raises(BuildError, match="every_petition_has_a_due_date"):
            published(built, as_of=SECOND, known_at=SECOND, now=SECOND)
    finally:
        with connect(built.warehouse) as con:
            con.execute("delete from raw.petitions; insert into raw.petitions from kept; drop table kept")
    assert current(built) == before


def test_wrong_lookups_keep_the_previous_snapshot_current(built: Home) -> None:
    before, rules = current(built), built.lookups / "rules.csv"
    lines = rules.read_text(encoding="utf-8")
    rules.write_text("".join(line for line in lines.splitlines(True) if "settle_days" not in line), encoding="utf-8")
    try:
        with pytest.raises(WrongLookups, match="Thiếu quy định settle_days × commune"):
            published(built, as_of=SECOND, known_at=SECOND, now=SECOND)
    finally:
        rules.write_text(lines, encoding="utf-8")
    assert current(built) == before
    assert ask(built, "select petitions from snapshot") == [(1,)]


def test_the_mart_suite_stops_faults_that_dbt_missed(built: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = current(built)
    write = warehouse.publish.write_snapshot

    def spoiled(home: Home, snapshot_id: str, facts: dict[str, object]) -> Path:
        draft = write(home, snapshot_id, facts)
        with connect(draft) as con:
            con.execute("update fct_petitions set class = 'lost'")
        return draft

    monkeypatch.setattr(warehouse.build, "write_snapshot", spoiled)
    with pytest.raises(FindingsError, match="class"):
        published(built, as_of=SECOND, known_at=SECOND, now=SECOND)
    assert current(built) == before


def test_both_engines_find_the_same_violations_in_every_mart(built: Home) -> None:
    """Every mart gets duplicate rows and a row of nulls, which violate its grain and its not-null columns."""
    suite = mart_suite(built.root / "dbt" / "target" / "manifest.json")
    with connect(MEMORY) as con:
        con.execute(f"attach '{current(built).path}' as snapshot (read_only)")
        for table in TABLES:
            assert all(map(compilable, suite[table]))
            nulls = f"select t.* from (select 1) left join snapshot.{table} as t on false"
            some = f"(from snapshot.{table} limit 200)"
            rows = f"from {some} union all from {some} union all {nulls}"
            con.execute(f"create table {table} as select *, row_number() over () as mart_row from ({rows}) as t")
            by_gx, by_sql = (evaluate(con, suite[table], table, "mart_row", it) for it in (Engine.GX, Engine.SQL))
            assert by_gx.not_checked == by_sql.not_checked == ()
            assert by_gx.pairs() == by_sql.pairs()
            assert by_sql.pairs()


def test_a_second_writer_gets_the_name_of_the_first(built: Home) -> None:
    with writer_lock(built, "ingest", FIRST), pytest.raises(WriterBusy, match="«ingest»"):
        published(built, as_of=SECOND, known_at=SECOND, now=SECOND)


def _build_and_die(root: Path, step: str, *, before: bool) -> None:
    """Publish the marts of an earlier build in this process, and kill it right before or after a step of the build."""
    setattr(warehouse.build, "run_models", lambda *_: DbtOutcome(1))  # noqa: B010
    real = getattr(warehouse.build, step)

    def die_at_step(*args: object, **kwargs: object) -> object:
        if before:
            os.kill(os.getpid(), signal.SIGKILL)
        real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    setattr(warehouse.build, step, die_at_step)
    published(Home(root), as_of=SECOND, known_at=SECOND, now=datetime.now())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("step", "before"),
    [("write_snapshot", True), ("write_snapshot", False), ("put_in_force", True), ("put_in_force", False)],
)
def test_after_a_kill_the_old_or_the_new_snapshot_is_complete(built: Home, step: str, before: bool) -> None:
    old = current(built)
    child = multiprocessing.get_context("spawn").Process(
        target=_build_and_die, args=(built.root, step), kwargs={"before": before}
    )
    child.start()
    child.join(120)
    assert child.exitcode == -signal.SIGKILL
    after = current(built)
    assert after == old or (step, before) == ("put_in_force", False)
    assert ask(built, "select count(*) from fct_petitions") == [(1,)]
    warehouse.retention.remove_drafts(built)
    assert list(built.published.glob("*.tmp*")) == []


def test_old_snapshots_are_pruned_except_the_current_one(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.published.mkdir()
    files = [home.published / f"{number}.duckdb" for number in range(4)]
    for age, path in enumerate(files):
        path.touch()
        os.utime(path, (age, age))
    in_force = warehouse.publish.SnapshotFile("0", files[0], FIRST, FIRST, FIRST)
    warehouse.retention.remove_old_snapshots(home, 2, in_force)
    assert [path.name for path in sorted(home.published.iterdir())] == ["0.duckdb", "2.duckdb", "3.duckdb"]

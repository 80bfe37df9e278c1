"""Build the marts with dbt, check them and publish them."""

from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

from warehouse.border_checks import Engine, Evaluation, evaluate
from warehouse.connection import connect
from warehouse.dbt_run import DbtOutcome, dbt
from warehouse.errors import BuildError, FindingsError, UsageError
from warehouse.home import Home, writer_lock
from warehouse.lookups import load_lookups
from warehouse.mart_suite import mart_suite
from warehouse.parameters import write_parameters
from warehouse.publish import TABLES, SnapshotFile, put_in_force, write_results, write_snapshot
from warehouse.raw import Sheets, create_raw
from warehouse.reasons import load_reasons
from warehouse.refusals import refusal
from warehouse.retention import remove_drafts, remove_old_snapshots
from warehouse.settings import Settings
from warehouse.suite_results import PassedCheck, passed_check

Progress = Callable[[str], None]
"""Called with a Vietnamese progress message."""


def build(
    *,
    home: Home,
    settings: Settings,
    as_of: datetime,
    known_at: datetime,
    now: datetime,
    sheets: Sheets,
    engine: Engine = Engine.SQL,
    on_progress: Progress = lambda _: None,
) -> SnapshotFile:
    """Publish a snapshot as of `as_of`, from the feeds known at `known_at`; `sheets` are the landed sheets.

    Raise UsageError if `as_of` is before the term, BuildError if dbt fails and FindingsError if the mart suite fails;
    then nothing is published.
    """
    if as_of.date() < settings.term_start:
        raise UsageError(
            f"Thời điểm {as_of:%d/%m/%Y} trước ngày đầu nhiệm kỳ ({settings.term_start:%d/%m/%Y}).",
            "Chọn --as-of từ ngày đầu nhiệm kỳ trở đi, hoặc sửa term_start trong settings.toml.",
        )
    with writer_lock(home, "build", now):
        remove_drafts(home)
        prepare(home, sheets)
        with connect(home.warehouse) as con:
            write_parameters(con, settings, as_of, known_at)
        on_progress("Tính các chỉ tiêu bằng dbt …")
        outcome = run_models(home)
        on_progress("Ghi bản số liệu mới …")
        snapshot = SnapshotFile(
            id=f"{now:%Y%m%d-%H%M%S-%f}",
            path=home.published / f"{now:%Y%m%d-%H%M%S-%f}.duckdb",
            as_of=as_of,
            known_at=known_at,
            built_at=now,
        )
        try:
            draft = write_snapshot(home, snapshot.id, snapshot_facts(home, settings, snapshot, outcome.succeeded))
            on_progress("Kiểm tra trước khi công bố …")
            write_results(draft, [*outcome.tests, *check_draft(home, draft, engine)])
            put_in_force(home, draft, snapshot)
        except (duckdb.IOException, OSError) as error:
            raise BuildError(
                f"Không ghi được bản số liệu mới: {error}.", "Kiểm tra dung lượng và quyền ghi của kho dữ liệu."
            ) from error
        except duckdb.Error as error:  # marts that are views are computed while they are written
            raise BuildError(
                f"Không tính được bản số liệu mới: {error}.", "Báo cho quản trị hệ thống kèm thông báo này."
            ) from error
        remove_old_snapshots(home, settings.keep_snapshots, snapshot)
    return snapshot


def prepare(home: Home, sheets: Sheets) -> None:
    """Migrate the raw tables, and load the home's lookups and the senders' reasons into its warehouse."""
    with connect(home.warehouse) as con:
        create_raw(con, sheets)
        load_lookups(con, home)
        load_reasons(con, home)


def run_models(home: Home) -> DbtOutcome:
    """Run every seed, model and data test, and return their results.

    Tests of keys and accepted values of marts are excluded, because the mart suite checks the file to be published.
    Tests of keys of upstream models are excluded, because they would cost seconds; the project's own tests run them.
    """
    command = ["build", "--exclude-resource-type", "unit_test", "--exclude", *_LEFT_TO_THE_BORDER, *_LEFT_TO_THE_TESTS]
    return dbt(command, home.warehouse, _workdir(home))


def snapshot_facts(home: Home, settings: Settings, snapshot: SnapshotFile, nodes: int) -> dict[str, object]:
    """The one row of table `snapshot`: id, instants, settings, row counts, and the versions of the software used."""
    return {
        "snapshot_id": snapshot.id,
        "as_of": snapshot.as_of,
        "known_at": snapshot.known_at,
        "built_at": snapshot.built_at,
        "province_code": settings.province_code,
        "province_name": settings.province_name,
        "term_start": settings.term_start,
        "is_sample": settings.sample,
        "min_denominator": settings.min_denominator,
        "min_coverage": settings.min_coverage,
        **_counts(home),
        "checks_passed": nodes,
        **{f"{name}_version": version(package) for name, package in _VERSIONS.items()},
    }


_LEFT_TO_THE_BORDER = ("marts,test_name:grain_is_unique", "marts,test_name:accepted_values")
_LEFT_TO_THE_TESTS = ("staging,test_name:grain_is_unique", "intermediate,test_name:grain_is_unique")
_VERSIONS = {"project": "doithoai", "duckdb": "duckdb", "dbt": "dbt-core"}


def _counts(home: Home) -> dict[str, int]:
    tables = {
        "petitions": "marts.fct_petitions",
        "dialogues": "marts.fct_dialogues",
        "feeds": "intermediate.int_current_feeds",
        "findings": "marts.feed_findings",
    }
    with connect(home.warehouse, read_only=True) as con:
        return {name: con.execute(f"select count(*) from {table}").fetchall()[0][0] for name, table in tables.items()}


def check_draft(home: Home, draft: Path, engine: Engine) -> list[PassedCheck]:
    """Evaluate the mart suite on the file to be published; return its checks, which have all passed.

    Raise FindingsError naming each violated rule, and BuildError if a table has no rule.
    """
    suite = mart_suite(_workdir(home) / "target" / "manifest.json")
    unguarded = [table for table in TABLES if not suite.get(table)]
    if unguarded:
        raise BuildError(f"Không có quy tắc nào để kiểm tra {', '.join(unguarded)}.", "Báo cho quản trị hệ thống.")
    broken: list[str] = []
    held: list[PassedCheck] = []
    with connect(draft, read_only=True) as con:
        for table in TABLES:
            relation = f"(select *, rowid as mart_row from {table})"
            broken += _broken(con, table, evaluate(con, suite[table], relation, "mart_row", engine))
            ((rows,),) = con.execute(f"select count(*) from {table}").fetchall()
            held += [passed_check(table, each, rows) for each in suite[table]]
    if broken:
        raise FindingsError(
            "Số liệu không qua kiểm tra trước khi công bố: " + "; ".join(broken) + ".",
            "Bản công bố trước vẫn giữ nguyên. Đề nghị đơn vị gửi kiểm tra các dòng nêu trên và gửi lại báo cáo; nếu "
            "các dòng ấy đúng thì báo cho quản trị hệ thống kèm thông báo này.",
        )
    return held


def _broken(con: duckdb.DuckDBPyConnection, table: str, evaluation: Evaluation) -> list[str]:
    faulty: dict[str, list[int | None]] = {}
    for row, rule in sorted(evaluation.pairs(), key=lambda pair: (pair[1], pair[0] or 0)):
        faulty.setdefault(rule, []).append(row)
    unchecked = [f"{each.id} (không kiểm tra được: {each.reason})" for each in evaluation.not_checked]
    return [refusal(con, table, rule, rows) for rule, rows in faulty.items()] + unchecked


def _workdir(home: Home) -> Path:
    """Return the folder in the home for dbt's parsed project and log."""
    return home.root / "dbt"

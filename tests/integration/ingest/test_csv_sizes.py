"""CSV files that DuckDB scans, as it does large ones, give the same check as small ones."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

import warehouse.home
import warehouse.settings
from ingest.checking.check import check_feed
from ingest.checking.checked_feed import CheckedFeed
from ingest.contract.load import landed_columns
from ingest.reading.csv import sheet as csv_sheet
from ingest.staging.stage import StagedSheet
from warehouse.border_checks import Engine
from warehouse.connection import connect
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw
from warehouse.settings import Settings

FIXTURES = Path(__file__).parents[2] / "fixtures"
FOLDERS = ["worked_example", *(f"public_reports/{name}" for name in ("midnight_due", "question_marks"))]

Checker = tuple[duckdb.DuckDBPyConnection, Settings, Path]


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    home = warehouse.home.create(tmp_path_factory.mktemp("sizes") / "home")
    with connect(Path(":memory:")) as con:
        create_raw(con, landed_columns())
        load_lookups(con, home)
        yield con, warehouse.settings.load(home), home.root


def results(checker: Checker, folder: Path, workdir: Path) -> dict[str, Any]:
    """The findings of a check and the rows that it staged."""
    con, settings, _root = checker
    feed: CheckedFeed = check_feed(folder, settings, con, datetime(2024, 10, 5, 12), workdir, engine=Engine.SQL)
    rows = [_rows(con, sheet) for sheet in feed.staged]
    sheets = [(sheet.parts, sheet.rows, sheet.set_aside, sheet.masked) for sheet in feed.staged]
    counts = (feed.verdict, feed.rows_landed, feed.rows_quarantined)
    return {"findings": feed.findings, "rows": rows, "sheets": sheets, "counts": counts, "cover": feed.cover}


def _rows(con: duckdb.DuckDBPyConnection, sheet: StagedSheet) -> list[Any]:
    names = ", ".join(sheet.fields)
    return con.execute(f"select row_number, {names} from {sheet.table} order by row_number").fetchall()


def both_results(
    checker: Checker, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[str, Any], ...]:
    small = results(checker, folder, tmp_path / "small")
    monkeypatch.setattr(csv_sheet, "LARGE_BYTES", 1)
    return small, results(checker, folder, tmp_path / "large")


@pytest.mark.parametrize("name", FOLDERS)
def test_a_feed_is_checked_identically(
    name: str, checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = both_results(checker, FIXTURES / name, tmp_path, monkeypatch)
    assert large == small
    assert small["counts"][1] > 0


def test_skipped_lines_and_a_repeated_sheet_are_reported_identically(
    checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(FIXTURES / "worked_example", tmp_path / "feed")
    petitions = folder / "petitions.csv"
    width = petitions.read_text(encoding="utf-8").partition("\n")[0].count(",") + 1
    lines = [["Tổng cộng", "2"], ["", "", "", "x"], ["Người lập", "Trần Thị B"], ["./."]]
    below = [",".join([*cells, *[""] * (width - len(cells))]) for cells in lines]
    petitions.write_text(petitions.read_text(encoding="utf-8") + "\n".join(below) + "\n", encoding="utf-8")
    (folder / "kien nghi 2.csv").write_text(petitions.read_text(encoding="utf-8") + "P99,x\n", encoding="utf-8")
    small, large = both_results(checker, folder, tmp_path, monkeypatch)
    assert large == small
    assert {"repeated_sheet", "ragged_record"} <= {each.rule for each in small["findings"]}
    assert {"total", "footer"} <= {line.reason for sheet in small["sheets"] for _name, line in sheet[2]}

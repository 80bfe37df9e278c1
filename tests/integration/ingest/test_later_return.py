"""The return workbook is available after a feed has landed: by its bytes, by its id, and from the pages."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import warehouse.home
import warehouse.settings
from doithoai import cli
from ingest.pipeline import land_paths
from tests.integration.feed_files import DIALOGUE, PETITION, petitions, write_feed
from tests.integration.ingest.test_return_workbook import listed, workbook_feed
from warehouse.home import Home

NOW = datetime(2024, 10, 5, 12)
ROWS = [{**PETITION, "received_on": "31/02/2024"}, *petitions(20)[1:], {**PETITION, "petition_code": "P99",
        "due_on": "2032-08-21"}]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def clock() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("doithoai.surroundings.now", lambda _zone: NOW)
        yield


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workbook_feed(tmp_path_factory.mktemp("sent") / "bao-cao.xlsx", ROWS)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, source: Path) -> Home:
    """A home with one feed, which has a quarantined row and a finding whose reason was given after landing."""
    made = warehouse.home.create(tmp_path_factory.mktemp("home") / "home")
    land_paths([source], made, warehouse.settings.load(made), NOW)
    assert call(made, "confirm", "347-2024Q3-v1", "--reason", "Theo kế hoạch vốn", "--by", "Lê Thị Bình") == 0
    return made


def call(home: Home, *words: str) -> int:
    return cli.exit_code([*words, "--home", str(home.root)])


def answer(home: Home, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    call(home, *words, "--json")
    (said,) = json.loads(capsys.readouterr().out)
    return dict(said)


@pytest.mark.parametrize("by_id", [True, False])
def test_quarantined_rows_and_reasons_are_returned(
    home: Home, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, by_id: bool
) -> None:
    asked = "347-2024Q3-v1" if by_id else str(source)
    said = answer(home, capsys, "check", asked, "--return-to", str(tmp_path))
    assert (said["verdict"], said["feed_id"], said["quarantined"]) == ("already_landed", "347-2024Q3-v1", 1)
    assert Path(said["return_workbook"]).name == "bao-cao-tra-lai.xlsx"
    book = load_workbook(said["return_workbook"])
    by_cell = {row["cell"].value: row for row in listed(book)}
    assert by_cell["Kiến nghị!C3"]["tier"].value == "Giữ lại dòng"
    assert by_cell["Kiến nghị!G23"]["reason"].value == "Theo kế hoạch vốn"
    assert book["Kiến nghị"]["C3"].comment is not None


def test_without_a_folder_the_findings_at_landing_are_shown(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(home, capsys, "check", "347-2024Q3-v1")
    assert said["return_workbook"] is None
    assert {(it["rule"], it["reason"]) for it in said["findings"]} == {
        ("impossible_date", ""), ("due_far_ahead", "Theo kế hoạch vốn"),
    }  # fmt: skip


def test_a_feed_is_described_by_its_id(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert call(home, "check", "347-2024Q3-v1") == 0
    assert "đang dùng chính bản này (347-2024Q3-v1), nhận 12:00 ngày 05/10/2024" in capsys.readouterr().out


def test_a_landed_feed_can_be_confirmed_by_its_file(
    home: Home, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert call(home, "confirm", str(source), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["feed"], said["waiting"]) == ("347-2024Q3-v1", [])


def test_a_rejected_feed_is_returned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = warehouse.home.create(tmp_path / "home")
    bad = write_feed(tmp_path / "a", dialogues=[DIALOGUE], petitions=petitions(3, received_on="31/02/2024"))
    (landing,) = land_paths([bad], home, warehouse.settings.load(home), NOW)
    said = answer(home, capsys, "check", landing.feed_id, "--return-to", str(tmp_path / "back"))
    assert said["verdict"] == "rejected"
    assert "TỪ CHỐI" in str([row[0].value for row in load_workbook(said["return_workbook"]).worksheets[0].iter_rows()])


def test_missing_bytes_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str], source: Path) -> None:
    home = warehouse.home.create(tmp_path / "home")
    (landing,) = land_paths([source], home, warehouse.settings.load(home), NOW)
    for kept in home.archive.iterdir():
        kept.unlink()
    assert call(home, "check", landing.feed_id, "--return-to", str(tmp_path / "back")) == 2
    assert "bị mất" in capsys.readouterr().err
    assert call(home, "check", "no-such-feed-v9") == 2
    assert "no-such-feed-v9" in capsys.readouterr().err

"""The desk calls the command line as a child: answers come back, refusals are sentences, nothing outlives its time."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

import warehouse.home
from dashboard import desk as desk_module
from dashboard.desk import CommandLine, DroppedFile, called
from warehouse.errors import UsageError
from warehouse.settings import Limits

SPOILED = b"this is no workbook"


@pytest.fixture
def desk(tmp_path: Path) -> CommandLine:
    return CommandLine(warehouse.home.create(tmp_path / "home"), Limits())


def test_a_file_is_checked_and_nothing_of_it_is_left(
    desk: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    checked = desk.check(DroppedFile("-hỏng.xlsx", SPOILED))
    assert (checked.name, checked.verdict) == ("-hỏng.xlsx", "rejected")
    assert [each.tier for each in checked.findings][:1] == ["feed"]
    assert not list(scratch.iterdir())
    assert not desk.home.warehouse.exists()


def test_a_rejected_file_is_recorded_when_it_is_taken_in(desk: CommandLine) -> None:
    landed = desk.take_in(DroppedFile("hỏng.xlsx", SPOILED))
    assert landed.verdict == "rejected"
    assert desk.home.warehouse.exists()


def test_a_refusal_comes_back_as_its_sentence(desk: CommandLine, tmp_path: Path) -> None:
    nowhere = replace(desk, home=warehouse.home.Home(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="chưa phải là kho dữ liệu"):
        nowhere.check(DroppedFile("a.xlsx", SPOILED))


def test_a_child_that_takes_too_long_is_ended() -> None:
    with pytest.raises(UsageError, match="quá 1 giây"):
        called([sys.executable, "-c", "import time; time.sleep(60)"], 1)


def test_progress_is_heard_while_the_child_works() -> None:
    heard: list[str] = []
    script = "import sys, time; print('một nửa', file=sys.stderr, flush=True); time.sleep(1.5); print('xong')"
    code, said, _ = called([sys.executable, "-X", "utf8", "-c", script], 30, heard.append)
    assert (code, said.strip(), heard) == (0, "xong", ["một nửa"])


def test_the_child_is_called_where_the_program_stands() -> None:
    assert (desk_module.ROOT / "doithoai" / "cli.py").exists()

"""The commands that the README gives to a province, run in their order."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from doithoai import cli
from warehouse.home import Home
from warehouse.publish import current

README = Path(__file__).parents[3] / "README.md"
LONG_RUNNING = {"serve"}
"""Verbs that run until stopped; tests/integration/doithoai/test_demo.py covers `serve`."""


def _calls() -> list[list[str]]:
    """The `doithoai` calls of the section on starting with a province's own data, without comments."""
    section = README.read_text(encoding="utf-8").partition("Starting with a province's own data")[2]
    block = re.search(r"```bash\n(.*?)```", section, re.DOTALL)
    assert block is not None
    lines = [shlex.split(line, comments=True) for line in block.group(1).splitlines()]
    return [words[1:] for words in lines if words[:1] == ["doithoai"]]


def test_the_start_with_own_data_works_as_documented(
    sample_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (feed,) = [path for path in sample_home.inbox.rglob("*") if "347" in path.name and "2024Q3" in path.name]
    shutil.copy(feed, tmp_path / "347-2024Q3.xlsx")
    monkeypatch.chdir(tmp_path)
    calls = _calls()
    assert [call[0] for call in calls] == ["init", "template", "check", "ingest", "build", "serve"]
    for call in calls:
        if call[0] not in LONG_RUNNING:
            assert cli.exit_code(call) == 0, call
    assert current(Home(tmp_path / "tinh-ta")).path.is_file()

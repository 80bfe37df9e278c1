"""Verbs that a person waits for do not import packages that take seconds to load."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import warehouse.home
from tests.integration.feed_files import write_feed
from tests.integration.homes import ask

ROOT = Path(__file__).parents[3]
IMPORTS = """
import json, sys
from doithoai.cli import exit_code
code = exit_code(sys.argv[1:])
names = {name.partition(".")[0] for name in sys.modules}
print(json.dumps({"code": code, "imported": sorted(names)}))
"""


def packages_imported_by(*words: str) -> set[str]:
    """The packages in memory at the end of a successful command."""
    done = subprocess.run([sys.executable, "-c", IMPORTS, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["code"] == 0
    return set(answer["imported"])


@pytest.mark.parametrize(("verb", "also"), [("check", {"holidays"}), ("ingest", set())])
def test_interactive_verbs_import_no_slow_package(tmp_path: Path, verb: str, also: set[str]) -> None:
    """`ingest` computes the public holidays for the warehouse; `check` needs none."""
    home, feed = warehouse.home.create(tmp_path / "home"), write_feed(tmp_path / "feed")
    imported = packages_imported_by(verb, str(feed), "--home", str(home.root))
    assert not {"great_expectations", "dbt", "streamlit", *also} & imported


@pytest.mark.slow
def test_run_imports_great_expectations(tmp_path: Path) -> None:
    """`run` checks small tables with it; `tests/unit/warehouse/test_expectations.py` checks that both engines agree."""
    home = warehouse.home.create(tmp_path / "home")
    write_feed(home.inbox / "feed")
    assert "great_expectations" in packages_imported_by("run", "--home", str(home.root))
    assert ask(home, "select petitions from snapshot") == [(1,)]

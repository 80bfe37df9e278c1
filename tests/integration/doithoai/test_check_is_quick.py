"""What verbs do without where somebody waits: these take seconds to import."""

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


def imported_by(*words: str) -> set[str]:
    """The packages in memory at the end of a command that succeeds."""
    done = subprocess.run([sys.executable, "-c", IMPORTS, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["code"] == 0
    return set(told["imported"])


@pytest.mark.parametrize(("verb", "also"), [("check", {"holidays"}), ("ingest", set())])
def test_who_waits_for_a_file_waits_for_no_import(tmp_path: Path, verb: str, also: set[str]) -> None:
    """`ingest` computes the public holidays that the warehouse holds; `check` needs none."""
    home, feed = warehouse.home.create(tmp_path / "home"), write_feed(tmp_path / "feed")
    imported = imported_by(verb, str(feed), "--home", str(home.root))
    assert not {"great_expectations", "dbt", "streamlit", *also} & imported


@pytest.mark.slow
def test_great_expectations_evaluates_what_a_nightly_run_lands_and_publishes(tmp_path: Path) -> None:
    """Both engines find the same faults, which the tests of the expectations prove."""
    home = warehouse.home.create(tmp_path / "home")
    write_feed(home.inbox / "feed")
    assert "great_expectations" in imported_by("run", "--home", str(home.root))
    assert ask(home, "select petitions from snapshot") == [(1,)]

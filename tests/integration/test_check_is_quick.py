"""What `check` does without: a clerk waits for it, and these take seconds to import."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import warehouse.home
from tests.integration.feed_files import write_feed

ROOT = Path(__file__).parents[2]
IMPORTS = """
import json, sys
from doithoai.cli import exit_code
code = exit_code(sys.argv[1:])
names = {name.partition(".")[0] for name in sys.modules}
print(json.dumps({"code": code, "imported": sorted(names)}))
"""


@pytest.mark.parametrize(("verb", "needs_gx"), [("check", False), ("ingest", True)])
def test_check_imports_neither_great_expectations_nor_dbt(tmp_path: Path, verb: str, needs_gx: bool) -> None:
    """Both verbs find the same faults, which the tests of both engines prove; `ingest` does not hurry."""
    home = warehouse.home.create(tmp_path / "home")
    feed = write_feed(tmp_path / "feed")
    call = [sys.executable, "-c", IMPORTS, verb, str(feed), "--home", str(home.root)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["code"] == 0
    assert ("great_expectations" in told["imported"]) is needs_gx
    assert not {"dbt", "holidays", "streamlit"} & set(told["imported"]) or needs_gx

"""dbt's own tests, all of them, on the sample province: unit tests, contracts, grain, values and identities."""

import json
import shutil
from pathlib import Path

import warehouse.build
import warehouse.settings
from doithoai.demo import SAMPLE_AS_OF
from warehouse.dbt_run import dbt
from warehouse.home import Home
from warehouse.publish import current


def test_every_dbt_test_passes_on_the_sample(sample_home: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(sample_home.root, home.root)
    known_at = current(sample_home).known_at
    variables = warehouse.build.model_variables(warehouse.settings.load(home), SAMPLE_AS_OF, known_at)
    outcome = dbt(["test"], home.warehouse, variables, home.root / "dbt")
    manifest = json.loads((home.root / "dbt" / "target" / "manifest.json").read_text())
    declared = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    assert outcome.succeeded == len(declared) + len(manifest["unit_tests"])
    assert len(manifest["unit_tests"]) >= 11

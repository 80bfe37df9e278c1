"""Run all dbt tests on the sample province: unit tests, contracts, grain, values and identities."""

import json
import shutil
from pathlib import Path

from warehouse.dbt_run import dbt
from warehouse.home import Home


def test_every_dbt_test_passes_on_the_sample(sample_home: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(sample_home.root, home.root)
    outcome = dbt(["test"], home.warehouse, home.root / "dbt")
    manifest = json.loads((home.root / "dbt" / "target" / "manifest.json").read_text())
    declared = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    assert outcome.succeeded == len(declared) + len(manifest["unit_tests"])
    assert len(manifest["unit_tests"]) >= 11

"""Import contracts between packages, and which modules may read the clock and the environment."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_import_contracts_hold() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run(
        [sys.executable, "-c", lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_import_contracts_are_sentences_without_exemptions() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    assert len(contracts) >= 8
    for contract in contracts:
        assert len(contract["name"].split()) >= 5, contract["name"]
        assert "ignore_imports" not in contract, contract["name"]


def test_only_composition_roots_may_read_clock_and_environment() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    exempt = settings["tool"]["ruff"]["lint"]["per-file-ignores"]
    product = {path for path, rules in exempt.items() if "TID251" in rules and not path.startswith(("tests", "bench"))}
    assert product == {"doithoai/surroundings.py", "dashboard/app.py", "dashboard/server.py"}  # the composition roots
    sources = [
        path for package in ("doithoai", "ingest", "warehouse", "dashboard") for path in (ROOT / package).rglob("*.py")
    ]
    assert [path for path in sources if "noqa: TID251" in path.read_text(encoding="utf-8")] == []

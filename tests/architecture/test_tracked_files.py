"""Tracked files contain no machine paths or registry addresses; lock files and contracts are valid."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from open_data_contract_standard.model import OpenDataContractStandard

ROOT = Path(__file__).parents[2]
FORBIDDEN = {
    "the address of a package registry": r"pypi\.org|pythonhosted|file:///|--(extra-)?index-url [^ ]|--find-links",
    "a path of one machine": r"(?<![\w.])/(?:home|root|Users|work|tmp)/[a-z]",
}
EXEMPT = {"tests/architecture/test_tracked_files.py", "Makefile"}


def _tracked_texts() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    paths = [ROOT / name for name in names.split("\0") if name and name not in EXEMPT]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]]


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_no_tracked_file_contains(kind: str) -> None:
    pattern = re.compile(FORBIDDEN[kind])
    matches = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in _tracked_texts()
        if (found := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert matches == []


def test_the_dev_lock_includes_the_runtime_lock() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9._-]+==[^ ]+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_every_locked_package_has_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8").strip())
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "ingest" / "contract" / "definitions").glob("*.yaml")), ids=lambda path: path.stem
)
def test_every_contract_is_valid_odcs(path: Path) -> None:
    contract = OpenDataContractStandard.from_string(path.read_text(encoding="utf-8"))
    assert contract.apiVersion is not None
    assert contract.apiVersion.startswith("v3.")
    assert contract.kind == "DataContract"
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["schema"]

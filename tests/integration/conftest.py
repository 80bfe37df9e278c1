"""Fixtures shared by integration tests."""

from pathlib import Path

import pytest

from ingest.contract import load


@pytest.fixture
def other_contracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the contracts for a test to change before they are loaded."""
    folder = tmp_path / "contracts"
    folder.mkdir()
    for path in load.FOLDER.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    real = load.load.__wrapped__
    monkeypatch.setattr("ingest.contract.load.load", lambda: real(folder))
    monkeypatch.setattr("ingest.contract.load.digest", lambda: _digest(folder))
    return folder


def _digest(folder: Path) -> str:
    return f"{len(b''.join(path.read_bytes() for path in sorted(folder.glob('*.yaml'))))}"

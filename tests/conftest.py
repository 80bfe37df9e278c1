"""Fixtures shared by all tests: the sample worlds, each made once per session by the code of `doithoai demo`."""

import fcntl
import sys
from datetime import datetime
from pathlib import Path

import pytest

from doithoai.demo import make_demo
from doithoai.messages import Language
from doithoai.terminal import Terminal
from doithoai.worlds import World
from warehouse.home import Home

NOW = datetime(2024, 10, 15, 8, 0)
"""The clock of tests: after the last sample feed was received, two weeks after the end of the quarter."""
MERGER_NOW = datetime(2026, 2, 2, 8, 0)
"""The clock of tests in the world across the mergers: after its last feed was received."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the number of random provinces for the oracle and the number and seed of random dashboard views."""
    parser.addoption("--oracle-seeds", type=int, default=1, help="random provinces to compare with the oracle")
    parser.addoption("--page-views", type=int, default=12, help="random views of the dashboard to read")
    parser.addoption("--page-seed", type=int, default=1, help="seed of the random views")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run a file of each world first, so that two workers build both at once instead of waiting for each other."""
    worlds = ("sample_home", "merger_home")
    needs: dict[Path, set[str]] = {}
    for item in items:
        needs.setdefault(item.path, set()).update({*worlds} & {*getattr(item, "fixturenames", ())})
    first = [next((path for path, found in needs.items() if found == {world}), None) for world in worlds]
    items.sort(key=lambda item: first.index(item.path) if item.path in first else len(first))


@pytest.fixture(scope="session")
def page_views(pytestconfig: pytest.Config) -> int:
    """The number of random dashboard views to read."""
    return int(pytestconfig.getoption("--page-views"))


@pytest.fixture(scope="session")
def page_seed(pytestconfig: pytest.Config) -> int:
    """The seed of the random views."""
    return int(pytestconfig.getoption("--page-seed"))


@pytest.fixture(autouse=True)
def restored_main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Restore `__main__`: a page under test replaces it, and a process started later would run that page again."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(autouse=True)
def no_search_for_components(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep AppTest from reading the metadata of all installed packages for each page: half a second."""
    if "streamlit.testing.v1" in sys.modules:
        monkeypatch.setattr("streamlit.components.v2.manifest_scanner.scan_component_manifests", list)


@pytest.fixture(scope="session")
def now() -> datetime:
    """The current instant of the tests."""
    return NOW


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Home:
    """The sample province, landed, built and published. Shared between tests: copy it before changing it."""
    return make_once(_shared_folder(tmp_path_factory, worker_id) / "sample-home", World.HA_NAM, NOW)


@pytest.fixture(scope="session")
def merger_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Home:
    """The world across the mergers of 2025, landed, built and published. Shared like the sample province."""
    return make_once(_shared_folder(tmp_path_factory, worker_id) / "merger-home", World.MERGERS, MERGER_NOW)


def _shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder shared by all workers of the session."""
    own = tmp_path_factory.mktemp("worlds")
    return own if worker_id == "master" else own.parents[1]


def make_once(root: Path, world: World, now: datetime) -> Home:
    """Make the sample world at `root`; the first worker makes it while the others wait."""
    with root.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        home = Home(root)
        return home if home.pointer.exists() else make_demo(Terminal(Language.VI), root, now, world)

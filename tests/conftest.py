"""Fixtures that all tests share: the sample province, made once a session by the code of `doithoai demo`."""

from datetime import datetime

import pytest

from doithoai.demo import make_demo
from doithoai.messages import Language
from doithoai.terminal import Terminal
from warehouse.home import Home

NOW = datetime(2024, 10, 15, 8, 0)
"""The clock of tests: after the last sample feed came, two weeks after the quarter closed."""


@pytest.fixture(scope="session")
def now() -> datetime:
    """The instant that tests call now."""
    return NOW


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample province, landed, built and published. Shared: a test that changes a home makes a copy first."""
    return make_demo(Terminal(Language.VI), tmp_path_factory.mktemp("sample") / "home", NOW)

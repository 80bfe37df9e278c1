"""One home and one connection for all tests of misleading input; tests that land feeds create their own home."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import warehouse.home
import warehouse.settings
from ingest.contract.load import landed_columns
from tests.integration.ingest.misleading.checker import Checker
from warehouse.connection import MEMORY, connect
from warehouse.home import Home
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which no feed lands."""
    return warehouse.home.create(tmp_path_factory.mktemp("misleading") / "home")


@pytest.fixture(scope="session")
def checking(empty_home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection on which feeds are checked."""
    with connect(MEMORY) as con:
        create_raw(con, landed_columns())
        load_lookups(con, empty_home)
        yield con


@pytest.fixture
def checker(checking: duckdb.DuckDBPyConnection, empty_home: Home, tmp_path: Path) -> Checker:
    return Checker(checking, warehouse.settings.load(empty_home), tmp_path)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home for one test."""
    return warehouse.home.create(tmp_path / "home")

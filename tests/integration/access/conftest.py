"""The sample provinces, with a steward of one unit."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.integration.access.worlds import World
from warehouse.home import Home
from warehouse.publish import current

OF_STEWARD = {
    "district": ("sample_home", "347", "350", "2024Q3"),
    "commune after the mergers": ("merger_home", "13291", "13348", "2025Q3"),
    "district that has ended": ("merger_home", "347", "350", "2024Q4"),
}
"""The home, the steward's unit, another unit, and a period with records of both."""


@pytest.fixture(scope="module", params=OF_STEWARD)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A published province with a steward."""
    name, own, other, period = OF_STEWARD[request.param]
    home: Home = request.getfixturevalue(name)
    with duckdb.connect(str(current(home).path), read_only=True) as con:
        yield World(con, home, own, other, period)

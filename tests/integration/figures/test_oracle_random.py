"""Compare every published value of random small provinces with the oracle.

One province by default; `--oracle-seeds 10` tries ten.
"""

from collections import Counter
from datetime import datetime

import pytest

from ingest.checking.checked_feed import Verdict
from tests.integration.homes import published
from tests.oracle.random_province import RandomProvince
from tests.oracle.snapshots import differences_of
from warehouse.home import Home

ENDS = (datetime(2025, 9, 20, 10, 30), datetime(2025, 11, 14, 23, 59, 59, 999999))
PAST = datetime(2025, 8, 20, 11)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrize the tests with one province per seed."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(1, 1 + metafunc.config.getoption("oracle_seeds")), scope="module")


@pytest.fixture(scope="module")
def end(seed: int) -> datetime:
    """The last instant of the province."""
    return ENDS[seed % 2]


@pytest.fixture(scope="module")
def home(seed: int, end: datetime, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which the feeds of the province have landed; most are accepted."""
    home, landings = RandomProvince(seed, end).land(tmp_path_factory.mktemp(f"random-{seed}"))
    verdicts = Counter(landing.verdict for landing in landings)
    assert verdicts[Verdict.ACCEPTED] > 0.8 * len(landings)
    return home


def test_every_value(home: Home, end: datetime, seed: int) -> None:
    """Depending on the seed: as of the end, as of a past day reported then, or as of a past day known at the end."""
    as_of, known_at = ((end, end), (PAST, PAST), (PAST, end))[seed % 3]
    published(home, as_of=as_of, known_at=known_at, now=end)
    assert differences_of(home) == []

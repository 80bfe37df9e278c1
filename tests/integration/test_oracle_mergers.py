"""Every published value of the province across the mergers of 2025 against the oracle, now and at a past instant."""

from datetime import datetime
from pathlib import Path
from shutil import copytree

from tests.integration.homes import published
from tests.oracle.snapshots import differences_of
from warehouse.home import Home

PAST, NOW = datetime(2025, 8, 20, 11), datetime(2026, 2, 2, 8)


def test_every_value_across_the_mergers(merger_home: Home) -> None:
    assert differences_of(merger_home) == []


def test_every_value_of_a_past_day_as_known_today(merger_home: Home, tmp_path: Path) -> None:
    home = Home(copytree(merger_home.root, tmp_path / "home"))
    published(home, as_of=PAST, known_at=NOW, now=NOW)
    assert differences_of(home) == []

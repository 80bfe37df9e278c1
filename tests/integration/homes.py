"""Create, fill and build homes with the real components, and query the published snapshot."""

from datetime import datetime
from pathlib import Path

import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import Verdict
from ingest.contract.load import landed_columns
from ingest.mapping.profiles import defaults_of
from ingest.pipeline import land_paths
from warehouse.build import build
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import SnapshotFile, current

WORKED_EXAMPLE = Path(__file__).parents[1] / "fixtures" / "worked_example"
BOSTON = Path(__file__).parents[1] / "fixtures" / "boston311" / "boston311_2015_sample.csv.gz"

Row = tuple[object, ...]


def home_with(root: Path, source: Path, received_at: datetime, profile: str | None = None) -> Home:
    """Create a home in which the feed at `source` has been accepted."""
    defaults = defaults_of(profile) if profile else warehouse.home.DEFAULTS
    home = warehouse.home.create(root, defaults)
    assert land(home, source, received_at, profile) is Verdict.ACCEPTED
    return home


def land(home: Home, source: Path, received_at: datetime, profile: str | None = None) -> Verdict:
    """Land the one feed at `source` and return its verdict."""
    (landing,) = land_paths([source], home, warehouse.settings.load(home), received_at, profile=profile)
    return landing.verdict


def published(home: Home, as_of: datetime, known_at: datetime, now: datetime) -> SnapshotFile:
    """Build and publish, with `now` as the clock."""
    settings, sheets = warehouse.settings.load(home), landed_columns()
    return build(home=home, settings=settings, as_of=as_of, known_at=known_at, now=now, sheets=sheets)


def ask(home: Home, query: str, *values: object) -> list[Row]:
    """Run a query on the current snapshot and return its rows."""
    with connect(current(home).path, read_only=True) as con:
        return con.execute(query, list(values)).fetchall()

"""Taking in: the feeds that stand in files and folders, checked and landed one after the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from ingest.check import CheckedFeed, check_feed
from ingest.land import Landing, land
from ingest.profiles import Profile, load_profile
from warehouse.border_checks import Engine
from warehouse.connection import attach_read_only, connect
from warehouse.home import Home
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw
from warehouse.settings import Settings

_NO_FEED = (".md", ".txt", ".json", ".log", ".tmp", ".part", ".ini", ".db")


@dataclass(frozen=True)
class Delivery:
    """One feed and the instant at which it was received."""

    source: Path
    received_at: datetime


GX_MAX_FEEDS = 12
"""A run over more feeds is evaluated by the compiled query: Great Expectations takes a second or two a feed."""


def take_in(
    paths: Iterable[Path],
    home: Home,
    settings: Settings,
    now: datetime,
    *,
    profile: str | None = None,
    on_progress: Callable[[str], None] | None = None,
) -> list[Landing]:
    """Lands every feed in `paths`, in order; the caller holds the writer's lock. A rejected feed stops no other."""
    deliveries = [Delivery(source, now) for source in feed_sources(paths)]
    return take_in_deliveries(deliveries, home, settings, profile=profile, on_progress=on_progress)


def take_in_deliveries(
    deliveries: Sequence[Delivery],
    home: Home,
    settings: Settings,
    *,
    profile: str | None = None,
    on_progress: Callable[[str], None] | None = None,
) -> list[Landing]:
    """Lands feeds in the order given, each as received at its own instant; the caller holds the writer's lock."""
    mapping = load_profile(profile) if profile else None
    engine = engine_for(len(deliveries))
    landings = []
    with connect(home.warehouse) as con:
        create_raw(con)
        load_lookups(con, home)
        for number, delivery in enumerate(deliveries, start=1):
            if on_progress:
                on_progress(f"{number}/{len(deliveries)} {delivery.source.name}")
            landings.append(_land_one(con, delivery, home=home, settings=settings, profile=mapping, engine=engine))
    return landings


def engine_for(feeds: int) -> Engine:
    """Who evaluates the suites of a run over so many feeds."""
    return Engine.SQL if feeds > GX_MAX_FEEDS else Engine.AUTO


def _land_one(
    con: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    *,
    home: Home,
    settings: Settings,
    profile: Profile | None,
    engine: Engine,
) -> Landing:
    with TemporaryDirectory(prefix="doithoai-") as workdir:
        now = delivery.received_at
        checked = check_feed(delivery.source, settings, con, now, Path(workdir), profile=profile, engine=engine)
        return land(con, home, checked, now)


def check_paths(
    paths: Sequence[Path], home: Home, settings: Settings, now: datetime, profile: str | None = None
) -> list[CheckedFeed]:
    """What would happen to every feed in `paths`; nothing in the home changes."""
    mapping = load_profile(profile) if profile else None
    deliveries = [Delivery(source, now) for source in feed_sources(paths)]
    engine = engine_for(len(deliveries))
    with _copy_of_what_landed(home) as con:
        return [_check_one(con, delivery, settings, mapping, engine) for delivery in deliveries]


def _check_one(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, settings: Settings, profile: Profile | None, engine: Engine
) -> CheckedFeed:
    with TemporaryDirectory(prefix="doithoai-") as workdir:
        now = delivery.received_at
        return check_feed(delivery.source, settings, con, now, Path(workdir), profile=profile, engine=engine)


def _copy_of_what_landed(home: Home) -> duckdb.DuckDBPyConnection:
    """A database in memory with the lookups, and of the raw tables what a check looks at."""
    con = connect(Path(":memory:"))
    create_raw(con)
    load_lookups(con, home)
    if home.warehouse.exists():
        attach_read_only(con, home.warehouse, "landed")
        con.execute("insert into raw.feeds select * from landed.raw.feeds")
        con.execute("insert into raw.dialogues by name select distinct * from landed.raw.dialogues")
        con.execute("insert into raw.quarantine select * from landed.raw.quarantine where sheet_kind = 'dialogues'")
        con.execute("detach landed")
    return con


def feed_sources(paths: Iterable[Path]) -> Iterator[Path]:
    """The feeds that `paths` mean: files, folders with a cover.csv, and whatever of these a folder of feeds holds."""
    for path in paths:
        if not path.is_dir() or _is_feed(path):
            yield path
        else:
            yield from feed_sources(sorted(entry for entry in path.iterdir() if _counts(entry)))


def _is_feed(folder: Path) -> bool:
    return any(entry.name.lower() == "cover.csv" for entry in folder.iterdir())


def _counts(entry: Path) -> bool:
    """Whether an entry of a folder may be a feed: not a hidden or temporary file, not a note beside the feeds."""
    if entry.name.startswith((".", "~$")):
        return False
    return entry.is_dir() or entry.suffix.lower() not in _NO_FEED

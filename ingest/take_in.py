"""Taking in: the feeds that stand in files and folders, checked and landed one after the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from ingest.check import CheckedFeed, check_feed
from ingest.land import Landing, land
from ingest.profiles import Profile, load_profile
from warehouse.connection import connect
from warehouse.errors import WriterBusy
from warehouse.home import Home
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw
from warehouse.settings import Settings

_NO_FEED = (".md", ".txt", ".json", ".log", ".tmp", ".part", ".ini", ".db")


def take_in(
    paths: Iterable[Path],
    home: Home,
    settings: Settings,
    now: datetime,
    profile: str | None = None,
    on_progress: Callable[[str], None] | None = None,
) -> list[Landing]:
    """Lands every feed in `paths`, in order; the caller holds the writer's lock. A rejected feed stops no other."""
    mapping = load_profile(profile) if profile else None
    sources = list(feed_sources(paths))
    with connect(home.warehouse) as con:
        create_raw(con)
        load_lookups(con, home)
        landings = []
        for number, source in enumerate(sources, start=1):
            if on_progress:
                on_progress(f"{number}/{len(sources)} {source.name}")
            landings.append(_land_one(con, source, home, settings, now, mapping))
    return landings


def _land_one(
    con: duckdb.DuckDBPyConnection, source: Path, home: Home, settings: Settings, now: datetime, profile: Profile | None
) -> Landing:
    with TemporaryDirectory(prefix="doithoai-") as workdir:
        checked = check_feed(source, settings, con, now, Path(workdir), profile=profile)
        return land(con, home, checked, now)


def check_paths(
    paths: Sequence[Path], home: Home, settings: Settings, now: datetime, profile: str | None = None
) -> list[CheckedFeed]:
    """What would happen to every feed in `paths`; nothing in the home changes."""
    mapping = load_profile(profile) if profile else None
    with _copy_of_what_landed(home) as con:
        return [_check_one(con, source, settings, now, mapping) for source in feed_sources(paths)]


def _check_one(
    con: duckdb.DuckDBPyConnection, source: Path, settings: Settings, now: datetime, profile: Profile | None
) -> CheckedFeed:
    with TemporaryDirectory(prefix="doithoai-") as workdir:
        return check_feed(source, settings, con, now, Path(workdir), profile=profile)


def _copy_of_what_landed(home: Home) -> duckdb.DuckDBPyConnection:
    """A database in memory with the lookups, and of the raw tables what a check looks at."""
    con = connect(Path(":memory:"))
    create_raw(con)
    load_lookups(con, home)
    if home.warehouse.exists():
        _attach(con, home)
        con.execute("insert into raw.feeds select * from landed.raw.feeds")
        con.execute("insert into raw.dialogues by name select distinct * from landed.raw.dialogues")
        con.execute("detach landed")
    return con


def _attach(con: duckdb.DuckDBPyConnection, home: Home) -> None:
    path = str(home.warehouse).replace("'", "''")
    try:
        con.execute(f"attach '{path}' as landed (read_only)")
    except duckdb.IOException as error:
        raise WriterBusy(
            f"Kho dữ liệu {home.warehouse} đang được ghi bởi một tiến trình khác.", "Đợi việc đó xong rồi chạy lại."
        ) from error


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

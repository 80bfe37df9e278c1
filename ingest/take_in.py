"""Taking in: the feeds that stand in files and folders, checked and landed one after the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from ingest.check import Again, CheckedFeed, Verdict, check_feed
from ingest.confirmable import keep_given
from ingest.contracts import load, vocabulary
from ingest.facts import REFERENCES
from ingest.grouped import groups_of
from ingest.land import Landing, land, sweep_archive
from ingest.memory import Memory, memory_of
from ingest.profiles import load_profile
from ingest.reading.feed import TEXT_NAMES
from ingest.received import SheetKind
from ingest.return_workbook import return_names, write_return
from ingest.snippets import snippets_of
from warehouse.border_checks import Engine
from warehouse.connection import MEMORY, connect, landed_attached
from warehouse.home import Home
from warehouse.lookups import load_lookup_files, load_lookups
from warehouse.raw import SHEETS, create_raw
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
    landings = []
    sweep_archive(home)
    with connect(home.warehouse) as con:
        create_raw(con)
        load_lookups(con, home)
        checker = Checker(con, settings, memory_of(home), engine_for(len(deliveries)), profile)
        for number, delivery in enumerate(deliveries, start=1):
            if on_progress:
                on_progress(f"{number}/{len(deliveries)} {delivery.source.name}")
            with checker.checked(delivery) as checked:
                keep_given(home, checked, delivery.received_at)
                landings.append(land(con, home, checked, delivery.received_at, settings.limits.max_file_mb))
    return landings


@dataclass(frozen=True)
class Checker:
    """Checks one feed after the other on one connection."""

    con: duckdb.DuckDBPyConnection
    settings: Settings
    memory: Memory
    engine: Engine
    profile: str | None = None

    @contextmanager
    def checked(self, delivery: Delivery, again: Again | None = None) -> Iterator[CheckedFeed]:
        """The feed, checked; what was unpacked of it is there as long as the block."""
        profile = load_profile(self.profile) if self.profile else None
        with TemporaryDirectory(prefix="doithoai-") as workdir:
            yield check_feed(
                delivery.source,
                self.settings,
                self.con,
                delivery.received_at,
                Path(workdir),
                profile=profile,
                engine=self.engine,
                memory=self.memory,
                again=again,
            )


def engine_for(feeds: int) -> Engine:
    """Who evaluates the suites of a run over so many feeds."""
    return Engine.SQL if feeds > GX_MAX_FEEDS else Engine.AUTO


def check_paths(
    paths: Sequence[Path],
    home: Home,
    settings: Settings,
    now: datetime,
    profile: str | None = None,
    *,
    return_to: Path | None = None,
) -> list[CheckedFeed]:
    """What would happen to every feed in `paths`; nothing in the home changes.

    With `return_to`, each feed's return workbook is written into that folder. Suites are evaluated by the compiled
    query, which finds what Great Expectations finds without its import.
    """
    deliveries = [Delivery(source, now) for source in feed_sources(paths)]
    with copy_of_what_landed(home) as con:
        checker = Checker(con, settings, memory_for_copy(con, home), Engine.SQL, profile)
        targets = [return_to / name if return_to else None for name in return_names([it.source for it in deliveries])]
        return [_checked(checker, *each) for each in zip(deliveries, targets, strict=True)]


def _checked(checker: Checker, delivery: Delivery, target: Path | None) -> CheckedFeed:
    with checker.checked(delivery) as checked:
        told = replace(
            checked,
            snippets=snippets_of(checker.con, checked.staged, checked.findings),
            groups=groups_of(checker.con, checked.sheets, checked.findings, told_apart=target is not None),
        )
        if target is None or checked.verdict is Verdict.ALREADY_LANDED:
            return told
        limits = checker.settings.limits
        return replace(told, return_workbook=write_return(checker.con, told, delivery.source, target, limits))


def memory_for_copy(con: duckdb.DuckDBPyConnection, home: Home) -> Memory:
    """What is known from before, for a check on a copy: earlier versions are copied when they are asked for."""
    return memory_of(home, partial(_bring, con, home))


def copy_of_what_landed(home: Home) -> duckdb.DuckDBPyConnection:
    """A database in memory with the lookups, and of the raw tables what a check looks at."""
    con = connect(MEMORY)
    create_raw(con)
    load_lookup_files(con, home)
    if home.warehouse.exists():
        with landed_attached(con, home):
            _copy_what_is_referred_to(con)
    return con


def _copy_what_is_referred_to(con: duckdb.DuckDBPyConnection) -> None:
    """Copies the records of feeds, and the sheets to which rows of others refer."""
    con.execute("insert into raw.feeds by name select * from landed.raw.feeds")
    referred_to = sorted(kind.value for kind, _ in REFERENCES.values())
    for sheet in referred_to:
        con.execute(f"insert into raw.{sheet} by name select * exclude (received) from landed.raw.{sheet}")
    con.execute(
        "insert into raw.quarantine by name select * from landed.raw.quarantine where list_contains(?, sheet_kind)",
        [referred_to],
    )


def _bring(con: duckdb.DuckDBPyConnection, home: Home, sender: str, period: str) -> None:
    """Copies what the sender sent for the period: the findings of all records, the rows of the accepted versions.

    A table that a warehouse of an earlier release lacks has nothing to copy.
    """
    records = con.execute(
        "select feed_id, status = 'accepted' from raw.feeds where sender_unit_code = ? and period_code = ?",
        [sender, period],
    ).fetchall()
    if not records:
        return
    accepted = [feed_id for feed_id, is_accepted in records if is_accepted]
    with landed_attached(con, home):
        there = con.execute(
            "select table_name from duckdb_tables() where database_name = 'landed' and schema_name = 'raw'"
        ).fetchall()
        _copy(con, "findings", [feed_id for feed_id, _ in records])
        for sheet in {name for (name,) in there}.intersection(SHEETS):
            _copy(con, sheet, accepted)


def _copy(con: duckdb.DuckDBPyConnection, table: str, feeds: Sequence[str]) -> None:
    con.execute(f"delete from raw.{table} where list_contains(?, feed_id)", [feeds])
    received = " exclude (received)" if table in SHEETS else ""
    con.execute(
        f"insert into raw.{table} by name select *{received} from landed.raw.{table} where list_contains(?, feed_id)",
        [feeds],
    )


def feed_sources(paths: Iterable[Path]) -> Iterator[Path]:
    """The feeds that `paths` mean: files, folders with a cover, and whatever of these a folder of feeds holds."""
    for path in paths:
        if not path.is_dir() or _is_feed(path):
            yield path
        else:
            yield from feed_sources(sorted(entry for entry in path.iterdir() if _counts(entry)))


def _is_feed(folder: Path) -> bool:
    """Whether one of its CSV files is a cover, under whichever of its names."""
    kind_of = vocabulary(load()).kind_of
    stems = (entry.stem for entry in folder.iterdir() if entry.suffix.lower() in TEXT_NAMES)
    return any(kind_of(stem) is SheetKind.COVER for stem in stems)


def _counts(entry: Path) -> bool:
    """Whether an entry of a folder may be a feed: not a hidden or temporary file, not a note beside the feeds."""
    if entry.name.startswith((".", "~$")):
        return False
    return entry.is_dir() or entry.suffix.lower() not in _NO_FEED

"""The sample worlds: written as files, landed like any feed, and built as of a fixed date."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import warehouse.home
import warehouse.settings
from doithoai.builds import build_and_report
from doithoai.homes import home_from
from doithoai.terminal import Terminal
from doithoai.worlds import World
from warehouse.connection import connect
from warehouse.errors import UsageError
from warehouse.home import Home, writer_lock
from warehouse.settings import Settings

if TYPE_CHECKING:
    from sample_province import SampleFeed

SAMPLE_AS_OF = datetime(2024, 9, 30, 23, 59, 59, 999999)
"""The end of the third quarter of 2024: the day of the published control total of the sample."""

MERGERS_AS_OF = datetime(2026, 1, 20, 12)
"""Noon of a day after the first two quarters of the merged units, before the deadlines of that day."""


AS_OF: Mapping[World, datetime] = {World.HA_NAM: SAMPLE_AS_OF, World.MERGERS: MERGERS_AS_OF}
"""The instant as of which each world is built."""


def make_demo(terminal: Terminal, root: Path, now: datetime, world: World = World.HA_NAM) -> Home:
    """Create a home with a sample world and publish it; if its feeds have all landed before, only build."""
    home = sample_home(terminal, root, world)
    landed = _accepted(home)
    if landed and _marker(home).is_file():
        terminal.say("demo.already", count=landed)
    else:
        land_sample(terminal, home, world)
        _marker(home).touch()
    build_and_report(terminal, home, now, AS_OF[world], now)
    return home


def sample_home(terminal: Terminal, root: Path, world: World = World.HA_NAM) -> Home:
    """Create a home marked as a sample.

    Raise UsageError if it has feeds of a real province or another world, or if it cannot be marked.
    """
    home = home_from(root, _defaults(world))
    settings = warehouse.settings.load(home)
    if settings.sample:
        _require_world(terminal, home, settings, world)
        return home
    if _accepted(home):
        raise UsageError(terminal.text("error.not_sample", home=home.root), terminal.text("error.not_sample_remedy"))
    written = home.settings_file.read_text(encoding="utf-8")
    home.settings_file.write_text(written.replace("sample = false", "sample = true"), encoding="utf-8")
    if not warehouse.settings.load(home).sample:
        raise UsageError(
            terminal.text("error.sample_unmarked", settings=home.settings_file),
            terminal.text("error.sample_unmarked_remedy"),
        )
    return home


def _defaults(world: World) -> Path:
    """Return the folder with settings and lookups of a world."""
    from sample_province import mergers

    return mergers.DEFAULTS if world is World.MERGERS else warehouse.home.DEFAULTS


def _require_world(terminal: Terminal, home: Home, settings: Settings, world: World) -> None:
    """Raise UsageError if the sample home has another world, recognised by the first day of its term."""
    asked = tomllib.loads((_defaults(world) / "settings.toml").read_text(encoding="utf-8"))
    if settings.term_start != asked["province"]["term_start"]:
        raise UsageError(
            terminal.text("error.another_sample", home=home.root), terminal.text("error.not_sample_remedy")
        )


def land_sample(terminal: Terminal, home: Home, world: World = World.HA_NAM) -> None:
    """Write the files of the world into the inbox and land each as of the time at which it was received."""
    terminal.progress(terminal.text("demo.writing", inbox=home.inbox))
    feeds = _written(world, home.inbox)
    _land(terminal, home, [(feed.path, feed.received_at) for feed in feeds])
    terminal.say("demo.landed", count=len(feeds))


def _written(world: World, folder: Path) -> Sequence["SampleFeed"]:
    from sample_province import mergers, write_sample

    if world is World.MERGERS:
        return mergers.write_mergers(folder).feeds
    return write_sample(folder).feeds


def _land(terminal: Terminal, home: Home, feeds: Sequence[tuple[Path, datetime]]) -> None:
    from ingest.pipeline import Delivery, land_deliveries

    deliveries = [Delivery(path, received_at) for path, received_at in sorted(feeds, key=lambda feed: feed[1])]
    with writer_lock(home, "demo", deliveries[-1].received_at):
        land_deliveries(deliveries, home, warehouse.settings.load(home), on_progress=terminal.progress)


def _marker(home: Home) -> Path:
    """Return the file that says that all sample feeds have landed; without it, the demo lands the missing ones."""
    return home.inbox / ".sample-landed"


def _accepted(home: Home) -> int:
    with connect(home.warehouse, read_only=True) as con:
        ((count,),) = con.execute("select count(*) from raw.feeds where status = 'accepted'").fetchall()
    return int(count)

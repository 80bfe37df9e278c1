"""The sample province: written as real files, landed like any feed, built as the term stood then."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import warehouse.settings
from doithoai.builds import build_and_tell
from doithoai.homes import new_home
from doithoai.terminal import Terminal
from warehouse.connection import connect
from warehouse.errors import UsageError
from warehouse.home import Home, writer_lock

SAMPLE_AS_OF = datetime(2024, 9, 30, 23, 59, 59, 999999)
"""The end of the third quarter of 2024: the day for which the sample's control total was published."""


def make_demo(terminal: Terminal, root: Path, now: datetime) -> Home:
    """A home that holds the sample province, built and published. The second time nothing lands again."""
    home = sample_home(terminal, root)
    landed = _accepted(home)
    if landed and _marker(home).is_file():
        terminal.say("demo.already", count=landed)
    else:
        land_sample(terminal, home)
        _marker(home).touch()
    build_and_tell(terminal, home, now, SAMPLE_AS_OF, now)
    return home


def sample_home(terminal: Terminal, root: Path) -> Home:
    """A home marked as sample; UsageError if a real province's feeds have landed there, or it cannot be marked."""
    home = new_home(root, None)
    if warehouse.settings.load(home).sample:
        return home
    if _accepted(home):
        raise UsageError(terminal.text("error.not_sample", home=home.root), terminal.text("error.not_sample_remedy"))
    settings = home.settings_file.read_text(encoding="utf-8")
    home.settings_file.write_text(settings.replace("sample = false", "sample = true"), encoding="utf-8")
    if not warehouse.settings.load(home).sample:
        raise UsageError(
            terminal.text("error.sample_unmarked", settings=home.settings_file),
            terminal.text("error.sample_unmarked_remedy"),
        )
    return home


def land_sample(terminal: Terminal, home: Home) -> None:
    """Write the sample's files into the inbox and land each as of the day it was received."""
    from ingest.sample import write_sample

    terminal.progress(terminal.text("demo.writing", inbox=home.inbox))
    feeds = write_sample(home.inbox).feeds
    _land(terminal, home, [(feed.path, feed.received_at) for feed in feeds])
    terminal.say("demo.landed", count=len(feeds))


def _land(terminal: Terminal, home: Home, feeds: Sequence[tuple[Path, datetime]]) -> None:
    from ingest.take_in import Delivery, take_in_deliveries

    deliveries = [Delivery(path, received_at) for path, received_at in sorted(feeds, key=lambda feed: feed[1])]
    with writer_lock(home, "demo", deliveries[-1].received_at):
        take_in_deliveries(deliveries, home, warehouse.settings.load(home), on_progress=terminal.progress)


def _marker(home: Home) -> Path:
    """There once all sample feeds have been taken in: a demo that was interrupted goes on where it stopped."""
    return home.inbox / ".sample-landed"


def _accepted(home: Home) -> int:
    with connect(home.warehouse, read_only=True) as con:
        ((count,),) = con.execute("select count(*) from raw.feeds where status = 'accepted'").fetchall()
    return int(count)

"""Building and saying what was published."""

from datetime import datetime

import warehouse.settings
from doithoai.terminal import Terminal
from warehouse.home import Home


def build_and_tell(
    terminal: Terminal, home: Home, now: datetime, as_of: datetime | None, known_at: datetime | None
) -> None:
    """Build as of `as_of`, from what was known at `known_at` (each: now, if not given), and publish."""
    from warehouse.build import build

    published = build(
        home=home,
        settings=warehouse.settings.load(home),
        as_of=as_of or now,
        known_at=known_at or now,
        now=now,
        on_progress=terminal.progress,
    )
    terminal.say("build.done", snapshot=published.id, as_of=published.as_of)

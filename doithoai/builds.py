"""Build a snapshot and report what was published."""

from datetime import datetime

import warehouse.settings
from doithoai.terminal import Terminal
from ingest.contract.load import landed_columns
from warehouse.border_checks import Engine
from warehouse.errors import SnapshotMissing, UsageError
from warehouse.home import Home
from warehouse.publish import current


def build_and_report(
    terminal: Terminal,
    home: Home,
    now: datetime,
    as_of: datetime | None,
    known_at: datetime | None,
    *,
    engine: Engine = Engine.SQL,
) -> None:
    """Build as of `as_of`, from the feeds known at `known_at` (both default to now), and publish.

    The sample province keeps the `as_of` of its snapshot in force unless another is given.
    """
    from warehouse.build import build

    _require_near(terminal, as_of, now)
    settings = warehouse.settings.load(home)
    kept = _sample_day(home) if settings.sample and as_of is None else None
    if kept:
        terminal.say("build.sample_day", as_of=kept)
    published = build(
        home=home,
        settings=settings,
        as_of=as_of or kept or now,
        known_at=known_at or now,
        now=now,
        sheets=landed_columns(),
        engine=engine,
        on_progress=terminal.progress,
    )
    terminal.say("build.done", snapshot=published.id, as_of=published.as_of)


def _require_near(terminal: Terminal, as_of: datetime | None, now: datetime) -> None:
    """Raise UsageError if `as_of` is after the end of next year, which must be a typing error."""
    if as_of and as_of.year > now.year + 1:
        raise UsageError(
            terminal.text("build.too_far", as_of=as_of, year=now.year + 1), terminal.text("build.too_far_remedy")
        )


def _sample_day(home: Home) -> datetime | None:
    """Return `as_of` of the snapshot in force; None if nothing is published."""
    try:
        return current(home).as_of
    except SnapshotMissing:
        return None

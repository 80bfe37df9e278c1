"""Common inputs of verbs: the home, the clock, the profile and the given sender and period of a call."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import warehouse.home
import warehouse.settings
from doithoai import surroundings
from doithoai.terminal import Terminal
from warehouse.errors import UsageError
from warehouse.home import Home

if TYPE_CHECKING:
    from ingest.mapping.profiles import Given


def existing_home(option: Path | None) -> Home:
    """Return the home that `--home` names, migrated to this release; raise UsageError if it does not exist."""
    from doithoai.homes import bring_up_to_date

    home = warehouse.home.existing(surroundings.home_root(option))
    bring_up_to_date(home, lambda: now_at(home))
    return home


def now_at(place: Home) -> datetime:
    """Return the current time in the home's time zone."""
    return surroundings.now(warehouse.settings.load(place).zone)


def profile_named(place: Home, name: str | None) -> str | None:
    """Return the path or name of a profile; a profile in the home takes precedence over a built-in one."""
    if name is None:
        return None
    from ingest.mapping.profiles import named_in

    return named_in(place.profiles, name)


def given(terminal: Terminal, sender: str | None, period: str | None) -> "Given | None":
    """Return the given sender and period, None if neither is given; raise UsageError if the period is invalid."""
    if sender is None and period is None:
        return None
    from ingest.lookups.periods import read_period
    from ingest.mapping.profiles import Given

    if period is not None and read_period(period).value is None:
        raise UsageError(
            terminal.text("status.unreadable_period", period=period), terminal.text("status.unreadable_period_remedy")
        )
    return Given(sender, period)


def wrong_use(terminal: Terminal, key: str) -> UsageError:
    """Return the error for a wrong call, with the message `key` as its detail."""
    detail = terminal.text(key, name="FILE...")
    return UsageError(terminal.text("error.wrong_use", detail=detail), terminal.text("error.see_help"))

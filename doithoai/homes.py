"""Making homes: of the default province, of a mapping profile, of the sample."""

from pathlib import Path

import warehouse.home
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw


def new_home(root: Path, profile: str | None) -> Home:
    """A home at `root` with settings, lookups and an empty warehouse; what is already there stays."""
    if profile is None:
        return home_from(root, warehouse.home.DEFAULTS)
    from ingest.profiles import defaults_of

    return home_from(root, defaults_of(profile))


def home_from(root: Path, defaults: Path) -> Home:
    """A home at `root` with the settings and lookups in `defaults` and an empty warehouse; what is there stays."""
    made = warehouse.home.create(root, defaults)
    with connect(made.warehouse) as con:
        create_raw(con)
        load_lookups(con, made)
    return made

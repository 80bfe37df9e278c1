"""Making homes: of the default province, of a mapping profile, of the sample."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import warehouse.home
from ingest.contracts import landed_columns
from warehouse.connection import MEMORY, connect, landed_attached
from warehouse.errors import WriterBusy
from warehouse.home import Home, writer_lock
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw, is_current


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
        create_raw(con, landed_columns())
        load_lookups(con, made)
    return made


def bring_up_to_date(home: Home, now: Callable[[], datetime]) -> None:
    """Widen the warehouse that an earlier release made; a program that writes to it at the moment does that itself."""
    sheets = landed_columns()
    if not home.warehouse.exists():
        return
    try:
        with connect(MEMORY) as con, landed_attached(con, home):
            if is_current(con, "landed", sheets):
                return
    except WriterBusy:
        return
    with writer_lock(home, "upgrade", now()), connect(home.warehouse) as con:
        create_raw(con, sheets)

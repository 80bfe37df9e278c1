"""Making homes: of the default province, of a mapping profile, of the sample."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import warehouse.home
from ingest.contract.load import digest, landed_columns
from warehouse.connection import MEMORY, connect, landed_attached
from warehouse.errors import WriterBusy
from warehouse.home import Home, writer_lock
from warehouse.lookups import load_lookups
from warehouse.raw import STEPS, create_raw, is_current


def new_home(root: Path, profile: str | None) -> Home:
    """A home at `root` with settings, lookups and an empty warehouse; what is already there stays."""
    if profile is None:
        return home_from(root, warehouse.home.DEFAULTS)
    from ingest.mapping.profiles import defaults_of

    return home_from(root, defaults_of(profile))


def home_from(root: Path, defaults: Path) -> Home:
    """A home at `root` with the settings and lookups in `defaults` and an empty warehouse; what is there stays."""
    made = warehouse.home.create(root, defaults)
    with connect(made.warehouse) as con:
        create_raw(con, landed_columns())
        load_lookups(con, made)
    made.release.write_text(_release(), encoding="utf-8")
    return made


def bring_up_to_date(home: Home, now: Callable[[], datetime]) -> None:
    """Widen the warehouse that an earlier release made; a program that writes to it at the moment does that itself.

    To look at a warehouse takes longer than many a verb, so what was found is kept beside it where that may be written.
    """
    if not home.warehouse.exists() or _release_of(home) == _release():
        return
    sheets = landed_columns()
    try:
        with connect(MEMORY) as con, landed_attached(con, home):
            is_up_to_date = is_current(con, "landed", sheets)
    except WriterBusy:
        return
    if not is_up_to_date:
        with writer_lock(home, "upgrade", now()), connect(home.warehouse) as con:
            create_raw(con, sheets)
    with suppress(OSError):
        home.release.write_text(_release(), encoding="utf-8")


def _release() -> str:
    """The steps and contracts of this release."""
    return f"{len(STEPS)} {digest()}"


def _release_of(home: Home) -> str:
    """Up to which steps and contracts the warehouse was found to be widened; "" before the first time."""
    return home.release.read_text(encoding="utf-8") if home.release.exists() else ""

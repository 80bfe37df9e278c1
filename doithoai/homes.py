"""Create homes (for the default province, a mapping profile or the sample), and migrate them to this release."""

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
    """Create a home at `root` with settings, lookups and an empty warehouse; existing files are kept."""
    if profile is None:
        return home_from(root, warehouse.home.DEFAULTS)
    from ingest.mapping.profiles import defaults_of

    return home_from(root, defaults_of(profile))


def home_from(root: Path, defaults: Path) -> Home:
    """Create a home at `root` with the settings and lookups in `defaults` and an empty warehouse; existing files are
    kept."""
    made = warehouse.home.create(root, defaults)
    with connect(made.warehouse) as con:
        create_raw(con, landed_columns())
        load_lookups(con, made)
    made.release.write_text(_release(), encoding="utf-8")
    return made


def bring_up_to_date(home: Home, now: Callable[[], datetime]) -> None:
    """Migrate the warehouse of an earlier release; do nothing while a writer is busy, because that writer migrates it.

    The check takes longer than many verbs, so its result is stored in the home if the home is writable.
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
    """Return the number of migration steps and the digest of the contracts of this release."""
    return f"{len(STEPS)} {digest()}"


def _release_of(home: Home) -> str:
    """Return the release for which the warehouse was last checked; "" before the first check."""
    return home.release.read_text(encoding="utf-8") if home.release.exists() else ""

"""The clock and the environment variables of the command line, read in no other of its modules."""

import os
from collections.abc import Mapping
from datetime import datetime, tzinfo
from pathlib import Path

HOME_VARIABLE = "DOITHOAI_HOME"


def now(zone: tzinfo) -> datetime:
    """Return the time in `zone`, naive like every instant of a home; the machine's zone has no effect."""
    return datetime.now(zone).replace(tzinfo=None)


def machine_time() -> datetime:
    """Return the machine's time with its time zone."""
    return datetime.now().astimezone()


def home_root(option: Path | None) -> Path:
    """Return the root of the home: `--home`, else DOITHOAI_HOME, else ./.data."""
    return option or Path(os.environ.get(HOME_VARIABLE) or ".data")


def environment() -> Mapping[str, str]:
    """Return the environment of this process."""
    return os.environ
